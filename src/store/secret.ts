import { randomBytes } from 'node:crypto'
import type { Store } from './store.js'

const SECRET_BYTES = 32

/**
 * A secret that lasts as long as the store, made when it is asked for the first time. It is read each time that it is
 * used: where a store is shared, that of another process may take its place.
 */
export function secretOf(store: Store, key: string): () => string {
  let known = store.get(key)
  if (typeof known !== 'string') {
    known = randomBytes(SECRET_BYTES).toString('hex')
    store.set(key, known)
  }
  return () => {
    const found = store.get(key)
    if (typeof found === 'string') known = found
    return String(known)
  }
}
