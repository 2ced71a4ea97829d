import iconv from 'iconv-lite'

/**
 * Percent-encodes the characters outside ASCII of a query in the charset of its page, as browsers do (URL Standard,
 * "percent-encode after encoding"): what the charset lacks is written as a numeric reference.
 */
export function encodeQuery (query: string, charset: string): string {
  if (!/[^\0-\x7F]/.test(query)) return query
  const name = /^utf-16/i.test(charset) || !iconv.encodingExists(charset) ? 'utf-8' : charset
  return query.replace(/[^\0-\x7F]/gu, character => {
    const bytes = iconv.encode(character, name)
    const lacks = name.toLowerCase() !== 'utf-8' && bytes.toString('latin1') === '?'
    return lacks ? `%26%23${character.codePointAt(0)!}%3B` : [...bytes].map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
  })
}
