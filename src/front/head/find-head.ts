import { isSimpleRequestLine } from './request-line.js'

const lineFeed = 0x0a
const carriageReturn = 0x0d
const isLineEnd = (byte: number | undefined): boolean => byte === lineFeed || byte === carriageReturn

/** The number of line ends at the start: stray ones may precede a request (RFC 9112 section 2.2). */
export function countLineEnds(bytes: Buffer): number {
  let count = 0
  while (isLineEnd(bytes[count])) count++
  return count
}

/** The head at the start of some bytes. */
export interface FoundHead {
  /** The head in Latin-1; its blank line may or may not be part of it. */
  text: string
  /** Where the bytes after the head begin. */
  end: number
}

/**
 * Finds request heads in bytes that arrive piece by piece. Each byte is looked at a few times at most, however small
 * the pieces are.
 */
export interface HeadFinder {
  /**
   * The head at the start of the bytes, which begin with no line end; undefined when more bytes are needed, with which
   * it is then called again. `ended` says that nothing more will come: then a head that only lacks its blank line is
   * accepted.
   */
  find(bytes: Buffer, ended: boolean): FoundHead | undefined
  /** Removes so many bytes from the start: what follows is a new head. */
  drop(count: number): void
}

/** What was found out so far, as offsets from the start of the bytes. */
interface Search {
  /** Offset of the end of the first line, or of the place up to which it was searched for */
  line: number
  hasLine: boolean
  /** Where the blank line may begin */
  blank: number
  /** How far the end of the blank line was searched for */
  looked: number
  /** Offset of the first LF in all bytes, -1 if none has come */
  feed: number
  /** How far that LF was searched for */
  searched: number
}

/** Whether a line surely ends at an offset: a CR at the very end of the bytes may be the first half of a CRLF. */
const isOver = (bytes: Buffer, line: number): boolean =>
  bytes[line] === lineFeed || (bytes[line] === carriageReturn && line + 1 < bytes.length)

function findLine(search: Search, bytes: Buffer): boolean {
  while (search.line < bytes.length && !isLineEnd(bytes[search.line])) search.line++
  search.hasLine = isOver(bytes, search.line)
  return search.hasLine
}

function findFeed(search: Search, bytes: Buffer): void {
  if (search.feed >= 0) return
  search.feed = bytes.indexOf(lineFeed, search.searched)
  search.searched = bytes.length
}

/** The end of a blank line: LF, any number of CR, LF. */
function afterFeeds(search: Search, bytes: Buffer): number | undefined {
  search.blank = Math.max(search.feed, search.blank)
  search.looked = Math.max(search.blank + 1, search.looked)
  for (let next = bytes.indexOf(lineFeed, search.looked); next >= 0; next = bytes.indexOf(lineFeed, search.looked)) {
    let between = search.blank + 1
    while (bytes[between] === carriageReturn) between++
    if (between === next) return next + 1
    search.blank = next
    search.looked = next + 1
  }
  search.looked = bytes.length
  return undefined
}

/**
 * The end of a blank line in bytes without any LF: two CRs. Right behind the first line they may be the beginning of CR
 * CR LF, so the next byte is needed; further down, a head with such line ends would already have had an LF.
 */
function afterReturns(search: Search, bytes: Buffer): number | undefined {
  const found = bytes.indexOf('\r\r', search.looked, 'latin1')
  const isOpen = found === search.line && found + 2 === bytes.length
  search.looked = isOpen ? found : Math.max(0, bytes.length - 1)
  return found < 0 || isOpen ? undefined : found + 2
}

function findBlank(search: Search, bytes: Buffer): number | undefined {
  findFeed(search, bytes)
  return search.feed < 0 ? afterReturns(search, bytes) : afterFeeds(search, bytes)
}

export function createHeadFinder(): HeadFinder {
  const search: Search = { line: 0, hasLine: false, blank: 0, looked: 0, feed: -1, searched: 0 }
  return {
    find(bytes, ended) {
      const isNew = !search.hasLine
      if (isNew && !findLine(search, bytes)) return undefined
      // A simple request ends with its line; anything behind it is not for us (xmosaic 1.2 sends no blank line).
      const first = isNew ? bytes.toString('latin1', 0, search.line) : ''
      if (isNew && isSimpleRequestLine(first)) return { text: first, end: bytes.length }
      const end = findBlank(search, bytes) ?? (ended && isLineEnd(bytes.at(-1)) ? bytes.length : undefined)
      return end === undefined ? undefined : { text: bytes.toString('latin1', 0, end), end }
    },
    drop(count) {
      search.line = search.blank = search.looked = 0
      search.hasLine = false
      // The search for an LF stops at the first one, so bytes behind a removed LF have never been searched.
      search.searched = search.feed < 0 ? Math.max(0, search.searched - count) : 0
      search.feed = search.feed < count ? -1 : search.feed - count
    }
  }
}
