import { isAscii } from 'node:buffer'
import chardet from 'chardet'
import { isMostlyUtf8 } from './evident-charset.js'
import { languageCharset } from './language-charset.js'

/** As much of a page is looked through for words: its scripts and styles may come first. Bytes. */
const GUESS_PAGE_BYTES = 256 * 1024
/** And as much of its text is compared with languages: 5 ms (measured). Bytes. */
const GUESS_TEXT_BYTES = 16 * 1024

/** A guess of this certainty holds; one of less needs a clear lead over all others of another writing. Percent. */
const CERTAIN = 50
const LEAST = 15
const LEAD = 1.25
/** Encodings of many bytes are certain or wrong: of a few pairs of bytes any could be. Percent. */
const CERTAIN_MULTI_BYTE = 60

/**
 * What chardet finds, and its name in the Encoding Standard: of those that share their letters the one that has more of
 * them. Encodings of one writing stand together.
 */
const ENCODINGS: Readonly<Record<string, { readonly name: string; readonly writing: string }>> = {
  'ISO-8859-1': { name: 'windows-1252', writing: 'western' },
  'windows-1252': { name: 'windows-1252', writing: 'western' },
  'ISO-8859-2': { name: 'ISO-8859-2', writing: 'central' },
  'windows-1250': { name: 'windows-1250', writing: 'central' },
  'ISO-8859-5': { name: 'ISO-8859-5', writing: 'iso-cyrillic' },
  'windows-1251': { name: 'windows-1251', writing: 'cyrillic' },
  'KOI8-R': { name: 'KOI8-R', writing: 'koi' },
  'ISO-8859-6': { name: 'ISO-8859-6', writing: 'arabic' },
  'windows-1256': { name: 'windows-1256', writing: 'arabic' },
  'ISO-8859-7': { name: 'ISO-8859-7', writing: 'greek' },
  'windows-1253': { name: 'windows-1253', writing: 'greek' },
  'ISO-8859-8': { name: 'windows-1255', writing: 'hebrew' },
  'windows-1255': { name: 'windows-1255', writing: 'hebrew' },
  'ISO-8859-9': { name: 'windows-1254', writing: 'turkish' },
  'windows-1254': { name: 'windows-1254', writing: 'turkish' },
  'windows-1257': { name: 'windows-1257', writing: 'baltic' },
  'windows-1258': { name: 'windows-1258', writing: 'vietnamese' },
  'windows-874': { name: 'windows-874', writing: 'thai' }
}
const MULTI_BYTE: Readonly<Record<string, string>> = {
  Shift_JIS: 'Shift_JIS',
  'EUC-JP': 'EUC-JP',
  'EUC-KR': 'EUC-KR',
  Big5: 'Big5',
  GB18030: 'gb18030'
}

/** These stand for letters in windows-1256 alone: four of Persian, and what typing programs put between words. */
const BEYOND_ISO_ARABIC = /[\x80-\x9F\xA1-\xA3\xA5-\xAB\xAE-\xBA\xBC-\xBE\xC0\xDB-\xDF\xF3-\xFF]/

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

type Found = ReturnType<typeof chardet.analyse>[number]

const isArabic = (name: string): boolean => ENCODINGS[name]?.writing === 'arabic'

/** What the words look like, if there is no doubt. */
function look(text: Buffer): string | undefined {
  const found = chardet.analyse(text)
  const multiByte = found.find(({ name }) => MULTI_BYTE[name] !== undefined)
  if (multiByte !== undefined && multiByte === found[0] && multiByte.confidence >= CERTAIN_MULTI_BYTE)
    return MULTI_BYTE[multiByte.name]
  const single = found.filter(({ name }) => ENCODINGS[name] !== undefined)
  const [best] = single
  if (best === undefined || best.confidence < LEAST) return undefined
  const writing = ({ name }: Found): string | undefined => ENCODINGS[name]?.writing
  const next = single.find(other => writing(other) !== writing(best))
  const leads = next === undefined || best.confidence >= LEAD * next.confidence
  if (best.confidence < CERTAIN && !leads) return undefined
  if (isArabic(best.name)) return BEYOND_ISO_ARABIC.test(text.toString('latin1')) ? 'windows-1256' : 'ISO-8859-6'
  return ENCODINGS[best.name]?.name
}

/**
 * The encoding of bytes that are not UTF-8: what is said of it, what its words look like, what the language of the page
 * was written in, else windows-1252.
 */
export const guessOlder = (bytes: Buffer, said: string | undefined): string =>
  said ?? look(textBytes(bytes)) ?? languageCharset(bytes) ?? 'windows-1252'

/**
 * The encoding of a page that says nothing of it, by its bytes and words; else what it says in an odd way, else
 * windows-1252: a page in ASCII is from the days of Latin-1, and so are its forms.
 */
export function guessCharset(bytes: Buffer, said?: string): string {
  if (isAscii(bytes)) return said ?? 'windows-1252'
  return isMostlyUtf8(bytes) ? 'UTF-8' : guessOlder(bytes, said)
}
