import { isAscii, isUtf8 } from 'node:buffer'
import chardet from 'chardet'
import sniffEncoding from 'html-encoding-sniffer'
import iconv from 'iconv-lite'

/**
 * Browsers that see a META charset after the first 1,024 bytes start again with it; so far they are looked for. Bytes.
 */
const LATE_META_BYTES = 65536

export interface Decoded {
  readonly text: string
  /** Name of the WHATWG Encoding Standard */
  readonly charset: string
}

/** The charset parameter of a Content-Type, or undefined. */
export function charsetParameter(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=[\s"']*([^\s"';]+)/i.exec(contentType ?? '')?.[1]
}

/** A META charset too late for the WHATWG prescan: the prescan is run again from where that META stands. */
function lateMeta(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, LATE_META_BYTES).toString('latin1')
  const meta = [...head.matchAll(/<meta\s[^<>]*/gi)].find(({ 0: tag }) => /charset\s*=/i.test(tag))
  if (meta === undefined) return undefined
  const found: string = sniffEncoding(bytes.subarray(meta.index), { defaultEncoding: '' })
  return found === '' ? undefined : found
}

/**
 * What chardet tells reliably, and how sure it must be; Big5, GBK and short Latin-1 it takes for each other (measured).
 */
const GUESSED = new Set(['Shift_JIS', 'EUC-JP', 'KOI8-R', 'windows-1251', 'ISO-2022-JP'])
const GUESS_BYTES = 16384
const LEAST_CONFIDENCE = 50

function guess(bytes: Buffer): string | undefined {
  // A page in ASCII that says nothing is of the days of Latin-1: its forms are taken so.
  if (isAscii(bytes)) return undefined
  if (isUtf8(bytes)) return 'UTF-8'
  const best = chardet.analyse(bytes.subarray(0, GUESS_BYTES))[0]
  return best !== undefined && best.confidence >= LEAST_CONFIDENCE && GUESSED.has(best.name) ? best.name : undefined
}

/**
 * The charset of a page by the WHATWG order: byte order mark, header, META; then what the bytes look like, else
 * windows-1252.
 */
export function sniffCharset(bytes: Buffer, contentType: string | undefined): string {
  const header = charsetParameter(contentType)
  const found = sniffEncoding(bytes, {
    defaultEncoding: '',
    ...(header === undefined ? {} : { transportLayerEncodingLabel: header })
  })
  if (found !== '' && found !== 'null') return found
  return lateMeta(bytes) ?? guess(bytes) ?? 'windows-1252'
}

/** Names of the Encoding Standard that iconv-lite knows by another name. */
const ICONV_NAMES: Readonly<Record<string, string>> = {
  'x-mac-cyrillic': 'maccyrillic',
  'ISO-8859-8-I': 'iso-8859-8',
  'KOI8-U': 'koi8-u',
  'x-user-defined': 'latin1'
}

const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)

/**
 * Bytes of a page to text. iconv-lite decodes: the TextDecoder of Node 20 takes the bytes 80-9F of windows-1252 for
 * control characters. TextDecoder only serves ISO-2022-JP, which iconv-lite lacks.
 */
export function decodeAs(bytes: Buffer, charset: string): string {
  if (charset === 'UTF-8') return withoutMark(bytes.toString('utf8'))
  if (charset === 'ISO-2022-JP') return new TextDecoder('iso-2022-jp').decode(bytes)
  const name = ICONV_NAMES[charset] ?? charset
  return iconv.decode(bytes, iconv.encodingExists(name) ? name : 'windows-1252')
}

/** Bytes of a page to text, never failing: what is wrong becomes U+FFFD. */
export function decode(bytes: Buffer, contentType: string | undefined): Decoded {
  const charset = sniffCharset(bytes, contentType)
  return { text: decodeAs(bytes, charset), charset }
}

/**
 * Bytes of a style sheet to text, never failing: by its byte order mark, the header, its own first rule, else UTF-8.
 * CSS Syntax 3.2.
 */
export function decodeSheet(bytes: Buffer, contentType: string | undefined): string {
  const header = charsetParameter(contentType)
  const own = /^@charset "([^"]{1,40})";/.exec(bytes.toString('latin1', 0, 60))?.[1]
  const label = header ?? own ?? 'utf-8'
  // The sniffer knows byte order marks and all names of the Encoding Standard.
  return decodeAs(
    bytes,
    sniffEncoding(bytes.subarray(0, 3), { transportLayerEncodingLabel: label, defaultEncoding: 'UTF-8' })
  )
}

/** A page cut at its limit may end within a character, which is at most four bytes. */
function isCutUtf8(bytes: Buffer): boolean {
  if (isUtf8(bytes)) return true
  for (let missing = 1; missing <= 3 && missing < bytes.length; missing++)
    if (isUtf8(bytes.subarray(0, bytes.length - missing))) return bytes.length > SHORT_BYTES
  return false
}

/** A shorter text is whole: its last byte may well be a Latin-1 letter. Bytes. */
const SHORT_BYTES = 1024

/** Order: byte order mark, header, what the document says of itself, what its bytes look like, else windows-1252. */
function sniffText(bytes: Buffer, contentType: string | undefined, declared: string | undefined): string {
  const label = (name: string | undefined): string =>
    name === undefined
      ? ''
      : sniffEncoding(new Uint8Array(0), { transportLayerEncodingLabel: name, defaultEncoding: '' })
  const mark = sniffEncoding(bytes.subarray(0, 4), { defaultEncoding: '' })
  return (
    mark ||
    label(charsetParameter(contentType)) ||
    label(declared) ||
    (isCutUtf8(bytes) ? 'UTF-8' : (guess(bytes) ?? 'windows-1252'))
  )
}

/** Bytes of plain text to text, never failing. A META in it means nothing. */
export function decodeText(bytes: Buffer, contentType: string | undefined): Decoded {
  const charset = sniffText(bytes, contentType, undefined)
  return { text: decodeAs(bytes, charset), charset }
}

/** The encoding that an XML declaration names (XML 1.0, 4.3.3), or that the bytes of its `<?` show (appendix F). */
function declaredEncoding(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, 256)
  if (start.startsWith('<\0?\0')) return 'utf-16le'
  if (start.startsWith('\0<\0?')) return 'utf-16be'
  return /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1]
}

/** Bytes of XML to text, never failing: by byte order mark, header, declaration, as RFC 7303 wants it. */
export function decodeXml(bytes: Buffer, contentType: string | undefined): Decoded {
  const charset = sniffText(bytes, contentType, declaredEncoding(bytes))
  return { text: decodeAs(bytes, charset), charset }
}
