import { LRUCache } from 'lru-cache'
import type { PageConverter } from '../page/convert.js'
import type { PageJob, PageResult } from '../page/job.js'
import { createJobNames } from './job-names.js'

/** Our own pages have 2 to 10 KB: some hundred of them, for clients of a few kinds. Bytes. */
const MOST_BYTES = 1024 * 1024
/** What an entry takes besides its bytes. Bytes. */
const ENTRY_BYTES = 1000

/**
 * A converter of our own pages that keeps what it has made: most of them say the same to everybody with the same
 * browser.
 */
export function keepOwnConversions(convert: PageConverter): (job: PageJob) => PageResult {
  const kept = new LRUCache<string, PageResult>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ body, addresses }) =>
      body.byteLength + addresses.reduce((sum, { address }) => sum + address.length, ENTRY_BYTES)
  })
  const names = createJobNames()
  return job => {
    const name = `${names.ofPage(job)} ${job.addressSecret ?? ''}`
    const known = kept.get(name) ?? convert(job)
    kept.set(name, known)
    return known
  }
}
