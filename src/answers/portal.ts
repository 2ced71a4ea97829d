import type { WholeAnswer } from '../front/answer.js'
import { readQuery } from '../charset/read-query.js'
import { identify } from '../clients/identify.js'
import { languageOf } from '../clients/language.js'
import { decodePercent } from '../bytes/decode-percent.js'
import { Failure } from '../failures.js'
import { badTargetPath } from '../front/head/request-line.js'
import { quotaKeyOf } from '../guard/quotas.js'
import { createShortener } from '../page/addresses/short-address.js'
import type { Html } from '../portal/html.js'
import type { PortalRequest } from '../portal/page.js'
import { PORTAL_PAGES } from '../portal/pages.js'
import { redirectPage } from '../portal/redirect.js'
import { convertedImage, taggedAnswer } from './image/image.js'
import { addressSecretOf, keepAddresses, pageJob, type Viewer } from './page/page-job.js'
import { pageBefore } from '../request/referer.js'
import type { Visit, Visited } from '../request/visit-state.js'
import { VIEWS } from '../request/fetch-plan.js'

/** A page of our own in the client's profile. */
export function portalPage(viewer: Viewer, page: Html, status: number): WholeAnswer {
  const { client, services, portal } = viewer
  const job = pageJob(viewer, {
    bytes: Buffer.from(page.text),
    contentType: 'text/html; charset=utf-8',
    url: `${portal}/`,
    view: 'portal'
  })
  const { body, contentType, addresses } = services.portalPages(job)
  keepAddresses(viewer, addresses)
  return {
    status: status >= 400 && !client.profile.errorStatus ? 200 : status,
    headers: { 'content-type': contentType },
    body: Buffer.from(body)
  }
}

/**
 * 302 with an absolute address and a page that says the same: Mosaic resolves nothing, Netscape 3 knows only 301 and
 * 302.
 */
export function redirectTo(visit: Visit, address: string, headers: Record<string, string | string[]> = {}): Visited {
  const short = createShortener(
    visit.client.profile.budget.addressLength,
    { ...visit, addressSecret: addressSecretOf(visit) },
    found => keepAddresses(visit, [found])
  )(address)
  const page = portalPage(visit, redirectPage(short), 302)
  return { kind: 'redirect', ...page, headers: { ...headers, ...page.headers, location: short } }
}

/** An image that came inside a page, in the size that the page gave it. */
async function inlineImage(visit: Visit, path: string): Promise<Visited | undefined> {
  const bytes = visit.services.inlineImages.get(path)
  if (bytes === undefined) return undefined
  return { kind: 'image', ...taggedAnswer(visit, await convertedImage(visit, bytes, visit.hints.size), undefined) }
}

/**
 * Addresses to type as a proxy; first the one under which this client came, which a container does not know of itself.
 */
function addressesFor({ portal, services }: Visit): readonly string[] {
  const host = portal.slice('http://'.length)
  return host === services.config.name
    ? services.proxyAddresses
    : [host, ...services.proxyAddresses.filter(address => address !== host)]
}

/** What is kept of a form that is sent to a page of ours. Bytes. */
const FORM_BYTES = 65536

/** A request to a page of our own before anything was made of it. */
function asItCame({ request, sentQuery }: Visit): Pick<PortalRequest, 'method' | 'httpVersion' | 'headers' | 'sent'> {
  const { method, headers, httpVersion } = request
  const sent = async (): Promise<string> =>
    method === 'POST' ? (await request.readBody(FORM_BYTES)).toString('latin1').trim() : sentQuery
  return { method, headers, httpVersion, sent }
}

/**
 * One of our own pages or images; undefined if an origin must be asked.
 * @throws Failure when there is no such page.
 */
export async function portalAnswer(visit: Visit): Promise<Visited | undefined> {
  const {
    request: { located, clientAddress },
    services,
    client,
    choices,
    portal,
    gateway
  } = visit
  if (located.kind !== 'portal' || VIEWS[located.path] !== undefined) return undefined
  const image = await inlineImage(visit, located.path)
  if (image !== undefined) return image
  const page = PORTAL_PAGES[located.path]
  if (page === undefined)
    throw new Failure(
      located.path === badTargetPath ? 'UNKNOWN_SCHEME' : 'NOT_FOUND_HERE',
      decodePercent(located.query)
    )
  const detected = identify(visit.request.headers, visit.request.simple, services.rules, {})
  const answer = await page({
    client,
    detected,
    choices,
    query: readQuery(located.query, client.profile.text.charset),
    portal,
    gateway,
    proxyAddresses: addressesFor(visit),
    clientAddress: visit.request.user ?? clientAddress,
    rules: services.rules,
    settings: services.settings,
    jars: services.jars,
    personKey: visit.personKey,
    from: pageBefore(visit)?.shown,
    language: languageOf(visit.request.headers['accept-language']),
    search: wish => services.search({ ...wish, client: quotaKeyOf(visit.request) }),
    signal: visit.request.signal,
    ...asItCame(visit),
    name: services.config.name,
    portalRules: services.portalRules,
    authority: services.secureEnd.authority,
    lastErrors: services.lastErrors,
    news: services.news,
    metrics: services.metrics
  })
  if ('redirect' in answer) return redirectTo(visit, answer.redirect)
  if ('body' in answer)
    return { kind: 'portal', status: 200, headers: { 'content-type': answer.type }, body: Buffer.from(answer.body) }
  return { kind: 'portal', ...portalPage(visit, answer.page, answer.status ?? 200) }
}
