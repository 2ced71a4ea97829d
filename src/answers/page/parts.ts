import { asBuffer } from '../../bytes/as-buffer.js'
import { createHash } from 'node:crypto'
import { Failure } from '../../failures.js'
import type { KeptPage } from '../../memory/kept-parts.js'
import { writtenAddress } from '../../page/addresses/address.js'
import { addHints } from '../../page/addresses/address-hints.js'
import { imageAddresses } from '../../page/images/image-addresses.js'
import type { PageJob, PageResult } from '../../page/convert.js'
import type { PageServices } from '../../request/services.js'
import type { Fetched, FetchPlan, Visit, Visited, VisitRequest } from '../../request/visit-state.js'
import { viewAddress } from '../../request/fetch-plan.js'

/** The address of a page in its view with the hints that it was requested with, but for the part. */
function pageAddress({ portal, hints: { part, ...hints } }: Visit, plan: FetchPlan): string {
  const { url, gateway } = plan
  return addHints(
    viewAddress(portal, plan, writtenAddress(url, { gateway: '' }).slice('http://'.length)) ??
      writtenAddress(url, { gateway }),
    hints
  )
}

/** Whether a page answers a form, and cannot be asked for again. */
export const isPosted = ({ method }: VisitRequest): boolean => method !== 'GET'

/**
 * What the converter needs to cut a page into parts; undefined if the person wants whole pages and the browser's memory
 * allows it.
 */
export function partsWanted(visit: Visit, plan: FetchPlan): PageJob['parts'] {
  const {
    choices,
    client: { profile, display },
    request
  } = visit
  const whole = choices.parts === 'off'
  if (whole && profile.budget.always !== true) return undefined
  return {
    address: pageAddress(visit, plan),
    number: isPosted(request) ? 1 : (plan.part?.number ?? 1),
    ...(whole || display.pageBytes === undefined ? {} : { mostBytes: display.pageBytes })
  }
}

/**
 * A key with everything that the bytes of a page depend on, the client too: nobody else gets it, nor does another
 * conversion of the same page.
 */
function keyOf(visit: Visit, plan: FetchPlan, formKey: string | undefined): string {
  const {
    client: { profile, display },
    choices,
    portal
  } = visit
  return createHash('sha256')
    .update(JSON.stringify([visit.personKey, pageAddress(visit, plan), formKey, profile, display, choices, portal]))
    .digest('base64')
}

/** Keeps the parts of a page for the client that is reading it. */
export function keepParts(
  { visit, plan }: Fetched,
  { bodies, formKey, contentType, status, keeping }: PageResult & Pick<KeptPage, 'status' | 'keeping'>,
  { keptParts }: PageServices
): void {
  if (bodies.length < 2) return
  keptParts.keep(visit.personKey, keyOf(visit, plan, formKey), {
    status,
    contentType,
    keeping,
    parts: bodies.map(asBuffer)
  })
}

const isReload = ({ request: { headers } }: Visit): boolean =>
  headers.pragma?.includes('no-cache') === true || headers['cache-control']?.includes('no-cache') === true

/**
 * A part of a page that was converted a while ago; undefined if the page must be fetched (again).
 * @throws Failure PART_GONE when the page answered a form, and so cannot be fetched again.
 */
export async function keptPart(
  { visit, plan }: Pick<Fetched, 'visit' | 'plan'>,
  { keptParts }: PageServices
): Promise<Visited | undefined> {
  const { part } = plan
  if (part === undefined || isPosted(visit.request)) return undefined
  const page =
    part.formKey === undefined && isReload(visit)
      ? undefined
      : await keptParts.get(visit.personKey, keyOf(visit, plan, part.formKey))
  const body = page?.parts[Math.min(part.number, page.parts.length) - 1]
  if (page !== undefined && body !== undefined)
    return {
      kind: 'page',
      status: page.status,
      headers: { ...page.keeping, 'content-type': page.contentType },
      body,
      images: imageAddresses(body.toString('latin1'))
    }
  if (part.formKey !== undefined) throw new Failure('PART_GONE')
  return undefined
}
