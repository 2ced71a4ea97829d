import { LRUCache } from 'lru-cache'
import type { PageResult } from '../page/convert.js'
import type { NeedsJob, PageNeeds } from '../page/needs/page-needs.js'
import type { Workers } from '../workers/pool.js'
import { createJobNames } from './job-names.js'

type PageWork = Pick<Workers, 'page' | 'needs'>

/** What was looked for, and whether it was there. */
type Count = (what: 'page', found: boolean) => void

export interface PageCacheOptions {
  /** Memory for conversions; 0 keeps none */
  readonly maxBytes: number
  /** The rules that pages are converted by: what was made by others is forgotten */
  readonly rules: () => object
  readonly count?: Count
}

/** A conversion, and whose short addresses are in it; undefined: nobody's, so that it is everybody's. */
interface Converted {
  readonly result: PageResult
  readonly addressSecret: string | undefined
}

type Entry = Converted | { readonly needs: PageNeeds }

/** A site that has not changed a page for so long is asked all the same; only its conversion is kept. Milliseconds. */
const KEPT_MILLISECONDS = 3600 * 1000
/** No page takes more than so much of the memory. Fraction. */
const LARGEST_SHARE = 1 / 4
/** What an entry takes besides its bytes. Bytes. */
const ENTRY_BYTES = 500
/** An address, with its key. Bytes. */
const ADDRESS_BYTES = 200

const sum = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, ENTRY_BYTES)

const bytesOf = (entry: Entry): number =>
  'needs' in entry
    ? sum([...entry.needs.sheets, ...entry.needs.images.map(({ url }) => url)].map(({ length }) => length))
    : sum([
        ...entry.result.bodies.map(({ byteLength }) => byteLength),
        ...entry.result.images.map(({ bytes }) => bytes.byteLength),
        ...entry.result.addresses.map(({ address }) => address.length + ADDRESS_BYTES)
      ])

/**
 * Workers that convert the same bytes once: who goes back to a page, or asks for it again, waits for its site alone. A
 * conversion is named by everything that it is made of, so that nobody gets one that would be another for him.
 */
export function createPageCache(workers: PageWork, { maxBytes, rules, count = () => {} }: PageCacheOptions): PageWork {
  if (maxBytes === 0) return workers
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    maxEntrySize: Math.floor(maxBytes * LARGEST_SHARE),
    sizeCalculation: bytesOf,
    ttl: KEPT_MILLISECONDS
  })
  const names = createJobNames()
  let madeBy = rules()

  function find(key: string): Entry | undefined {
    if (madeBy !== rules()) entries.clear()
    madeBy = rules()
    return entries.get(key)
  }

  const nameOfNeeds = ({ bytes, client, ...plain }: NeedsJob): string =>
    names.ofData(['needs', names.of(bytes), names.of(client.profile), names.of(client.display), plain])

  return {
    async page(job, asker) {
      const key = names.ofPage(job)
      const known = find(key)
      const isKnown =
        known !== undefined &&
        'result' in known &&
        (known.addressSecret === undefined || known.addressSecret === job.addressSecret)
      count('page', isKnown)
      if (isKnown) return known.result
      const by = madeBy
      const result = await workers.page(job, asker)
      // Forms that are sent by GET though their site wants POST have a seal for this client.
      const isPersonal = result.addresses.length > 0 || !job.profile.forms.post
      if (by === rules())
        entries.set(key, { result, addressSecret: isPersonal ? (job.addressSecret ?? '') : undefined })
      return result
    },
    async needs(job, asker) {
      const key = nameOfNeeds(job)
      const known = find(key)
      if (known !== undefined && 'needs' in known) return known.needs
      const by = madeBy
      const needs = await workers.needs(job, asker)
      if (by === rules()) entries.set(key, { needs })
      return needs
    }
  }
}
