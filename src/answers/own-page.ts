import { asBuffer } from '../bytes/as-buffer.js'
import type { WholeAnswer } from '../front/answer.js'
import { createShortener } from '../page/addresses/short-address.js'
import type { PartsWanted } from '../page/job.js'
import type { Html } from '../portal/html.js'
import { redirectPage } from '../portal/redirect.js'
import type { PageWriter } from '../request/services.js'
import type { Viewer, Visit, Visited } from '../request/visit-state.js'
import { addressSecretOf, keepAddresses, pageJob } from './page/page-job.js'

/** A page of our own with its status, which is 200 if not given. */
export interface OwnPage {
  readonly page: Html
  readonly status?: number | undefined
  /** The same object is given again */
  readonly isKept?: boolean | undefined
  /** How it is cut if the browser holds no more; undefined: it never is */
  readonly parts?: PartsWanted | undefined
}

/** A page of our own in the client's profile. */
export function portalPage(
  viewer: Viewer,
  { page, status = 200, isKept = false, parts }: OwnPage,
  writer: PageWriter
): WholeAnswer {
  const { client, portal } = viewer
  const job = pageJob(
    viewer,
    { bytes: page.bytes, contentType: 'text/html; charset=utf-8', url: `${portal}/`, view: 'portal' },
    writer
  )
  const { body, contentType, addresses } = writer.portalPages(
    parts === undefined ? job : { ...job, parts },
    isKept ? page : undefined
  )
  keepAddresses(viewer, addresses, writer)
  return {
    status: status >= 400 && !client.profile.errorStatus ? 200 : status,
    headers: { 'content-type': contentType },
    body: asBuffer(body)
  }
}

/** Where a client is redirected to. */
export interface Onward {
  readonly address: string
  readonly headers?: Readonly<Record<string, string | string[]>>
}

/**
 * Status 302, an absolute address, and a page that says the same: Mosaic resolves no relative address, and Netscape 3
 * knows only 301 and 302.
 */
export function redirectTo(visit: Visit, { address, headers }: Onward, writer: PageWriter): Visited {
  const short = createShortener(
    visit.client.profile.budget.addressLength,
    { ...visit, addressSecret: addressSecretOf(visit, writer) },
    found => keepAddresses(visit, [found], writer)
  )(address)
  const page = portalPage(visit, { page: redirectPage(short), status: 302 }, writer)
  return { kind: 'redirect', ...page, headers: { ...headers, ...page.headers, location: short } }
}
