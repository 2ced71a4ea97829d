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

/** The name that the origin gives a file, else that of its address. */
function nameOf({ headers }: OriginResponse, url: URL): string {
  const given = /;\s*filename\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(headers['content-disposition'] ?? '')
  return (given?.[1] ?? given?.[2] ?? shownName(url)) || url.host
}

/** Of a body that is sent coded the length is not that of the file. */
function sizeOf({ headers }: OriginResponse): string {
  const length = headers['content-length'] ?? ''
  return headers['content-encoding'] === undefined && /^\d+$/.test(length) ? sizeText(Number(length)) : ''
}

/** A page that says what a file is, how large, and how to get it; nothing of it is downloaded for that. */
export function unsupportedAnswer({ visit, plan, response }: Fetched, writer: PageWriter): Visited {
  if (isInlineImage(visit, plan)) return blankImage(response.body)
  response.body.on('error', () => {}).destroy()
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
