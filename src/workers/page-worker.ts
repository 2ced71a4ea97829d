import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8'
import { resourceLimits, workerData } from 'node:worker_threads'
import { rewriteBody, type FormJob } from '../front/forms/rewrite-body.js'
import type { RewrittenForm } from '../front/forms/rewritten-form.js'
import { loadPageKnowledge } from './load-page-knowledge.js'
import { createPageConverter, type PageJob, type PageResult } from '../page/convert.js'
import { createKeptObjects } from '../page/kept-objects.js'
import { readStories, type FeedJob, type Story } from '../page/read/readers/stories.js'
import { pageNeeds, type NeedsJob, type PageNeeds } from '../page/needs/page-needs.js'
import type { FoundPages } from '../page/read/read-results.js'
import { readAnswer, type ResultsJob } from '../search/read-answer.js'
import { firstPage, type PageClient } from './first-page.js'
import type { PageThreadData } from './page-threads.js'
import { createCollector } from './v8/garbage.js'
import { moved } from './moved.js'
import { failed, outcomeOf, type Outcome } from './outcome.js'
import { threadFlags } from './v8/thread-flags.js'
import { isLittle } from './v8/thread-memory.js'

// The entry point of a thread for pages, so that the main thread only moves bytes.

for (const flag of threadFlags(process.versions.v8)) setFlagsFromString(flag)
const gc = createCollector()

const little = isLittle(resourceLimits.maxOldGenerationSizeMb ?? Infinity)

// On a small machine new objects get a room that does not double, here and in the main thread: V8 forgets that it was told
// so (retrograde.cts) with each thread that begins. The process takes some 30 MB less, and a warm page a tenth longer.
if (little) setFlagsFromString('--semi-space-growth-factor=1')

const { rulesFolder, firstClient } = workerData as PageThreadData

const converter = createPageConverter(loadPageKnowledge(rulesFolder))

function convertFirst(client: PageClient): void {
  const job = firstPage(client)
  pageNeeds({ bytes: job.bytes, url: job.url, sheets: 1, images: 10, client })
  converter(job)
}

if (firstClient !== undefined) convertFirst(firstClient)

const MIB = 1024 * 1024
/**
 * A thread with more gives back what a page has left, because one that waits for work collects nothing. Bytes. Pages
 * commonly leave less: with what is collected goes the machine code of all functions that pages make for themselves, and
 * to compile it anew for each page takes longer than the page (measured with Node 20.20).
 */
const LEFT_BYTES = little ? 96 * MIB : 192 * MIB

/**
 * More new objects are collected before the next page: it finds nothing of them in use, which takes half a millisecond. In
 * the midst of that page it would find all of it in use up to there, and copy it. Most pages make less than what is free
 * then; pages take a sixth less of the processor in all (measured with Node 20.20). Bytes.
 */
const LEFT_NEW_BYTES = 4 * MIB

/**
 * After fewer pages nothing is collected in a short pause: who asks for two a minute does not have each of them converted
 * by code that is not compiled, which takes a third longer with all that a visit is. A small machine has no room for that.
 */
const MANY_PAGES = little ? 1 : 20

/**
 * V8 throws machine code away with the last object of a shape that it was made for (a map, which code refers to weakly),
 * and what belongs to one page is gone when it is collected. While one object of each class lives, its code does: the page
 * after a collection takes a third less of the processor (measured with Node 20.20: 53 ms -> 36, and 24 without one).
 */
const kept: { objects?: readonly object[] } = {}

/** Pages since the pause in which something was collected */
const left = { pages: 0, isCollected: false }

/** Gives back what pages have left, when no page comes for a while. */
export function collect(): void {
  left.isCollected = true
  gc()
}

/** Gives back what many pages have left, in a short pause. */
export function collectMany(): void {
  if (left.pages >= MANY_PAGES) collect()
}

function makeRoom(): void {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
  if ((young?.space_used_size ?? 0) > LEFT_NEW_BYTES) gc({ type: 'minor' })
}

function tidy(): void {
  const { total_heap_size, external_memory } = getHeapStatistics()
  if (total_heap_size + external_memory > LEFT_BYTES) gc()
}

export async function convertPage(job: PageJob): Promise<Outcome<PageResult>> {
  if (left.isCollected) Object.assign(left, { pages: 0, isCollected: false })
  left.pages++
  makeRoom()
  kept.objects ??= createKeptObjects(job.profile)
  const outcome = await outcomeOf(() => converter(job))
  tidy()
  return outcome
}

export const needsOfPage = (job: NeedsJob): Promise<Outcome<PageNeeds>> => outcomeOf(() => pageNeeds(job))

export const storiesOfFeed = (job: FeedJob): Promise<Outcome<Story[]>> => outcomeOf(() => readStories(job))

export const resultsOfAnswer = (job: ResultsJob): Promise<Outcome<FoundPages | undefined>> =>
  outcomeOf(() => readAnswer(job))

export async function formForSite(job: FormJob): Promise<Outcome<RewrittenForm>> {
  try {
    const form = await rewriteBody(job)
    return moved(form.blocks, blocks => ({ result: { ...form, blocks } }))
  } catch (error) {
    return failed(error)
  }
}
