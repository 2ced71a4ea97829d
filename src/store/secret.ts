import { randomBytes } from 'node:crypto'
import type { Store } from './store.js'

const SECRET_BYTES = 32

/** A secret that lasts as long as the store, made when it is asked for the first time. */
export function secretOf(store: Store, key: string): string {
  const found = store.get(key)
  if (typeof found === 'string') return found
  const secret = randomBytes(SECRET_BYTES).toString('hex')
  store.set(key, secret)
  return secret
}
