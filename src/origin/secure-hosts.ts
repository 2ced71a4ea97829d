import type { Store } from '../store/store.js'

/** A host that spoke https is asked by https for so long without trying http. Seconds. */
const REMEMBERED_SECONDS = 30 * 24 * 3600

/** Hosts that are known to be reached by https when somebody types http://, learnt only from their own answers. */
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
