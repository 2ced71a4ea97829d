import { discard } from '../bytes/discard.js'
import { fileTitle } from '../decide/file-kinds.js'
import { writtenAddress } from '../page/addresses/address.js'
import { bareType, shownName } from '../page/read/document-kind.js'
import { rawAddress } from '../page/addresses/address-hints.js'
import { sizeText } from '../page/write/size-text.js'
import { filePage } from '../portal/file.js'
import { blankImage } from './image/image.js'
import { isInlineImage } from '../request/inline-image.js'
import { portalPage } from './own-page.js'
import { personalOf } from '../request/personal.js'
import type { OriginResponse } from '../origin/origin-request.js'
import type { PageWriter } from '../request/services.js'
import type { Fetched, Visited } from '../request/visit-state.js'

/** The file name that the origin gives, else the one in the address. */
function nameOf({ headers }: OriginResponse, url: URL): string {
  const given = /;\s*filename\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(headers['content-disposition'] ?? '')
  return (given?.[1] ?? given?.[2] ?? shownName(url)) || url.host
}

/** With a content coding, Content-Length is not the length of the file. */
function sizeOf({ headers }: OriginResponse): string {
  const length = headers['content-length'] ?? ''
  return headers['content-encoding'] === undefined && /^\d+$/.test(length) ? sizeText(Number(length)) : ''
}

/** A page about a file: what it is, how large, and how to get it. Nothing of the file is downloaded for that. */
export function unsupportedAnswer({ visit, plan, response }: Fetched, writer: PageWriter): Visited {
  if (isInlineImage(visit, plan)) return blankImage(response.body)
  discard(response.body)
  const address = writtenAddress(plan.url, plan)
  const type = response.headers['content-type'] ?? ''
  const page = filePage({
    title: fileTitle(type) ?? 'file',
    type: bareType(type),
    name: nameOf(response, plan.url),
    size: sizeOf(response),
    changed: response.headers['last-modified'] ?? '',
    address,
    download: rawAddress(address),
    portal: visit.portal
  })
  const answer = portalPage(visit, { page }, writer)
  return { kind: 'unsupported', ...answer, headers: { ...personalOf(visit, response), ...answer.headers } }
}
