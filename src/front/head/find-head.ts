import { isSimpleRequestLine } from './request-line.js'

const lineFeed = 0x0a
const carriageReturn = 0x0d
const isLineEnd = (byte: number | undefined): boolean => byte === lineFeed || byte === carriageReturn

/** The number of line ends at the start: stray ones stand before requests (RFC 9112 section 2.2). */
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

/** Finds heads in bytes that come piece by piece. Each byte is looked at a few times, whatever the pieces are. */
export interface HeadFinder {
  /**
   * The head at the start of the bytes (no line end first), or nothing when more must come: then it is asked again with
   * these bytes and more. `ended` says that nothing more comes: then a head that only lacks its blank line will do.
   */
  find(bytes: Buffer, ended: boolean): FoundHead | undefined
  /** So many bytes at the start are gone, and what follows is something new. */
  drop(count: number): void
}

/** What was found out of a head so far, as offsets from its start. */
interface Progress {
  /** The end of its first line, or how far it was looked for */
  line: number
  hasLine: boolean
  /** Where its blank line may begin */
  blank: number
  /** How far the end of that was looked for */
  looked: number
}

const nothing = (): Progress => ({ line: 0, hasLine: false, blank: 0, looked: 0 })

/**
 * Whether a line that is over at an offset is known to be: one CR at the end of what came may be half of a line end.
 */
const isOver = (bytes: Buffer, line: number): boolean =>
  bytes[line] === lineFeed || (bytes[line] === carriageReturn && line + 1 < bytes.length)

export function createHeadFinder(): HeadFinder {
  let progress = nothing()
  /** The first LF of all bytes, -1 if none has come; and how far it was looked for. */
  let feed = -1
  let searched = 0

  function findLine(bytes: Buffer): boolean {
    while (progress.line < bytes.length && !isLineEnd(bytes[progress.line])) progress.line++
    progress.hasLine = isOver(bytes, progress.line)
    return progress.hasLine
  }

  function findFeed(bytes: Buffer): void {
    if (feed >= 0) return
    feed = bytes.indexOf(lineFeed, searched)
    searched = bytes.length
  }

  /** LF, any number of CR, LF. */
  function afterFeeds(bytes: Buffer): number | undefined {
    progress.blank = Math.max(feed, progress.blank)
    progress.looked = Math.max(progress.blank + 1, progress.looked)
    for (
      let next = bytes.indexOf(lineFeed, progress.looked);
      next >= 0;
      next = bytes.indexOf(lineFeed, progress.looked)
    ) {
      let between = progress.blank + 1
      while (bytes[between] === carriageReturn) between++
      if (between === next) return next + 1
      progress.blank = next
      progress.looked = next + 1
    }
    progress.looked = bytes.length
    return undefined
  }

  /**
   * Two CR, where no LF has come. Behind the first line they may be the beginning of CR CR LF, which is told by the next
   * byte: further down such a head would have had its LF already.
   */
  function afterReturns(bytes: Buffer): number | undefined {
    const found = bytes.indexOf('\r\r', progress.looked, 'latin1')
    const isOpen = found === progress.line && found + 2 === bytes.length
    progress.looked = isOpen ? found : Math.max(0, bytes.length - 1)
    return found < 0 || isOpen ? undefined : found + 2
  }

  function findBlank(bytes: Buffer): number | undefined {
    findFeed(bytes)
    return feed < 0 ? afterReturns(bytes) : afterFeeds(bytes)
  }

  return {
    find(bytes, ended) {
      const isNew = !progress.hasLine
      if (isNew && !findLine(bytes)) return undefined
      // A simple request is over with its line; whatever follows is not for us (xmosaic 1.2 sends no blank line).
      const first = isNew ? bytes.toString('latin1', 0, progress.line) : ''
      if (isNew && isSimpleRequestLine(first)) return { text: first, end: bytes.length }
      const end = findBlank(bytes) ?? (ended && isLineEnd(bytes.at(-1)) ? bytes.length : undefined)
      return end === undefined ? undefined : { text: bytes.toString('latin1', 0, end), end }
    },
    drop(count) {
      progress = nothing()
      // Behind an LF that is gone nobody has looked for another one.
      searched = feed < 0 ? Math.max(0, searched - count) : 0
      feed = feed < count ? -1 : feed - count
    }
  }
}
