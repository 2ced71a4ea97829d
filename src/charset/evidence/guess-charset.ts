import { isAscii } from 'node:buffer'
import { detectEncoding } from './detector.js'
import { isMostlyUtf8 } from './evident-charset.js'
import { languageDomain } from './language-domain.js'
import { wideEncoding } from './wide-encoding.js'

/** As much of a page is looked through for words: its scripts and styles may come first. Bytes. */
const GUESS_PAGE_BYTES = 256 * 1024
/** And as much of its text is compared with languages: 2.5 ms (measured). Bytes. */
const GUESS_TEXT_BYTES = 16 * 1024

const RAW_TEXT = /^<(script|style|noscript|textarea)\b/i

/** Where what begins with a < ends: a tag, a comment, a script with all that is in it. */
function markupEnd(page: string, at: number): number {
  const comment = page.startsWith('<!--', at)
  const raw = comment ? undefined : RAW_TEXT.exec(page.slice(at, at + 12))?.[1]
  const mark = comment ? '-->' : raw === undefined || raw.length > 6 ? '>' : `</${raw}`
  const end = page.indexOf(mark, at + 1)
  return end === -1 ? page.length : end + mark.length
}

/** The words of a page without its markup, which is in English whatever they are. */
function textBytes(bytes: Buffer): Buffer {
  const page = bytes.toString('latin1', 0, GUESS_PAGE_BYTES)
  const pieces: string[] = []
  let length = 0
  for (let from = 0; from < page.length && length < GUESS_TEXT_BYTES;) {
    const start = page.indexOf('<', from)
    const piece = page.slice(from, start === -1 ? page.length : start)
    if (/\S/.test(piece)) {
      pieces.push(piece)
      length += piece.length
    }
    if (start === -1) break
    from = /^<[a-z/!?]/i.test(page.slice(start, start + 2)) ? markupEnd(page, start) : start + 1
  }
  return Buffer.from(pieces.join(' ').slice(0, GUESS_TEXT_BYTES), 'latin1')
}

/**
 * What no text in windows-1252 has that is in ASCII but for signs (quotation marks, dashes, copyright, pounds): letters
 * beyond ASCII, three signs in a row, signs within words.
 */
const MORE_THAN_SIGNS =
  /[\x81\x83\x8A\x8C-\x90\x9A\x9C-\x9F\xC0-\xFF]|[\x80-\x9F\xA1-\xFF]{3}|[A-Za-z][\xA1-\xBF]|[\xA1-\xBF][A-Za-z]/

/** A domain that says nothing of an encoding. */
const GENERIC = 'com'

/** ISO-2022-JP is in seven bits, and begins to write Japanese with these. */
const ESCAPE = '\x1B$'

/** What is known of a text beside its bytes. */
export interface Known {
  /** What is said of its encoding where browsers do not look */
  readonly said?: string | undefined
  /** The top-level domain that it comes from, in lower case */
  readonly domain?: string | undefined
}

/** What the words look like. Where they say too little, the language of the page decides, and the domain it is from. */
function look(bytes: Buffer, domain: string | undefined): string {
  const text = textBytes(bytes)
  const isWhole = bytes.length <= GUESS_PAGE_BYTES && text.length < GUESS_TEXT_BYTES
  return MORE_THAN_SIGNS.test(text.toString('latin1'))
    ? detectEncoding({ bytes: text, isWhole, domain: languageDomain(bytes) ?? domain ?? GENERIC })
    : 'windows-1252'
}

/**
 * The encoding of bytes that are not UTF-8: what is said of it, or what its words, its language and its domain make
 * most probable.
 */
export const guessOlder = (bytes: Buffer, { said, domain }: Known): string => said ?? look(bytes, domain)

/** The encoding of a text in seven bits: a page in ASCII is from the days of Latin-1, and so are its forms. */
function guessSevenBits(bytes: Buffer): string {
  if (!bytes.includes(ESCAPE)) return 'windows-1252'
  // Half of a Japanese letter may be a "<": nothing is cut out of the text.
  const start = bytes.subarray(0, GUESS_PAGE_BYTES)
  return detectEncoding({ bytes: start, isWhole: start.length === bytes.length, domain: GENERIC })
}

/**
 * The encoding of a page that says nothing of it, by its bytes and words; else what it says in an odd way, else
 * windows-1252.
 */
export function guessCharset(bytes: Buffer, known: Known = {}): string {
  const wide = wideEncoding(bytes)
  if (wide !== undefined) return wide
  if (isAscii(bytes)) return known.said ?? guessSevenBits(bytes)
  return isMostlyUtf8(bytes) ? 'UTF-8' : guessOlder(bytes, known)
}
