import { whenHere, type Soon } from '../async/soon.js'
import { readQuery } from '../charset/read-query.js'
import { decodePercent } from '../bytes/decode-percent.js'
import { Failure } from '../failures.js'
import { badTargetPath } from '../front/head/request-line.js'
import type { Located } from '../front/locate.js'
import { isInlinePath } from '../memory/inline-images.js'
import type { AsItCame, PortalAnswer, PortalRequest } from '../portal/page.js'
import { takeHints } from '../page/addresses/address-hints.js'
import { partIn } from '../page/addresses/part-address.js'
import type { PartsWanted } from '../page/job.js'
import { PORTAL_PAGES } from '../portal/pages.js'
import { askerOf } from '../request/asker.js'
import { VIEWS } from '../request/fetch-plan.js'
import { pageBefore } from '../request/referer.js'
import type { AddressServices, ImageServices, PageWriter, Services } from '../request/services.js'
import type { Visit, Visited } from '../request/visit-state.js'
import { convertedImage, taggedAnswer } from './image/image.js'
import { meantSiteAnswer } from './meant-site.js'
import { portalPage, redirectTo } from './own-page.js'

/** An image that was embedded in a page, in the size that the page gave it. */
async function inlineImage(visit: Visit, path: string, images: ImageServices): Promise<Visited | undefined> {
  const bytes = await images.inline.get(path)
  if (bytes === undefined) return undefined
  const image = await convertedImage(visit, { bytes, size: visit.hints.size }, images)
  return { kind: 'image', ...taggedAnswer(visit, image, undefined) }
}

/** How much is read of a form that is sent to one of our pages. Bytes. */
const FORM_BYTES = 65536

function asItCame({ request, sentQuery }: Visit): AsItCame {
  const { method, headers, httpVersion, simple } = request
  const sent = async (): Promise<string> =>
    method === 'POST' ? (await request.readBody(FORM_BYTES)).toString('latin1').trim() : sentQuery
  return { method, headers, httpVersion, simple, sent }
}

const portalRequest = (
  visit: Visit,
  { query }: Extract<Located, { kind: 'portal' }>,
  addresses: AddressServices
): PortalRequest => ({
  client: visit.client,
  choices: visit.choices,
  query: readQuery(query, visit.client.profile.text.charset),
  portal: visit.portal,
  gateway: visit.gateway,
  clientAddress: visit.request.user ?? visit.request.clientAddress,
  personKey: visit.personKey,
  from: pageBefore(visit, addresses)?.shown,
  asker: askerOf(visit.request),
  arrived: asItCame(visit)
})

/**
 * One of our own pages; at once, unless it asks a site or reads a form.
 * @throws Failure when there is no such page.
 */
function ownPage(
  visit: Visit,
  located: Extract<Located, { kind: 'portal' }>,
  { addresses, portal, writing }: Pick<Services, 'addresses' | 'portal' | 'writing'>
): Soon<Visited> {
  const meant = meantSiteAnswer(visit, located, writing)
  if (meant !== undefined) return meant
  const page = PORTAL_PAGES[located.path]
  if (page === undefined)
    throw new Failure(
      located.path === badTargetPath ? 'UNKNOWN_SCHEME' : 'NOT_FOUND_HERE',
      decodePercent(located.query)
    )
  const made = page(portalRequest(visit, located, addresses), portal)
  return whenHere(made, answer => madeAnswer(visit, answer, { located, writing }))
}

/** What was asked for, and what writes it. */
interface Written {
  readonly located: Extract<Located, { kind: 'portal' }>
  readonly writing: PageWriter
}

/** How one of our own pages is cut for a browser whose memory is small: Contiki finds 25 links of a page. */
function partsWanted(visit: Visit, { path, query }: Extract<Located, { kind: 'portal' }>): PartsWanted | undefined {
  const { client, portal, hints } = visit
  if (client.profile.budget.always !== true) return undefined
  const { address } = takeHints(`${portal}${path}${query === '' ? '' : `?${query}`}`)
  return { address, number: partIn(hints)?.number ?? 1 }
}

/** The answer of one of our own pages in the form in which it is sent. */
function madeAnswer(visit: Visit, answer: PortalAnswer, { located, writing }: Written): Visited {
  if ('redirect' in answer) return redirectTo(visit, { address: answer.redirect }, writing)
  if ('body' in answer)
    return {
      kind: 'portal',
      status: answer.status ?? 200,
      headers: { 'content-type': answer.type },
      body: Buffer.from(answer.body)
    }
  // Field by field: to add one to a copy by `...` takes V8 a tenth of all that is done for a page that is kept.
  const own = { page: answer.page, status: answer.status, isKept: answer.isKept, parts: partsWanted(visit, located) }
  const { status, headers, body } = portalPage(visit, own, writing)
  return { kind: 'portal', status, headers, body }
}

/**
 * The answer with one of our own pages or images; undefined if an origin must be asked.
 * @throws Failure, or rejects with it, when there is no such page.
 */
export function portalAnswer(
  visit: Visit,
  services: Pick<Services, 'addresses' | 'images' | 'portal' | 'writing'>
): Soon<Visited> | undefined {
  const { located } = visit.request
  if (located.kind !== 'portal' || VIEWS[located.path] !== undefined) return undefined
  if (!isInlinePath(located.path)) return ownPage(visit, located, services)
  return inlineImage(visit, located.path, services.images).then(image => image ?? ownPage(visit, located, services))
}
