import { setFlagsFromString } from 'node:v8'
import { workerData } from 'piscina'
import type { RulesFolder } from '../config/layers/rules-folder.js'
import { rewriteBody, type FormJob } from '../front/forms/rewrite-body.js'
import type { RewrittenForm } from '../front/forms/rewritten-form.js'
import { loadPageKnowledge } from './load-page-knowledge.js'
import { createPageConverter, type PageJob, type PageResult } from '../page/convert.js'
import { readStories, type FeedJob, type Story } from '../page/read/readers/stories.js'
import { pageNeeds, type NeedsJob, type PageNeeds } from '../page/needs/page-needs.js'
import type { FoundPages } from '../page/read/read-results.js'
import { readAnswer, type ResultsJob } from '../search/read-answer.js'
import { moved } from './moved.js'
import { failed, outcomeOf, type Outcome } from './outcome.js'

// The entry point of a thread for pages, so that the main thread only moves bytes.

/**
 * New objects get a room that does not double, here and in the main thread: V8 forgets that it was told so
 * (retrograde.cts) with each thread that begins. Pages take no longer so, and the process some 30 MB less.
 */
setFlagsFromString('--semi-space-growth-factor=1')

const folder = workerData as RulesFolder

const converter = createPageConverter(loadPageKnowledge(folder))

export const convertPage = (job: PageJob): Promise<Outcome<PageResult>> => outcomeOf(() => converter(job))

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
