import type { Store } from '../store/store.js'

/** A host that spoke https is asked so for this long without a look at http. Seconds. */
const REMEMBERED_SECONDS = 30 * 24 * 3600

/**
 * What was learnt of hosts: which of them are reached by https when somebody types http://. Only from their own
 * answers.
 */
export interface SecureHosts {
  knows(host: string): boolean
  learn(host: string): void
}

export function createSecureHosts(store: Store): SecureHosts {
  const key = (host: string): string => `secure ${host}`
  return {
    knows: host => store.get(key(host)) === true,
    learn(host) {
      if (store.get(key(host)) !== true) store.set(key(host), true, REMEMBERED_SECONDS)
    }
  }
}
