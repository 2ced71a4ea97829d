import iconv from 'iconv-lite'
import { normalised } from './stream-safe.js'

/** Encodings of the Encoding Standard, in lower case, and what iconv-lite calls them; those that differ are named. */
const SITE_CHARSETS: ReadonlyMap<string, string> = new Map([
  ...['utf-8', 'ibm866', 'iso-8859-2', 'iso-8859-3', 'iso-8859-4', 'iso-8859-5', 'iso-8859-6', 'iso-8859-7', 'iso-8859-8', 'iso-8859-10', 'iso-8859-13', 'iso-8859-14', 'iso-8859-15', 'iso-8859-16',
    'koi8-r', 'koi8-u', 'macintosh', 'windows-874', 'windows-1250', 'windows-1251', 'windows-1252', 'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256', 'windows-1257', 'windows-1258',
    'gbk', 'gb18030', 'big5', 'euc-jp', 'shift_jis', 'euc-kr'].map(name => [name, name] as const),
  ['iso-8859-8-i', 'iso-8859-8'], ['x-mac-cyrillic', 'macukraine'], ['iso-2022-jp', 'iso-2022-jp']
])

/** Encodings that pages may be in, but forms are never sent in ("get an output encoding"). */
const NEVER_SENT = /^(utf-16(le|be)?|replacement)$/

/**
 * The encoding that a form or a query is sent in to a site whose page, or form, names this charset; undefined if
 * there is none of this name.
 */
export function siteCharset (label: string): string | undefined {
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

/** Its name as the Encoding Standard writes it: what browsers put into a field named _charset_. */
export const siteCharsetName = (charset: string): string =>
  charset === 'shift_jis' ? 'Shift_JIS' : charset === 'big5' ? 'Big5' : /^(utf|ibm|iso|koi|gbk|euc)/.test(charset) ? charset.toUpperCase() : charset

/** What iconv-lite calls an encoding that siteCharset has found. */
export const siteIconvName = (charset: string): string => SITE_CHARSETS.get(charset) ?? 'utf-8'

const ESCAPES = { ascii: '\x1B(B', pairs: '\x1B$B' }

/** A text has few different characters, and starting iconv-lite for each takes a microsecond or two. */
function remembered (encode: (character: string) => Buffer): (character: string) => Buffer {
  const known = new Map<string, Buffer>()
  return character => {
    const bytes = known.get(character) ?? encode(character)
    known.set(character, bytes)
    return bytes
  }
}

/** iconv-lite lacks ISO-2022-JP: it is EUC-JP in seven bits, with escapes where ASCII ends and begins. */
function encodeIso2022Jp (text: string): Buffer {
  let written = ''
  let mode: keyof typeof ESCAPES = 'ascii'
  const go = (next: keyof typeof ESCAPES): void => {
    if (next !== mode) written += ESCAPES[next]
    mode = next
  }
  const encode = remembered(character => iconv.encode(character, 'euc-jp'))
  for (const character of text) {
    // Half-width katakana are not in it; NFKC makes them whole.
    const bytes = encode(character <= '\x7F' ? character : normalised(character, 'NFKC'))
    const isPair = bytes.length === 2 && bytes[0]! >= 0xA1 && bytes[1]! >= 0xA1
    go(isPair ? 'pairs' : 'ascii')
    written += isPair ? String.fromCharCode(bytes[0]! & 0x7F, bytes[1]! & 0x7F) : character <= '\x7F' ? character : reference(character)
  }
  go('ascii')
  return Buffer.from(written, 'latin1')
}

const reference = (character: string): string => `&#${character.codePointAt(0)!};`

function encodeSlowly (text: string, name: string): Buffer {
  const encode = remembered(character => {
    const bytes = iconv.encode(character, name)
    return character !== '?' && bytes.toString('latin1') === '?' ? Buffer.from(reference(character)) : bytes
  })
  return Buffer.concat(Array.from(text, encode))
}

/**
 * Text as a browser sends it to a site: characters that the encoding lacks are numeric references (URL Standard,
 * "percent-encode after encoding"; HTML, "multipart/form-data encoding algorithm").
 */
export function encodeForSite (text: string, charset: string): Buffer {
  if (charset === 'iso-2022-jp') return encodeIso2022Jp(text)
  const name = siteIconvName(charset)
  if (name === 'utf-8') return Buffer.from(text, 'utf8')
  const bytes = iconv.encode(text, name)
  // A "?" that was none in the text stands for what is lacking.
  return /^[\0-\x7F]*$/.test(text) || !bytes.includes('?') ? bytes : encodeSlowly(text, name)
}
