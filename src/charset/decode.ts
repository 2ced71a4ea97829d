import sniffEncoding from 'html-encoding-sniffer'
import iconv from 'iconv-lite'
import { evidentCharset } from './evidence/evident-charset.js'
import { guessCharset, guessOlder } from './evidence/guess-charset.js'
import { toStandard } from './site-charset.js'

/**
 * Browsers that find a META charset after the first 1,024 bytes start again with it; here it is searched for up to this
 * place. Bytes.
 */
const LATE_META_BYTES = 65536

export interface Decoded {
  readonly text: string
  /**
   * The encoding that browsers take it to be in, and so send its forms in, even if its bytes are in another one; the
   * name in the WHATWG Encoding Standard.
   */
  readonly charset: string
}

/** The charset parameter of a Content-Type, or undefined. */
export function charsetParameter(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=[\s"']*([^\s"';]+)/i.exec(contentType ?? '')?.[1]
}

/** Its name in the Encoding Standard, or an empty string. */
const encodingOf = (label: string | undefined): string =>
  label === undefined
    ? ''
    : sniffEncoding(new Uint8Array(0), { transportLayerEncodingLabel: label, defaultEncoding: '' })

/** The first META that says something of a charset. */
interface Meta {
  readonly tag: string
  readonly index: number
}

function metaOf(bytes: Buffer): Meta | undefined {
  const head = bytes.subarray(0, LATE_META_BYTES).toString('latin1')
  for (const { 0: tag, index } of head.matchAll(/<meta\s[^<>]*/gi)) if (/charset\s*=/i.test(tag)) return { tag, index }
  return undefined
}

/** The charset of a META that is too late for the WHATWG prescan: the prescan is run again from that META on. */
function lateMeta(bytes: Buffer, { index }: Meta): string | undefined {
  const found: string = sniffEncoding(bytes.subarray(index), { defaultEncoding: '' })
  return found === '' ? undefined : found
}

/**
 * The charset of a META whose HTTP-EQUIV is none: somebody has translated Content-Type. UTF-8 is seen in the bytes
 * themselves.
 */
function oddMeta({ tag }: Meta): string | undefined {
  const label = /\shttp-equiv\b/i.test(tag) ? /charset\s*=[\s"']*([\w.:-]{1,40})/i.exec(tag)?.[1] : undefined
  const found = encodingOf(label)
  return found === '' || found.startsWith('UTF-') ? undefined : found
}

/**
 * The charset of a page by the WHATWG order: byte order mark, header, META; then by the look of its bytes, where these
 * say too little by the top-level domain that it comes from, else windows-1252.
 */
export function sniffCharset(bytes: Buffer, contentType: string | undefined, domain?: string): string {
  const header = charsetParameter(contentType)
  const found = sniffEncoding(bytes, {
    defaultEncoding: '',
    ...(header === undefined ? {} : { transportLayerEncodingLabel: header })
  })
  if (found !== '' && found !== 'null') return found
  const meta = metaOf(bytes)
  return (
    (meta === undefined ? undefined : lateMeta(bytes, meta)) ??
    guessCharset(bytes, { said: meta === undefined ? undefined : oddMeta(meta), domain })
  )
}

/** Encodings of the Encoding Standard that have another name in iconv-lite. */
const ICONV_NAMES: Readonly<Record<string, string>> = {
  'x-mac-cyrillic': 'macukraine',
  'ISO-8859-8-I': 'iso-8859-8',
  // The standard decodes both as GB 18030, of which GBK is a part.
  GBK: 'gb18030',
  // With the Belarusian short u, as the standard has it.
  'KOI8-U': 'koi8-ru',
  'x-user-defined': 'latin1'
}

const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)

/**
 * Decodes the bytes of a page by iconv-lite: the TextDecoder of Node 20 takes the bytes 80-9F of windows-1252 for
 * control characters. TextDecoder only decodes ISO-2022-JP, which iconv-lite lacks.
 */
export function decodeAs(bytes: Buffer, charset: string): string {
  if (charset === 'UTF-8') return withoutMark(bytes.toString('utf8'))
  if (charset === 'ISO-2022-JP') return new TextDecoder('iso-2022-jp').decode(bytes)
  const name = ICONV_NAMES[charset] ?? charset
  return iconv.encodingExists(name) ? toStandard(iconv.decode(bytes, name), name) : iconv.decode(bytes, 'windows-1252')
}

const markOf = (bytes: Buffer): string => sniffEncoding(bytes.subarray(0, 4), { defaultEncoding: '' })

/** What a text was declared to be in: what counts, what else was said of it, and the top-level domain it comes from. */
interface Declared {
  readonly charset: string
  readonly said: () => string | undefined
  readonly domain?: string | undefined
}

function decodeDeclared(bytes: Buffer, { charset, said, domain }: Declared): Decoded {
  // A byte order mark comes from the program that wrote the bytes.
  if (markOf(bytes) !== '') return { text: decodeAs(bytes, charset), charset }
  const older = (): string => {
    const label = encodingOf(said())
    return guessOlder(bytes, { said: label === '' || label.startsWith('UTF-') ? undefined : label, domain })
  }
  return { text: decodeAs(bytes, evidentCharset(bytes, charset, older)), charset }
}

/** Decodes the bytes of a page from a top-level domain. It never fails: invalid bytes become U+FFFD. */
export const decode = (bytes: Buffer, contentType: string | undefined, domain?: string): Decoded =>
  decodeDeclared(bytes, {
    charset: sniffCharset(bytes, contentType, domain),
    said: () => sniffEncoding(bytes, { defaultEncoding: '' }),
    domain
  })

/**
 * Decodes the bytes of a style sheet, by its byte order mark, the header, its own first rule, else as UTF-8 (CSS Syntax
 * 3.2). It never fails.
 */
export function decodeSheet(bytes: Buffer, contentType: string | undefined): string {
  const header = charsetParameter(contentType)
  const own = /^@charset "([^"]{1,40})";/.exec(bytes.toString('latin1', 0, 60))?.[1]
  // The sniffer knows byte order marks and all names of the Encoding Standard.
  const charset = sniffEncoding(bytes.subarray(0, 3), {
    transportLayerEncodingLabel: header ?? own ?? 'utf-8',
    defaultEncoding: 'UTF-8'
  })
  return decodeDeclared(bytes, { charset, said: () => own }).text
}

/** What is known of a text before its bytes are looked at. */
interface Source {
  readonly contentType: string | undefined
  readonly declared?: string | undefined
  readonly domain: string | undefined
}

/** Decodes by byte order mark, header, declaration in the document, look of its bytes, else as windows-1252. */
function decodeBy(bytes: Buffer, { contentType, declared, domain }: Source): Decoded {
  const charset =
    markOf(bytes) ||
    encodingOf(charsetParameter(contentType)) ||
    encodingOf(declared) ||
    guessCharset(bytes, { domain })
  return decodeDeclared(bytes, { charset, said: () => declared, domain })
}

/** Decodes the bytes of plain text, in which a META means nothing. It never fails. */
export const decodeText = (bytes: Buffer, contentType: string | undefined, domain?: string): Decoded =>
  decodeBy(bytes, { contentType, domain })

/** The encoding in an XML declaration (XML 1.0, 4.3.3), or the one that the bytes of its `<?` show (appendix F). */
function declaredEncoding(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, 256)
  if (start.startsWith('<\0?\0')) return 'utf-16le'
  if (start.startsWith('\0<\0?')) return 'utf-16be'
  return /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1]
}

/** Decodes the bytes of XML by byte order mark, header, declaration, as RFC 7303 demands. It never fails. */
export const decodeXml = (bytes: Buffer, contentType: string | undefined, domain?: string): Decoded =>
  decodeBy(bytes, { contentType, declared: declaredEncoding(bytes), domain })
