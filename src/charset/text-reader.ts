import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/** Makes a decoder of iconv-lite that is reused: making one takes five times as long as decoding a short text. */
function createDecoder(iconvName: string): (bytes: Buffer) => string {
  const decoder = iconv.getDecoder(iconvName, { stripBOM: false })
  return bytes => decoder.write(bytes) + (decoder.end() ?? '')
}

/**
 * Makes a reader for the fields of a form or query, which are many short texts in the charset that iconv-lite names
 * `iconvName`.
 */
export function createTextReader(iconvName: string): (bytes: Buffer) => string {
  const decode = createDecoder(iconvName)
  if (iconvName !== 'utf-8') return decode
  // A browser without UTF-8 sends the charset of its machine.
  const decodeOther = createDecoder('windows-1252')
  return bytes => (isUtf8(bytes) ? decode(bytes) : decodeOther(bytes))
}
