import { isAscii, isUtf8 } from 'node:buffer'
import { utf8Share } from './whole-sequences.js'

/**
 * So many sequences are proof of UTF-8 even where one alone may come about: a pair of Chinese letters in GBK is one of
 * UTF-8 as well in one case of seven, eight of them in one of five million. Sequences.
 */
const LEAST_SEQUENCES = 8

const MULTI_BYTE: ReadonlySet<string> = new Set([
  'GBK',
  'gb18030',
  'Big5',
  'EUC-JP',
  'EUC-KR',
  'Shift_JIS',
  'ISO-2022-JP'
])

/** Whether bytes are UTF-8, though a few may be broken: each whole sequence is a proof, each broken byte one against it. */
export function isMostlyUtf8(bytes: Buffer): boolean {
  if (isUtf8(bytes)) return true
  const { whole, broken } = utf8Share(bytes)
  return whole > broken
}

/** Whether bytes are UTF-8 though they were declared to be in an older encoding. */
function belieUtf8(bytes: Buffer, declared: string): boolean {
  const { whole, certain, broken } = utf8Share(bytes)
  if (MULTI_BYTE.has(declared)) return broken === 0 && whole >= LEAST_SEQUENCES
  return whole > broken && (certain > 0 || whole >= LEAST_SEQUENCES)
}

/**
 * The encoding that a text is in by its bytes, whatever it was declared to be in; `guess` says which it is if not
 * UTF-8 (docs/decisions/0017-bytes-over-declarations.md).
 */
export function evidentCharset(bytes: Buffer, declared: string, guess: () => string): string {
  if (isAscii(bytes) && !declared.startsWith('UTF-16')) return declared
  if (declared === 'UTF-8') {
    if (isUtf8(bytes)) return declared
    const { whole, broken } = utf8Share(bytes)
    return broken > whole ? guess() : declared
  }
  // Markup and spaces have a zero byte each in UTF-16.
  if (declared.startsWith('UTF-16')) return !bytes.includes(0) && isUtf8(bytes) ? 'UTF-8' : declared
  return belieUtf8(bytes, declared) ? 'UTF-8' : declared
}
