import { createSiteEncoder, siteCharset } from './site-charset.js'

/** The digits of references stay. */
const percent = (byte: number): string =>
  byte >= 0x30 && byte <= 0x39 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`

/**
 * Percent-encodes the characters of a query outside of ASCII in the charset of its page, as browsers do (URL Standard,
 * "percent-encode after encoding"): a character that the charset lacks becomes a numeric reference.
 */
export function encodeQuery(query: string, charset: string): string {
  if (!/[^\0-\x7F]/.test(query)) return query
  const encode = createSiteEncoder(siteCharset(charset) ?? 'utf-8')
  return query.replace(/[^\0-\x7F]+/gu, run => [...encode(run)].map(percent).join(''))
}

/** The same for a name or a value that is to stand in a query: what separates them is encoded too. */
export const encodeField = (text: string, charset: string): string =>
  encodeQuery(
    text.replace(/[\0-\x7F]/g, character => encodeURIComponent(character)),
    charset
  )
