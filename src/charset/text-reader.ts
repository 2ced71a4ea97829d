import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/** A decoder of iconv-lite that is used again: to make one takes five times as long as a short text. */
function createDecoder(iconvName: string): (bytes: Buffer) => string {
  const decoder = iconv.getDecoder(iconvName, { stripBOM: false })
  return bytes => decoder.write(bytes) + (decoder.end() ?? '')
}

/** Reads the fields of a form or a query: many short texts in what iconv-lite calls `iconvName`. */
export function createTextReader(iconvName: string): (bytes: Buffer) => string {
  const decode = createDecoder(iconvName)
  if (iconvName !== 'utf-8') return decode
  // A browser that knows no UTF-8 sends what its machine uses.
  const decodeOther = createDecoder('windows-1252')
  return bytes => (isUtf8(bytes) ? decode(bytes) : decodeOther(bytes))
}
