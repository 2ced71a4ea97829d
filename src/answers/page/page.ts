import type { ReadBody } from '../../origin/body/body.js'
import { writtenAddress } from '../../page/addresses/address.js'
import { hintsForImages } from '../../page/addresses/address-hints.js'
import type { PageJob } from '../../page/convert.js'
import { askerOf } from '../../request/asker.js'
import { fullerArticle } from './fuller-article.js'
import { blankImage } from '../image/image.js'
import { isInlineImage } from '../../request/inline-image.js'
import { imageSizes } from './page-image-sizes.js'
import { linkedSheets } from './linked-sheets.js'
import { needsOf } from './page-needs.js'
import { personalOf } from '../../request/personal.js'
import { keepAddresses, pageJob } from './page-job.js'
import { keepParts, partsWanted } from './parts.js'
import { sendOn } from '../redirect.js'
import type { OriginResponse } from '../../origin/origin-request.js'
import type { Visit, Visited, FetchPlan } from '../../request/visit-state.js'

const CUT: Readonly<Record<NonNullable<ReadBody['cut']>, string>> = {
  memory: 'The proxy has no memory left; the end of the page is missing.',
  size: 'The page is longer; this proxy stops here.',
  time: 'The page took too long; its end is missing.',
  broken: 'The connection to the site was lost; the end of the page is missing.'
}

/** To the front page of the news that the person came from. */
function backTo({ portal, services: { news } }: Visit, { edition }: FetchPlan): Pick<PageJob, 'back'> {
  const name = edition === undefined ? undefined : news.editions.get(edition)?.name
  return name === undefined
    ? {}
    : { back: { address: `${portal}/news?edition=${edition!}`, text: `the ${name} front page` } }
}

/**
 * What came over the wire for a page: itself, its style sheets, and the redirects to it. Images are asked for later.
 */
function fetchedFor(
  { personKey, services: { redirectHistory } }: Visit,
  plan: FetchPlan,
  { traffic }: OriginResponse
): Pick<PageJob, 'originBytes' | 'requests'> {
  const before = redirectHistory.before(personKey, writtenAddress(plan.url, plan))
  return { originBytes: before.bytes + traffic.bytes, requests: before.requests + traffic.requests }
}

/** A page of today as a page of the client's time. */
export async function pageAnswer(
  visit: Visit,
  plan: FetchPlan,
  response: OriginResponse,
  read: ReadBody
): Promise<Visited> {
  const { request, services, client } = visit
  if (isInlineImage(visit, plan) && response.status >= 400) return blankImage()
  const page = {
    bytes: read.bytes,
    contentType: response.headers['content-type'] ?? '',
    url: response.url.href,
    view: plan.view === 'image' ? ('page' as const) : plan.view
  }
  const needs = await needsOf(visit, plan, response, read.bytes)
  const [sheets, sizes] = await Promise.all([
    linkedSheets(visit, response, needs.sheets),
    imageSizes(visit, response, needs.images)
  ])
  const { refresh } = response.headers
  const parts = partsWanted(visit, plan)
  const job: PageJob = {
    ...pageJob(visit, page),
    ...fetchedFor(visit, plan, response),
    sheets,
    imageSizes: sizes,
    imageHints: hintsForImages(visit.hints),
    ...backTo(visit, plan),
    ...(plan.site === undefined ? {} : { site: plan.site }),
    ...(parts === undefined ? {} : { parts }),
    ...(read.cut === undefined ? {} : { cut: CUT[read.cut] }),
    ...(typeof refresh === 'string' ? { refresh } : {})
  }
  const result = await fullerArticle(visit, response, job, await services.workers.page(job, askerOf(request)))
  const { body, contentType, images, addresses, redirect } = result
  const personal = personalOf(visit, response)
  if (redirect !== undefined && response.status === 200)
    return sendOn(visit, plan, redirect, personal, response.traffic)
  services.inlineImages.add(images)
  keepAddresses(visit, addresses)
  const status = response.status >= 400 && !client.profile.errorStatus ? 200 : response.status
  keepParts(visit, plan, result, status)
  return {
    kind: 'page',
    status,
    headers: { ...personal, 'content-type': contentType },
    body: Buffer.from(body),
    originBytes: read.bytes.length
  }
}
