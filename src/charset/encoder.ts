import anyAscii from 'any-ascii'
import iconv from 'iconv-lite'
import { knownCharset } from './charsets.js'
import type { Fallbacks } from './fallbacks.js'
import { createRepertoire, type Repertoire } from './repertoire.js'
import { normalised } from './stream-safe.js'

/** Writes text in one charset, without ever losing a letter to "?". */
export interface Encoder {
  /** The charset, by one of its names in charsets.ts */
  readonly charset: string
  /** Replaces every character that the charset lacks by characters that it has. */
  fold(text: string): string
  /** Encodes text that was folded. */
  encode(text: string): Buffer
}

/**
 * Zero-width characters, soft hyphen, joiners, variation selectors, directional marks, byte order mark, tags; and those
 * of private use, which only a font of the page would draw.
 */
const INVISIBLE =
  /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\uE000-\uF8FF\uFE00-\uFE0F\uFEFF]|\u{E0001}|[\u{E0020}-\u{E007F}\u{E0100}-\u{E01EF}]/gu

/** Matches what INVISIBLE or OTHER_SPACES matches, in one test. */
const HAS_INVISIBLE =
  /[\u00AD\u034F\u061C\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F\u205F-\u206F\uE000-\uF8FF\uFE00-\uFE0F\uFEFF]|[\u{E0001}-\u{E01EF}]/u

/** Scripts in which one character is a syllable: their transliterations need spaces between them. */
const SYLLABIC = /[\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]|[\u{20000}-\u{3134F}]/u
const SYLLABIC_RUN = /([\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]|[\u{20000}-\u{3134F}])(?=[\p{L}\p{N}])/gu

/** Spaces other than the two of Latin-1. */
const OTHER_SPACES = /[\u1680\u2000-\u200A\u202F\u205F\u2028\u2029]/g

/**
 * Characters that replace each other where a charset has only one of them. Japanese and Chinese charsets of Windows
 * have the wide forms; Romanian letters have a cedilla in the charsets of the time, a comma in Unicode; Persian letters
 * have Arabic forms.
 */
const TWINS: Readonly<Record<string, string>> = {
  '〜': '～',
  '～': '〜',
  '—': '―',
  '―': '—',
  '−': '－',
  '－': '−',
  '‖': '∥',
  '¢': '￠',
  '£': '￡',
  '¬': '￢',
  '·': '・',
  '‧': '・',
  µ: 'μ',
  ș: 'ş',
  Ș: 'Ş',
  ț: 'ţ',
  Ț: 'Ţ',
  ş: 'ș',
  Ş: 'Ș',
  ţ: 'ț',
  Ţ: 'Ț',
  ی: 'ي',
  ک: 'ك',
  Ґ: 'Г',
  ґ: 'г'
}

/** Matches text that needs no folding: printable Latin-1 where the charset has all of it, else ASCII. */
const plainPattern = (has: Repertoire): RegExp =>
  Array.from({ length: 96 }, (_, at) => String.fromCharCode(0xa0 + at)).every(
    character => character === '\u00AD' || has(character)
  )
    ? /^[\0-\x7E\u00A0-\u00AC\u00AE-\u00FF]*$/
    : /^[\0-\x7E]*$/

/** What is looked up, a character at a time. */
const NOT_ASCII = /[^\0-~]/gu

/** Distinct characters whose folding is kept: enough for Chinese pages, and a bound for hostile ones. */
const KEPT_CHARACTERS = 30_000

/**
 * Splits a letter with several accents into the letters and combining accents of Vietnamese charsets: ế is ê and an
 * acute.
 */
function partlyComposed(parts: readonly string[], has: Repertoire): string | undefined {
  for (let last = parts.length - 1; last > 0; last--) {
    const accent = parts[last] ?? ''
    const letter = normalised(parts.filter((_, at) => at !== last).join(''), 'NFC')
    if (has(accent) && [...letter].every(has)) return letter + accent
  }
  return undefined
}

/** Writes a character that the charset lacks in characters that it has; undefined if only ASCII remains. */
function likeness(character: string, has: Repertoire): string | undefined {
  const twin = TWINS[character]
  if (twin !== undefined && has(twin)) return twin
  const parts = [...normalised(character, 'NFD')]
  return parts.length > 1 ? partlyComposed(parts, has) : undefined
}

/** The letter without its accents, or the ordinary form of a wide, ringed or joined one. */
function plainer(character: string, has: Repertoire): string | undefined {
  const base = normalised(character, 'NFD').replace(/\p{M}+/gu, '')
  if (base !== '' && [...base].every(has)) return base
  const ordinary = normalised(character, 'NFKC')
  return /[^\0-\x7F]/.test(ordinary) && [...ordinary].every(has) ? ordinary : undefined
}

/**
 * Makes an encoder for a charset. A character that the charset lacks is replaced by, in this order: an equal character,
 * the table of fallbacks, the letter without its accents, the any-ascii library (emoji become :names:).
 * @throws Error when there is no such charset.
 */
export function createEncoder(charset: string, macSafe: boolean, fallbacks: Fallbacks): Encoder {
  const has = createRepertoire(charset, macSafe)
  const iconvName = knownCharset(charset).iconv
  const unicode = iconvName === 'utf-8'
  const isPlain = plainPattern(has)
  const folded = new Map<string, string>()

  function foldCharacter(character: string): string {
    if (has(character)) return character
    const written = likeness(character, has) ?? fallbacks.get(character) ?? plainer(character, has)
    if (written !== undefined) return written
    const ascii = anyAscii(character)
    return SYLLABIC.test(character) && ascii !== '' ? capitalised(ascii) : ascii
  }

  function foldNew(character: string): string {
    if (folded.size >= KEPT_CHARACTERS) folded.clear()
    const one = foldCharacter(character)
    folded.set(character, one)
    return one
  }

  const foldAll = (text: string): string =>
    text.replace(NOT_ASCII, character => folded.get(character) ?? foldNew(character))

  function fold(text: string): string {
    const plain = normalised(text, 'NFC')
    // In UTF-8 the joiners stay, which change how the letters look.
    if (unicode) return plain
    return foldAll(
      spaced(HAS_INVISIBLE.test(plain) ? plain.replace(INVISIBLE, '').replace(OTHER_SPACES, ' ') : plain, has)
    )
  }

  return {
    charset,
    fold: text => (isPlain.test(text) ? text : fold(text)),
    // Folded text in Latin-1 has no code above FF: its codes are the bytes.
    encode: text =>
      unicode ? Buffer.from(text, 'utf8') : iconv.encode(text, iconvName === 'iso-8859-1' ? 'binary' : iconvName)
  }
}

function capitalised(ascii: string): string {
  return ascii.charAt(0).toLowerCase() + ascii.slice(1)
}

/** Adds spaces between the syllables of Chinese and Korean, which any-ascii runs together. */
function spaced(run: string, has: Repertoire): string {
  if (!SYLLABIC.test(run)) return run
  return run.replace(SYLLABIC_RUN, (whole, character: string) => (has(character) ? whole : `${character} `))
}

/** A text in ASCII alone, for fields of HTTP; letters of other scripts are written in Latin ones. */
export const toAscii = (text: string): string => anyAscii(text).replace(/[^\x20-\x7E]/g, '')
