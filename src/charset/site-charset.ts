import iconv from 'iconv-lite'
import { normalised } from './stream-safe.js'

/** The encodings of the Encoding Standard, in lower case, and their names in iconv-lite where these differ. */
const SITE_CHARSETS: ReadonlyMap<string, string> = new Map([
  ...[
    'utf-8',
    'ibm866',
    'iso-8859-2',
    'iso-8859-3',
    'iso-8859-4',
    'iso-8859-5',
    'iso-8859-6',
    'iso-8859-7',
    'iso-8859-8',
    'iso-8859-10',
    'iso-8859-13',
    'iso-8859-14',
    'iso-8859-15',
    'iso-8859-16',
    'koi8-r',
    'macintosh',
    'windows-874',
    'windows-1250',
    'windows-1251',
    'windows-1252',
    'windows-1253',
    'windows-1254',
    'windows-1255',
    'windows-1256',
    'windows-1257',
    'windows-1258',
    'gbk',
    'gb18030',
    'big5',
    'euc-jp',
    'shift_jis',
    'euc-kr'
  ].map(name => [name, name] as const),
  ['iso-8859-8-i', 'iso-8859-8'],
  ['koi8-u', 'koi8-ru'],
  ['x-mac-cyrillic', 'macukraine'],
  ['iso-2022-jp', 'iso-2022-jp']
])

/** Encodings of pages in which forms are never sent ("get an output encoding"). */
const NEVER_SENT = /^(utf-16(le|be)?|replacement)$/

/**
 * The encoding of a form or query that is sent to a site whose page or form names this charset; undefined if it is
 * unknown.
 */
export function siteCharset(label: string): string | undefined {
  const name = label.trim().toLowerCase()
  if (NEVER_SENT.test(name)) return 'utf-8'
  if (SITE_CHARSETS.has(name)) return name
  try {
    const encoding = new TextDecoder(name).encoding.toLowerCase()
    return NEVER_SENT.test(encoding) ? 'utf-8' : SITE_CHARSETS.has(encoding) ? encoding : undefined
  } catch {
    return undefined
  }
}

/** The name in the Encoding Standard, which browsers put into a field named _charset_. */
export const siteCharsetName = (charset: string): string =>
  charset === 'shift_jis'
    ? 'Shift_JIS'
    : charset === 'big5'
      ? 'Big5'
      : /^(utf|ibm|iso|koi|gbk|euc)/.test(charset)
        ? charset.toUpperCase()
        : charset

/** The iconv-lite name of an encoding from siteCharset. */
export const siteIconvName = (charset: string): string => SITE_CHARSETS.get(charset) ?? 'utf-8'

/** Signs and ideographs that had no place of their own in Unicode when GB 18030 was made (GB 18030-2022). */
const PRIVATE_OF_GB18030 = [...'\uE78D\uE78E\uE78F\uE790\uE791\uE792\uE793\uE794\uE795\uE796']
  .map((iconv, at) => [iconv, '\uFE10\uFE12\uFE11\uFE13\uFE14\uFE15\uFE16\uFE17\uFE18\uFE19'.charAt(at)] as const)
  .concat(
    [...'\uE81E\uE826\uE82B\uE82C\uE832\uE843\uE854\uE864'].map(
      (iconv, at) => [iconv, String.fromCharCode(0x9fb4 + at)] as const
    )
  )

/**
 * Letters of the Encoding Standard that iconv-lite has as others, by its names of the encodings: Apple put the euro in
 * the place of the currency sign, and its own mark where there was nothing; some of China's have a place of their own.
 */
const OTHERS: ReadonlyMap<string, ReadonlyArray<readonly [iconv: string, standard: string]>> = new Map([
  [
    'macintosh',
    [
      ['\u2126', '\u03A9'],
      ['\u00A4', '\u20AC'],
      ['\uFFFD', '\uF8FF']
    ]
  ],
  ['macukraine', [['\u00A4', '\u20AC']]],
  ['gb18030', PRIVATE_OF_GB18030]
])

/** A text that iconv-lite has decoded, in the letters of the Encoding Standard. Each stands for one byte in both. */
export const toStandard = (text: string, name: string): string =>
  (OTHERS.get(name) ?? []).reduce((letters, [iconv, standard]) => letters.replaceAll(iconv, standard), text)

/** What iconv-lite encodes in the place of a character; a letter that the standard has not there is none. */
function fromStandard(character: string, name: string): string {
  const others = OTHERS.get(name) ?? []
  if (others.some(([iconv]) => iconv === character)) return '\uFFFF'
  return others.find(([, standard]) => standard === character)?.[0] ?? character
}

const ESCAPES = { ascii: '\x1B(B', pairs: '\x1B$B' }

const reference = (character: string): string => `&#${character.codePointAt(0) ?? 0};`

/** The bytes of each character as Latin-1; undefined if the encoding lacks it. */
type Bytes = ReadonlyMap<string, string | undefined>

/** How characters become bytes, and what is known of them already. */
interface Encoding {
  /** In iconv-lite */
  readonly name: string
  readonly known: Map<string, string | undefined>
  /** The text that is encoded in the place of a character */
  prepare(character: string): string
}

/**
 * Encodes each character of a text outside of ASCII by iconv-lite, all in one call: a call takes one to three
 * microseconds to begin, and a form may have a hundred thousand different characters.
 */
function bytesOfEach(text: string, { name, known, prepare }: Encoding): Bytes {
  const unknown = new Set<string>()
  for (const character of text) if (character > '\x7F' && !known.has(character)) unknown.add(character)
  if (unknown.size === 0) return known
  const characters = [...unknown]
  // No encoding has a line feed within a character. A missing character is a "?", or two if it has two units of UTF-16.
  const written = iconv.encode(characters.map(prepare).join('\n'), name).toString('latin1').split('\n')
  characters.forEach((character, at) => {
    const bytes = written[at] ?? ''
    known.set(character, /^\?*$/.test(bytes) ? undefined : bytes)
  })
  return known
}

/** Encodes ISO-2022-JP, which iconv-lite lacks: it is EUC-JP in seven bits, with escapes between it and ASCII. */
function encodeIso2022Jp(text: string, bytesOf: Bytes): Buffer {
  let written = ''
  let mode: keyof typeof ESCAPES = 'ascii'
  const go = (next: keyof typeof ESCAPES): void => {
    if (next !== mode) written += ESCAPES[next]
    mode = next
  }
  for (const character of text) {
    const bytes = bytesOf.get(character)
    const isPair = bytes?.length === 2 && bytes.charCodeAt(0) >= 0xa1 && bytes.charCodeAt(1) >= 0xa1
    go(isPair ? 'pairs' : 'ascii')
    written += isPair
      ? String.fromCharCode(bytes.charCodeAt(0) & 0x7f, bytes.charCodeAt(1) & 0x7f)
      : character <= '\x7F'
        ? character
        : reference(character)
  }
  go('ascii')
  return Buffer.from(written, 'latin1')
}

const encodeEach = (text: string, bytesOf: Bytes): Buffer =>
  Buffer.from(
    text.replace(/[^\0-\x7F]/gu, character => bytesOf.get(character) ?? reference(character)),
    'latin1'
  )

const isAscii = (text: string): boolean => /^[\0-\x7F]*$/.test(text)

/**
 * Makes an encoder for the texts of one form, as a browser sends them to a site: characters that the encoding lacks
 * become numeric references (URL Standard, "percent-encode after encoding"; HTML, "multipart/form-data encoding
 * algorithm").
 */
export function createSiteEncoder(charset: string): (text: string) => Buffer {
  const known = new Map<string, string | undefined>()
  if (charset === 'iso-2022-jp') {
    // ISO-2022-JP lacks half-width katakana; NFKC makes them full-width.
    const prepare = (character: string): string => normalised(character, 'NFKC')
    return text => encodeIso2022Jp(text, bytesOfEach(text, { name: 'euc-jp', known, prepare }))
  }
  const name = siteIconvName(charset)
  if (name === 'utf-8') return text => Buffer.from(text, 'utf8')
  const prepare = (character: string): string => fromStandard(character, name)
  return text =>
    isAscii(text) ? Buffer.from(text, 'latin1') : encodeEach(text, bytesOfEach(text, { name, known, prepare }))
}
