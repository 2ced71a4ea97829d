import { afterProlog } from '../bytes/after-prolog.js'
import { fileTitle } from './file-kinds.js'
import { isPlaylist, mayBePlaylist } from './playlist.js'
import { sniffImage } from '../image/decode/sniff.js'
import { isBinary } from '../bytes/is-binary.js'
import { bareType } from '../page/read/document-kind.js'
import { documentKind, isFeedStart, type DocumentKind } from '../page/read/readers.js'

/**
 * page: a document that is converted; playlist: its entries are made such as can be played; unsupported: a file that no
 * old machine can use, a page says what it is; passthrough: the bytes as they are.
 */
export type Kind = 'page' | 'image' | 'playlist' | 'unsupported' | 'passthrough'

/** What is known of a response before it is converted. */
export interface ResponseFacts {
  readonly method: string
  readonly status: number
  /** Content-Type as it came, or empty */
  readonly contentType: string
  readonly disposition: string
  /** Last part of the path */
  readonly name: string
  /** The address asks for the bytes as they are */
  readonly raw: boolean
  /** The client is a program that fetches files or plays them, or it asked for a part */
  readonly fetches: boolean
  /** The origin says that it is longer than a page may be */
  readonly tooLong: boolean
  /** The first bytes, or undefined before they are read */
  readonly start: Buffer | undefined
}

const IMAGE = /^\s*image\//i
/** Types that say nothing, or that servers put on what they do not know. */
const VAGUE = /^\s*($|text\/plain|application\/octet-stream|binary\/octet-stream|unknown|application\/x-unknown|\*)/i
const HTML_START = /^<(!doctype\s+html|html|head|body|title|script|h1|table|a\s|p[\s>]|meta\s|frameset)/i

/** Statuses without a body, or with a part of one (RFC 9110 15.3.5, 15.3.6, 15.3.7, 15.4.5). */
const BARE: ReadonlySet<number> = new Set([204, 205, 206, 304])

const isHtml = (start: Buffer): boolean =>
  HTML_START.test(afterProlog(start.toString('latin1'), root => root !== 'html'))

/** A playlist is for its player, even where it is to be saved. */
const isOfPlaylist = (facts: ResponseFacts): boolean =>
  facts.method === 'GET' && facts.status === 200 && !facts.raw && !facts.tooLong && mayBePlaylist(facts)

const isDownload = ({ raw, disposition }: ResponseFacts): boolean => raw || /attachment/i.test(disposition)

/** Whether the first bytes are needed to decide. */
export function needsStart(facts: ResponseFacts): boolean {
  if (isOfPlaylist(facts)) return true
  const kind = documentKind(facts.contentType, facts.name)
  return (
    facts.method === 'GET' &&
    facts.status !== 206 &&
    (VAGUE.test(facts.contentType) || (kind !== undefined && kind !== 'html')) &&
    !isDownload(facts)
  )
}

/** Nothing at all, where there might have been a text: without a page that says so a person waits for it in vain. */
const isNothing = ({ method, status, contentType, fetches, start }: ResponseFacts): boolean =>
  method === 'GET' && !fetches && start?.length === 0 && (status >= 400 || bareType(contentType) === '')

/** Text of a kind other than HTML: a page, unless its bytes are for a program. Of a feed, what is whole is of use. */
function decideText({ method, fetches, tooLong, start }: ResponseFacts, kind: DocumentKind): Kind {
  if (method !== 'GET' || fetches || start === undefined || isBinary(start)) return 'passthrough'
  if (tooLong && !(kind === 'xml' && isFeedStart(start))) return 'passthrough'
  return kind === 'xml' && sniffImage(start) === 'svg' ? 'image' : 'page'
}

/**
 * Page, image, unsupported or passthrough: by method, status, type, name and first bytes. Passthrough is for everything
 * that is not shown in a page, and for parts of files: the client gets these bytes unchanged.
 */
export function decide(facts: ResponseFacts): Kind {
  const { method, status, contentType, start } = facts
  if (isOfPlaylist(facts) && (start === undefined || isPlaylist(facts))) return 'playlist'
  if (isDownload(facts) || method === 'HEAD' || BARE.has(status)) return 'passthrough'
  const kind = documentKind(contentType, facts.name)
  if (kind === 'html') return start !== undefined && sniffImage(start) !== undefined ? 'image' : 'page'
  if (kind !== undefined) return decideText(facts, kind)
  if (IMAGE.test(contentType)) return start !== undefined && isHtml(start) ? 'page' : 'image'
  if (fileTitle(contentType) !== undefined)
    return method === 'GET' && status === 200 && !facts.fetches ? 'unsupported' : 'passthrough'
  if (isNothing(facts)) return 'page'
  // Plain text by the name of a file stays one.
  if (!VAGUE.test(contentType) || start === undefined || /^\s*text\/plain/i.test(contentType)) return 'passthrough'
  const image = sniffImage(start)
  if (image !== undefined)
    return /octet-stream/i.test(contentType) || /^\s*$/.test(contentType) ? 'image' : 'passthrough'
  return isHtml(start) ? 'page' : 'passthrough'
}
