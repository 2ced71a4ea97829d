import { isUtf8 } from 'node:buffer'
import { formBytes } from './form-bytes.js'
import { typedIconvName } from './form-mark.js'
import { createTextReader } from './text-reader.js'

/**
 * The fields of a query that was typed or linked and not sent by a marked form: they are UTF-8 if the bytes are, else
 * in the charset in which the client types.
 */
export function readQuery(query: string, charset: string): URLSearchParams {
  if (query === '') return new URLSearchParams()
  if (isUtf8(formBytes(query))) return new URLSearchParams(query)
  const name = typedIconvName(charset)
  return decodeQuery(query, name === 'utf-8' ? 'windows-1252' : name)
}

/** The fields of a query in the charset that iconv-lite names `iconvName`. */
export function decodeQuery(query: string, iconvName: string): URLSearchParams {
  const decode = createTextReader(iconvName)
  const text = (part: string): string => decode(formBytes(part))
  return new URLSearchParams(
    query.split('&').map((field): [string, string] => {
      const at = field.indexOf('=')
      return at < 0 ? [text(field), ''] : [text(field.slice(0, at)), text(field.slice(at + 1))]
    })
  )
}
