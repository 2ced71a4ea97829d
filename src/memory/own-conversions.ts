import { LRUCache } from 'lru-cache'
import type { PageConverter } from '../page/convert.js'
import type { PageJob, PageResult } from '../page/job.js'
import { asBuffer } from '../bytes/as-buffer.js'
import { createJobNames, type JobNames } from './job-names.js'

/** Our own pages have 2 to 10 KB: some hundred of them, for clients of a few kinds. Bytes. */
const MOST_BYTES = 1024 * 1024
/** What an entry takes besides its bytes. Bytes. */
const ENTRY_BYTES = 1000

/** What a page of our own is made of; those of sites have more, and are not kept here. */
export type OwnPageJob = Pick<
  PageJob,
  | 'bytes'
  | 'contentType'
  | 'url'
  | 'view'
  | 'profile'
  | 'display'
  | 'choices'
  | 'portal'
  | 'gateway'
  | 'addressSecret'
  | 'originBytes'
  | 'maxElements'
>

/** All of it as a text: to make a hash of it takes longer than all else that is done for a page that is kept. */
function nameOf({ bytes, profile, display, ...plain }: OwnPageJob, page: object | undefined, names: JobNames): string {
  const text = page === undefined ? asBuffer(bytes).toString('latin1') : names.of(page)
  return `${names.of(profile)} ${names.of(display)} ${JSON.stringify(plain)} ${text}`
}

/**
 * @param page what the bytes were made of, if it is the same object each time: it takes less time to find by than they
 * @throws Error when it cannot be converted.
 */
export type OwnPageConverter = (job: OwnPageJob, page?: object) => PageResult

/**
 * A converter of our own pages that keeps what it has made: most of them say the same to everybody with the same
 * browser.
 */
export function keepOwnConversions(convert: PageConverter): OwnPageConverter {
  const kept = new LRUCache<string, PageResult>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ body, addresses }, name) =>
      name.length + body.byteLength + addresses.reduce((sum, { address }) => sum + address.length, ENTRY_BYTES)
  })
  const names = createJobNames()
  return (job, page) => {
    const name = nameOf(job, page, names)
    const known = kept.get(name)
    if (known !== undefined) return known
    const made = convert(job)
    kept.set(name, made)
    return made
  }
}
