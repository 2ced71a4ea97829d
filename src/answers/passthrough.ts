import { Readable } from 'node:stream'
import { discard } from '../bytes/discard.js'
import { decide, type ResponseFacts } from '../decide/decide.js'
import { binaryType } from '../decide/file-kinds.js'
import { isBinary } from '../bytes/is-binary.js'
import { decodePercent } from '../bytes/decode-percent.js'
import { passedHeaders } from '../origin/headers/answer-headers.js'
import { bareType, fileName } from '../page/read/document-kind.js'
import { blankImage } from './image/image.js'
import { isInlineImage } from '../request/inline-image.js'
import { personalOf } from '../request/personal.js'
import type { Fetched, FetchPlan, Visit, Visited } from '../request/visit-state.js'

/** Takes the place of the first bytes of a missing body; it counts as text. */
const SOME_TEXT = Buffer.from(' ')

/** Whether a GET would have a converted answer, whose length differs from that of the origin. */
function isConverted(facts: ResponseFacts): boolean {
  const kind = decide({ ...facts, method: 'GET', start: SOME_TEXT })
  // Download programs want to know the length, although browsers get a page about the file first.
  return kind === 'page' || kind === 'image' || kind === 'playlist'
}

/**
 * Types that a browser might run, or sniff as something to run: Internet Explorer looks into texts and unknown types.
 */
const RUNNABLE = /^($|text\/|application\/(octet-stream|x-?(java|ecma)script|javascript|ecmascript|x-sh))|html|xml|svg/i

/**
 * At our own host and behind the gateway, a script of one site could act as all sites, and as our settings page. So
 * whatever may contain one is sent as a file to be saved.
 */
function toBeSaved(
  { hostContext }: Visit,
  { url }: FetchPlan,
  headers: Record<string, string | string[]>
): Record<string, string> {
  if (hostContext === 'site' || !RUNNABLE.test(String(headers['content-type'] ?? ''))) return {}
  const name = decodePercent(fileName(url))
    .replace(/[^\w.-]+/g, '-')
    .replace(/^-$/, '')
  return {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name === '' ? 'page.html' : name}"`
  }
}

/** A browser shows what is called a text, and fills its screen with an archive. */
const notText = ({ contentType, start, name }: ResponseFacts): Record<string, string> =>
  bareType(contentType) === 'text/plain' && start !== undefined && isBinary(start)
    ? { 'content-type': binaryType(name) }
    : {}

/** A response that is passed on, and what is known about it. */
export interface Passing {
  readonly body: Readable
  /** All of it, if it was here at once: then it is no longer in the stream, and is sent as quickly as a page of ours */
  readonly whole?: Buffer | undefined
  /** Its content coding was undone */
  readonly coded: boolean
  readonly facts: ResponseFacts
}

/** Raw bytes: downloads, sounds, parts of files, and answers without a body. */
export function passthroughAnswer({ visit, plan, response }: Fetched, { body, whole, coded, facts }: Passing): Visited {
  const headers: Record<string, string | string[]> = Object.assign(
    passedHeaders(response.headers, coded),
    notText(facts),
    personalOf(visit, response)
  )
  Object.assign(headers, toBeSaved(visit, plan, headers))
  const nothing = { kind: 'passthrough', status: response.status, headers, body: Buffer.alloc(0) } as const
  if (visit.request.method === 'HEAD') {
    discard(body)
    // The length of a converted answer is not known here, and its tag is one of ours.
    if (isConverted(facts)) {
      delete headers['content-length']
      delete headers.etag
    }
    // With an empty Buffer a length of 0 would be sent: to a download manager the file would be empty.
    return headers['content-length'] === undefined ? { ...nothing, body: Readable.from([]) } : nothing
  }
  if (isInlineImage(visit, plan) && response.status >= 400) return blankImage(body)
  // Netscape and MicroWeb report an error for a 200 without a body, and HTTP/1.0 takes a 205, which has none, for one.
  const isEmpty = headers['content-length'] === '0' || whole?.length === 0
  if ((isEmpty && response.status === 200) || response.status === 205) {
    discard(body)
    return { ...nothing, status: 204 }
  }
  return { kind: 'passthrough', status: response.status, headers, body: whole ?? body }
}
