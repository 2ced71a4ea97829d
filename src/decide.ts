import { sniffImage } from './image/sniff.js'

export type Kind = 'page' | 'image' | 'pass'

/** What is known of a response before it is converted. */
export interface Seen {
  readonly method: string
  readonly status: number
  /** Content-Type as it came, or empty */
  readonly contentType: string
  readonly disposition: string
  /** The first bytes, or undefined before they are read */
  readonly start: Buffer | undefined
}

const PAGE = /^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i
const IMAGE = /^\s*image\//i
/** Types that say nothing, or that servers put on what they do not know. */
const VAGUE = /^\s*($|text\/plain|application\/octet-stream|binary\/octet-stream|unknown|application\/x-unknown|\*)/i
const HTML_START = /^(\xEF\xBB\xBF)?\s*(<!--[^]*?-->\s*)*<(!doctype\s+html|html|head|body|title|script|h1|table|a\s|p[\s>]|meta\s|frameset)/i

/** Whether the first bytes are needed to decide. */
export const needsStart = (seen: Seen): boolean =>
  seen.method === 'GET' && seen.status !== 206 && VAGUE.test(seen.contentType) && !/attachment/i.test(seen.disposition)

/**
 * Page, image or pass: by method, status, type and first bytes. Pass is for all that is not shown in a page, and for
 * parts of it: those bytes are the client's as they are.
 */
export function decide (seen: Seen): Kind {
  const { method, status, contentType, start } = seen
  if (method === 'HEAD' || status === 204 || status === 206 || status === 304 || /attachment/i.test(seen.disposition)) return 'pass'
  if (PAGE.test(contentType)) return start !== undefined && sniffImage(start) !== undefined ? 'image' : 'page'
  if (IMAGE.test(contentType)) return start !== undefined && HTML_START.test(start.toString('latin1')) ? 'page' : 'image'
  if (!VAGUE.test(contentType) || start === undefined) return 'pass'
  const image = sniffImage(start)
  if (image !== undefined) return /octet-stream/i.test(contentType) || /^\s*$/.test(contentType) ? 'image' : 'pass'
  // Plain text stays what its author says it is, even with tags in it.
  return !/^\s*text\/plain/i.test(contentType) && HTML_START.test(start.toString('latin1')) ? 'page' : 'pass'
}
