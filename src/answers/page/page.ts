import { asBuffer } from '../../bytes/as-buffer.js'
import { statusLine } from '../../front/raw-answer.js'
import type { ReadBody } from '../../origin/body/body.js'
import { asFailure } from '../../origin/connect/failure.js'
import type { OriginResponse } from '../../origin/origin-request.js'
import { keepingOf } from '../../origin/headers/keeping.js'
import { isRedirect } from '../../origin/headers/location.js'
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
import { isPosted, keepParts, partsWanted } from './parts.js'
import { sendOn } from '../redirect.js'
import { wallSigns } from './wall-signs.js'
import type { OriginServices, Services } from '../../request/services.js'
import type { Fetched, FetchPlan, Visit, Visited } from '../../request/visit-state.js'

const CUT: Readonly<Record<NonNullable<ReadBody['cut']>, string>> = {
  memory: 'The proxy has no memory left; the end of the page is missing.',
  size: 'The page is longer; this proxy stops here.',
  time: 'The rest of the page did not come in time; its end is missing.',
  broken: 'The connection to the site was lost; the end of the page is missing.'
}

/** Why the end of a page is missing; a site that has fallen silent has not ended the connection. */
function cutText({ cut, error }: ReadBody): string | undefined {
  if (cut === undefined) return undefined
  return CUT[cut === 'broken' && error !== undefined && asFailure(error).code === 'TIMED_OUT' ? 'time' : cut]
}

/** A link to the front page of the news that the person came from. */
const backTo = ({ portal }: Visit, { edition }: FetchPlan): PageJob['back'] =>
  edition === undefined
    ? undefined
    : { address: `${portal}/news?edition=${edition.id}`, text: `the ${edition.name} front page` }

/** What a page has taken so far: itself, its style sheets, and the redirects to it. Images are requested later. */
function fetchedFor(
  { visit: { personKey }, plan, response: { traffic } }: Fetched,
  { redirectHistory }: OriginServices
): Pick<PageJob, 'originBytes' | 'requests'> {
  const before = redirectHistory.before(personKey, writtenAddress(plan.url, plan))
  return { originBytes: before.bytes + traffic.bytes, requests: before.requests + traffic.requests }
}

type NeededServices = Pick<Services, 'pages' | 'images' | 'origin' | 'writing'>

/** Whether a site says that it has no such page, or is out of order: an older copy is wanted most then. */
const isGone = ({ visit, response: { status } }: Fetched): boolean =>
  visit.request.method === 'GET' && (status === 404 || status === 410 || status >= 500)

/** The address of a page with the name and the password that it was asked for with; undefined if there were none. */
function typedUrl({ plan: { url: asked, userinfo }, response: { url } }: Fetched): string | undefined {
  return userinfo === undefined || url.host !== asked.host ? undefined : Object.assign(new URL(url), userinfo).href
}

/**
 * The host that a client believes to have a page from by http, by the address that it completes others with; undefined
 * where that is ours, is not known (HTTP/0.9), or has a password in it, which would go on to what has none.
 */
function hostOf({ request: { located, simple }, hostContext }: Visit, { userinfo }: FetchPlan): string | undefined {
  if (simple || hostContext !== 'site' || located.kind !== 'origin' || userinfo !== undefined) return undefined
  return located.url.protocol === 'http:' ? located.url.host : undefined
}

/** A status of an error, with its name: 404 Not Found */
const refusalOf = ({ status }: OriginResponse): string | undefined => (status < 400 ? undefined : statusLine(status))

/** Converts a page, with everything that has to be fetched for it first. */
async function jobFor(fetched: Fetched, read: ReadBody, services: NeededServices): Promise<PageJob> {
  const { bytes } = read
  const { visit, plan, response } = fetched
  const { pages, writing, origin } = services
  const needs = await needsOf(fetched, bytes, pages)
  const [sheets, sizes] = await Promise.all([
    linkedSheets(fetched, needs.sheets, pages),
    imageSizes(fetched, needs.images, services)
  ])
  const { refresh, 'content-type': contentType = '' } = response.headers
  const typed = typedUrl(fetched)
  const host = hostOf(visit, plan)
  const view = plan.view === 'image' ? 'page' : plan.view
  const job = pageJob(visit, { bytes, contentType, url: response.url.href, view }, writing)
  return {
    ...job,
    ...(typed === undefined ? {} : { typedUrl: typed }),
    ...(host === undefined ? {} : { host }),
    choices: isGone(fetched) ? { ...job.choices, archiveLink: visit.choices.archiveLink ?? 'on' } : job.choices,
    ...fetchedFor(fetched, origin),
    sheets,
    imageSizes: sizes,
    imageHints: hintsForImages(visit.hints),
    back: backTo(visit, plan),
    site: plan.site,
    wallSigns: wallSigns(response, pages.walls),
    posted: isPosted(visit.request),
    parts: partsWanted(visit, plan),
    cut: cutText(read),
    refusal: refusalOf(response),
    refresh: typeof refresh === 'string' ? refresh : undefined
  }
}

/** A redirect that has a page leads nowhere. */
const shownStatus = (status: number, knowsErrors: boolean): number =>
  isRedirect(status) || (status >= 400 && !knowsErrors) ? 200 : status

/** Answers with a page of today, converted for the client. */
export async function pageAnswer(fetched: Fetched, read: ReadBody, services: NeededServices): Promise<Visited> {
  const { visit, plan, response } = fetched
  const { pages, images, writing } = services
  if (isInlineImage(visit, plan) && response.status >= 400) return blankImage()
  const job = await jobFor(fetched, read, services)
  const first = await pages.workers.page(job, askerOf(visit.request))
  const result = await fullerArticle(fetched, { job, result: first }, pages)
  const { redirect, contentType } = result
  const headers = personalOf(visit, response)
  if (redirect !== undefined && response.status === 200)
    return sendOn(fetched, { address: redirect, headers, took: response.traffic }, services)
  images.inline.add(result.images)
  keepAddresses(visit, result.addresses, writing)
  const status = shownStatus(response.status, visit.client.profile.errorStatus)
  const keeping = keepingOf(response.headers, Date.now())
  keepParts(fetched, { ...result, status, keeping }, pages)
  return {
    kind: 'page',
    status,
    headers: { ...headers, ...keeping, 'content-type': contentType },
    body: asBuffer(result.body),
    images: result.imageAddresses,
    originBytes: read.bytes.length
  }
}
