import { asBuffer } from '../../bytes/as-buffer.js'
import { transcodeForm, type TranscodedQuery } from '../../charset/transcode-query.js'
import { Failure } from '../../failures.js'
import { MOST_PARTS, rewriteMultipart } from './rewrite-multipart.js'
import type { RewrittenForm } from './rewritten-form.js'

/** A form of one of our pages as it came, as plain data that can be passed to another thread. */
export interface FormJob {
  readonly blocks: readonly Uint8Array[]
  readonly contentType: string
  /** Bytes of names and values; files are not rewritten and do not count */
  readonly maxFormBytes: number
}

/** A Buffer arrives in another thread as a bare Uint8Array; this makes a Buffer of it again. */

/** The two content types of forms. Bodies of any other type are passed on as they are. */
export function formKind(contentType: string): 'urlencoded' | 'multipart' | undefined {
  if (/^\s*application\/x-www-form-urlencoded\b/i.test(contentType)) return 'urlencoded'
  return boundaryOf(contentType) === undefined ? undefined : 'multipart'
}

function boundaryOf(contentType: string): string | undefined {
  if (!/^\s*multipart\/form-data\s*;/i.test(contentType)) return undefined
  const [, quoted, bare] = /\bboundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType) ?? []
  return quoted ?? bare
}

function rewriteUrlencoded(body: Buffer): TranscodedQuery | undefined {
  const text = body.toString('latin1').trim()
  if ((text.match(/[^&]+/g)?.length ?? 0) > MOST_PARTS)
    throw new Failure('REQUEST_TOO_LARGE', `more than ${MOST_PARTS} fields`)
  return transcodeForm(text)
}

/**
 * A form as its site takes it: without our mark, its text in the charset of the site.
 * @throws Failure REQUEST_TOO_LARGE when it has more fields than a form has, or more text than may be rewritten.
 */
export async function rewriteBody({ blocks, contentType, maxFormBytes }: FormJob): Promise<RewrittenForm> {
  const body = blocks.map(asBuffer)
  const boundary = boundaryOf(contentType)
  if (boundary !== undefined) return (await rewriteMultipart(body, boundary, maxFormBytes)) ?? { blocks }
  const written = rewriteUrlencoded(Buffer.concat(body))
  return written === undefined
    ? { blocks }
    : { blocks: [Buffer.from(written.query, 'latin1')], contentType, to: written.to }
}
