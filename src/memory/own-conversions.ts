import { LRUCache } from 'lru-cache'
import { createFew, type Few } from '../async/remembered.js'
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
  | 'parts'
>

/** All of it as a text: to make a hash of it takes longer than all else that is done for a page that is kept. */
function nameOf({ bytes, profile, display, ...plain }: OwnPageJob, page: object | undefined, names: JobNames): string {
  const text = page === undefined ? asBuffer(bytes).toString('latin1') : names.of(page)
  return `${names.of(profile)} ${names.of(display)} ${JSON.stringify(plain)} ${text}`
}

/** Jobs for one page that is given again, of clients that asked for it last. */
const MOST_JOBS = 4

type PageChoices = OwnPageJob['choices']

const haveSameChoices = (one: PageChoices, other: PageChoices): boolean =>
  one.images === other.images &&
  one.colours === other.colours &&
  one.originalSource === other.originalSource &&
  one.feedLinks === other.feedLinks &&
  one.archiveLink === other.archiveLink &&
  one.figures === other.figures

/** Field by field, all but the bytes, which the page has: to go through their names takes four times as long. */
const areAlike = (one: OwnPageJob, other: OwnPageJob): boolean =>
  one.contentType === other.contentType &&
  one.url === other.url &&
  one.view === other.view &&
  one.profile === other.profile &&
  one.display === other.display &&
  one.portal === other.portal &&
  one.gateway === other.gateway &&
  one.addressSecret === other.addressSecret &&
  one.originBytes === other.originBytes &&
  one.maxElements === other.maxElements &&
  one.parts?.address === other.parts?.address &&
  one.parts?.number === other.parts?.number &&
  haveSameChoices(one.choices, other.choices)

/** Finds the names of jobs again: it takes a tenth of the time to compare one with those before as to write its name. */
function createNamesOfPages(names: JobNames): (job: OwnPageJob, page: object) => string {
  const known = new WeakMap<object, Few<OwnPageJob, string>>()
  return (job, page) => {
    const jobs = known.get(page) ?? createFew<OwnPageJob, string>(MOST_JOBS, areAlike)
    const before = jobs.find(job)
    if (before !== undefined) return before
    known.set(page, jobs)
    return jobs.keep(job, nameOf(job, page, names))
  }
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
  const nameOfPage = createNamesOfPages(names)
  return (job, page) => {
    const name = page === undefined ? nameOf(job, page, names) : nameOfPage(job, page)
    const known = kept.get(name)
    if (known !== undefined) return known
    const made = convert(job)
    kept.set(name, made)
    return made
  }
}
