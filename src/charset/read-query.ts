import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { typedIconvName } from './form-mark.js'

const bytesOf = (text: string): Buffer => Buffer.from(text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1')

/**
 * The fields of a query that was typed or linked rather than sent by a marked form: UTF-8 if its bytes are, else the
 * charset that the client types in.
 */
export function readQuery (query: string, charset: string): URLSearchParams {
  if (isUtf8(bytesOf(query))) return new URLSearchParams(query)
  const name = typedIconvName(charset)
  const text = (part: string): string => iconv.decode(bytesOf(part.replaceAll('+', ' ')), name === 'utf-8' ? 'windows-1252' : name)
  return new URLSearchParams(query.split('&').map((field): [string, string] => {
    const at = field.indexOf('=')
    return at < 0 ? [text(field), ''] : [text(field.slice(0, at)), text(field.slice(at + 1))]
  }))
}
