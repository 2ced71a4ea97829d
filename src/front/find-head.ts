import { isSimpleRequestLine } from './request-line.js'

const lineFeed = 0x0a
const carriageReturn = 0x0d

/** The number of line ends at the start: stray ones stand before requests (RFC 9112 section 2.2). */
export function countLineEnds (bytes: Buffer): number {
  let count = 0
  while (bytes[count] === lineFeed || bytes[count] === carriageReturn) count++
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
 * Finds the request head at the start of the bytes (no line end first), or nothing when more must come.
 * `ended` says that nothing more comes: then a head that only lacks its blank line will do.
 */
export function findHead (bytes: Buffer, ended: boolean): FoundHead | undefined {
  // Latin-1: one character is one byte.
  const text = bytes.toString('latin1')
  const firstLine = /^[^\r\n]*/.exec(text)![0]
  if (!/^(?:\r*\n|\r[^\r\n]|\r\r)/.test(text.slice(firstLine.length))) return undefined
  // A simple request is over with its line; whatever follows is not for us (xmosaic 1.2 sends no blank line).
  if (isSimpleRequestLine(firstLine)) return { text: firstLine, end: bytes.length }
  const blankLine = (text.includes('\n') ? /\n\r*\n/ : /\r\r/).exec(text)
  const end = blankLine ? blankLine.index + blankLine[0].length : ended && /[\r\n]$/.test(text) ? text.length : -1
  return end < 0 ? undefined : { text: text.slice(0, end), end }
}
