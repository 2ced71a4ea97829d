import type { Keeping } from '../origin/headers/keeping.js'
import { createFairCache } from './fair-cache.js'

/** A long page, converted and cut for one client. */
export interface KeptPage {
  readonly status: number
  readonly contentType: string
  readonly keeping: Keeping
  readonly parts: readonly Buffer[]
}

/** Long pages of which a client reads one part after another, for as long as the memory for them lasts. */
export interface KeptParts {
  keep(client: string, key: string, page: KeptPage): void
  get(key: string): KeptPage | undefined
}

/** After this time a page is fetched again: it may have changed. Milliseconds. */
const KEPT_MILLISECONDS = 3600 * 1000

export function createKeptParts(maxBytes: number): KeptParts {
  const pages = createFairCache<KeptPage>({
    most: maxBytes,
    gives: 'largest',
    milliseconds: KEPT_MILLISECONDS,
    sizeOf: ({ parts }) => parts.reduce((sum, part) => sum + part.length, 1)
  })
  return {
    keep: pages.set,
    get: pages.get
  }
}
