import { workerData } from 'piscina'
import { loadFallbacks } from '../charset/fallbacks.js'
import { rewriteBody, type FormJob, type RewrittenForm } from '../front/rewrite-body.js'
import { createPageConverter, type PageJob, type PageResult } from '../page/convert.js'
import { readStories, type FeedJob, type Story } from '../page/readers/stories.js'
import { pageNeeds, type NeedsJob, type PageNeeds } from '../page/page-needs.js'
import type { FoundPages } from '../page/read-results.js'
import { readAnswer, type ResultsJob } from '../search/read-answer.js'
import { moved } from './moved.js'
import { failed, type Outcome } from './outcome.js'

// The entry of a thread for pages, so that the main thread only moves bytes.

const converter = createPageConverter(loadFallbacks(workerData as string))

export function convertPage (job: PageJob): Outcome<PageResult> {
  try {
    return { result: converter(job) }
  } catch (error) {
    return failed(error)
  }
}

export function needsOfPage (job: NeedsJob): Outcome<PageNeeds> {
  try {
    return { result: pageNeeds(job) }
  } catch (error) {
    return failed(error)
  }
}

export function storiesOfFeed (job: FeedJob): Outcome<Story[]> {
  try {
    return { result: readStories(job) }
  } catch (error) {
    return failed(error)
  }
}

export function resultsOfAnswer (job: ResultsJob): Outcome<FoundPages | undefined> {
  try {
    return { result: readAnswer(job) }
  } catch (error) {
    return failed(error)
  }
}

export async function formForSite (job: FormJob): Promise<Outcome<RewrittenForm>> {
  try {
    const form = await rewriteBody(job)
    return moved(form.blocks, blocks => ({ result: { ...form, blocks } }))
  } catch (error) {
    return failed(error)
  }
}
