import { createSiteEncoder, siteCharset } from './site-charset.js'

/** Digits, of references, stay as they are. */
const percent = (byte: number): string =>
  byte >= 0x30 && byte <= 0x39 ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`

/**
 * Percent-encodes the characters outside ASCII of a query in the charset of its page, as browsers do (URL Standard,
 * "percent-encode after encoding"): what the charset lacks is written as a numeric reference.
 */
export function encodeQuery(query: string, charset: string): string {
  if (!/[^\0-\x7F]/.test(query)) return query
  const encode = createSiteEncoder(siteCharset(charset) ?? 'utf-8')
  return query.replace(/[^\0-\x7F]+/gu, run => [...encode(run)].map(percent).join(''))
}
