import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Store } from '../store/store.js'

/** What a person at an old machine chose; what they did not choose is as the settings of the proxy say. */
export interface Choices {
  readonly profile?: string
  readonly display?: string
  readonly images?: 'inline' | 'links' | 'off'
  readonly originalSource?: 'bottom' | 'top' | 'off'
  readonly parts?: 'on' | 'off'
}

/** What each client chose, kept by its address. */
export interface PersonalSettings {
  of (clientAddress: string): Choices
  save (clientAddress: string, choices: Choices): void
  /** Goes into the settings form: a page of another site cannot make the browser change the settings without it. */
  token (clientAddress: string): string
  isToken (clientAddress: string, token: string): boolean
}

/** A machine that was not seen for so long is as new. Seconds. */
const KEPT_SECONDS = 365 * 24 * 3600

function secretOf (store: Store): string {
  const found = store.get('secret')
  if (typeof found === 'string') return found
  const secret = randomBytes(32).toString('hex')
  store.set('secret', secret)
  return secret
}

export function createPersonalSettings (store: Store): PersonalSettings {
  const secret = secretOf(store)
  const key = (clientAddress: string): string => `client ${clientAddress}`
  const token = (clientAddress: string): string => createHmac('sha256', secret).update(clientAddress).digest('hex').slice(0, 16)
  return {
    of: clientAddress => (store.get(key(clientAddress)) ?? {}) as Choices,
    save: (clientAddress, choices) => store.set(key(clientAddress), choices, KEPT_SECONDS),
    token,
    isToken: (clientAddress, given) => given.length === 16 && timingSafeEqual(Buffer.from(token(clientAddress)), Buffer.from(given.padEnd(16).slice(0, 16), 'latin1'))
  }
}
