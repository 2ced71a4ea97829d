import anyAscii from 'any-ascii'
import iconv from 'iconv-lite'
import type { Fallbacks } from './fallbacks.js'

/** Writes text in one charset, without ever losing a letter to "?". */
export interface Encoder {
  /** The charset, as iconv-lite and HTTP call it */
  readonly charset: string
  /** The text with every character that the charset lacks replaced by characters that it has. */
  fold (text: string): string
  /** The bytes of text that went through fold. */
  encode (text: string): Buffer
}

/** Latin-1 characters that Macintosh fonts lack (Flavell, "ISO-8859-1 and the Mac"; Netscape's own Mac table shows 1 2 3 x |). */
const NOT_ON_MACS = new Set('¦²³¹¼½¾ÐðÝýÞþ×')

/** Zero-width characters, soft hyphen, joiners, variation selectors, directional marks, byte order mark, tags. */
const INVISIBLE = /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF]|\u{E0001}|[\u{E0020}-\u{E007F}\u{E0100}-\u{E01EF}]/gu

/** One test for both of the above. */
const HAS_INVISIBLE = /[\u00AD\u034F\u061C\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F\u205F-\u206F\uFE00-\uFE0F\uFEFF]|[\u{E0001}-\u{E01EF}]/u

/** Scripts in which one character is a syllable: their transliterations need spaces between them. */
const SYLLABIC = /[\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]|[\u{20000}-\u{3134F}]/u
const SYLLABIC_RUN = /([\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]|[\u{20000}-\u{3134F}])(?=[\p{L}\p{N}])/gu

/** Space separators other than the two of Latin-1. */
const OTHER_SPACES = /[\u1680\u2000-\u200A\u202F\u205F\u2028\u2029]/g

/** The 256 characters of a single-byte charset, or undefined for a multi-byte one. */
function singleByteSet (charset: string): ReadonlySet<string> | undefined {
  if (/utf|shift|sjis|euc|gb|big5|cp9[345]|iso-2022|hz/i.test(charset)) return undefined
  const set = new Set<string>()
  for (let byte = 0; byte < 256; byte++) {
    const character = iconv.decode(Buffer.of(byte), charset)
    // Never the control characters 80-9F, which are right on no machine that takes this charset.
    if (character !== '\uFFFD' && !/[\u0080-\u009F]/.test(character)) set.add(character)
  }
  return set
}

function createTest (charset: string, macSafe: boolean): (character: string) => boolean {
  if (/^utf-?8$/i.test(charset)) return () => true
  const set = singleByteSet(charset)
  if (set !== undefined) return character => set.has(character) && !(macSafe && NOT_ON_MACS.has(character))
  return character => character === '?' || iconv.encode(character, charset).toString('latin1') !== '?'
}

/** Text of these characters alone needs no folding: printable Latin-1 where the charset has it all, else ASCII. */
const plainPattern = (has: (character: string) => boolean): RegExp =>
  Array.from({ length: 96 }, (_, at) => String.fromCharCode(0xA0 + at)).every(character => character === '\u00AD' || has(character)) ? /^[\0-\x7E\u00A0-\u00AC\u00AE-\u00FF]*$/ : /^[\0-\x7E]*$/

/**
 * An encoder for a charset. What the charset lacks is replaced by, in this order: the table of fallbacks, the letter
 * without its accents, the any-ascii library (emoji become :names:).
 */
export function createEncoder (charset: string, macSafe: boolean, fallbacks: Fallbacks): Encoder {
  const has = createTest(charset, macSafe)
  const unicode = /^utf-?8$/i.test(charset)
  const latin1 = /^iso-?8859-1$/i.test(charset)
  const isPlain = plainPattern(has)
  const folded = new Map<string, string>()

  function foldCharacter (character: string): string {
    if (has(character)) return character
    const written = fallbacks.get(character)
    if (written !== undefined) return written
    const base = character.normalize('NFD').replace(/\p{M}+/gu, '')
    if (base !== '' && [...base].every(has)) return base
    const ascii = anyAscii(character)
    return SYLLABIC.test(character) && ascii !== '' ? capitalised(ascii) : ascii
  }

  function foldAll (text: string): string {
    let written = ''
    for (const character of text) {
      if (character <= '~') {
        written += character
        continue
      }
      let one = folded.get(character)
      if (one === undefined) {
        one = foldCharacter(character)
        folded.set(character, one)
      }
      written += one
    }
    return written
  }

  function fold (text: string): string {
    const plain = text.normalize('NFC')
    // Joiners mean something where the letters are kept.
    if (unicode) return plain
    return foldAll(spaced(HAS_INVISIBLE.test(plain) ? plain.replace(INVISIBLE, '').replace(OTHER_SPACES, ' ') : plain, has))
  }

  return {
    charset,
    fold: text => isPlain.test(text) ? text : fold(text),
    // What went through fold has no character above FF: its codes are the bytes.
    encode: text => unicode ? Buffer.from(text, 'utf8') : iconv.encode(text, latin1 ? 'binary' : charset)
  }
}

function capitalised (ascii: string): string {
  return ascii.charAt(0).toLowerCase() + ascii.slice(1)
}

/** any-ascii runs the syllables of Chinese and Korean together; a space between them keeps them readable. */
function spaced (run: string, has: (character: string) => boolean): string {
  if (!SYLLABIC.test(run)) return run
  return run.replace(SYLLABIC_RUN, (whole, character: string) => has(character) ? whole : `${character} `)
}
