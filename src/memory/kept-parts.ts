import { isFields } from '../bytes/json-fields.js'
import type { Soon } from '../async/soon.js'
import type { Keeping } from '../origin/headers/keeping.js'
import type { SharedBytes } from '../store/remote/shared-bytes.js'
import { createFairCache } from './fair-cache.js'
import { isHeaderText } from './meta-fields.js'
import { pack, unpack } from './packed.js'

/** A long page, converted and cut for one client. */
export interface KeptPage {
  readonly status: number
  readonly contentType: string
  readonly keeping: Keeping
  readonly parts: readonly Buffer[]
}

function isKeeping(found: unknown): found is Keeping {
  if (!isFields(found)) return false
  const { pragma, expires } = found
  return (pragma === undefined || pragma === 'no-cache') && (expires === undefined || isHeaderText(expires))
}

const isStatus = (found: unknown): boolean => Number.isInteger(found) && Number(found) >= 200 && Number(found) <= 599

const isPageMeta = (found: unknown): found is Omit<KeptPage, 'parts'> =>
  isFields(found) && isStatus(found.status) && isHeaderText(found.contentType) && isKeeping(found.keeping)

/** Long pages of which a client reads one part after another, for as long as the memory for them lasts. */
export interface KeptParts {
  keep(client: string, key: string, page: KeptPage): void
  /** At once where it is in this process; else whoever shares the store is asked. */
  get(client: string, key: string): Soon<KeptPage | undefined>
}

/** After this time a page is fetched again: it may have changed. Milliseconds. */
const KEPT_MILLISECONDS = 3600 * 1000

export function createKeptParts(maxBytes: number, shared?: SharedBytes): KeptParts {
  const pages = createFairCache<KeptPage>({
    most: maxBytes,
    gives: 'largest',
    milliseconds: KEPT_MILLISECONDS,
    sizeOf: ({ parts }) => parts.reduce((sum, part) => sum + part.length, 1)
  })

  async function fromOthers(bytes: SharedBytes, client: string, key: string): Promise<KeptPage | undefined> {
    const found = await bytes.get(`part ${key}`)
    const packed = found === undefined ? undefined : unpack(found, isPageMeta)
    if (packed === undefined) return undefined
    const page = { ...packed.meta, parts: packed.parts }
    pages.set(client, key, page)
    return page
  }

  return {
    keep(client, key, page) {
      pages.set(client, key, page)
      const { parts, ...meta } = page
      shared?.set(`part ${key}`, pack({ meta, parts }), KEPT_MILLISECONDS)
    },
    get: (client, key) => pages.get(key) ?? (shared && fromOthers(shared, client, key))
  }
}
