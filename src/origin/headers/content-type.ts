import { listMembers } from './list-members.js'

/** RFC 9110 8.3.1: a type and a subtype of token characters. */
const MEDIA_TYPE = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+/

/** A parameter, whatever stands before it: servers write blanks and commas for semicolons. */
const CHARSET = /charset\s*=\s*"?([\w.:+-]+)/i

/** One media type as it was meant; undefined for what is none. */
function oneType(value: string): string | undefined {
  const type = MEDIA_TYPE.exec(value.trim())?.[0]
  if (type === undefined || type === '*/*') return undefined
  const rest = value.trim().slice(type.length)
  if (rest.trim() === '' || rest.trimStart().startsWith(';')) return type + rest
  // "text/html charset=utf-8", without a semicolon.
  const charset = CHARSET.exec(rest)?.[1]
  return charset === undefined ? type : `${type}; charset=${charset}`
}

/**
 * The Content-Type of a response that may say it twice, in two fields or in one (Fetch standard, "extract a MIME type":
 * the last that is one, with the charset of an earlier one of the same type). Empty if none is: then the bytes tell.
 */
export function meantType(values: readonly string[]): string {
  let meant = ''
  for (const value of values.flatMap(listMembers)) {
    const type = oneType(value)
    if (type === undefined) continue
    const charset = CHARSET.exec(meant)?.[1]
    const isSame = MEDIA_TYPE.exec(meant)?.[0].toLowerCase() === MEDIA_TYPE.exec(type)?.[0].toLowerCase()
    meant = isSame && charset !== undefined && !CHARSET.test(type) ? `${type}; charset=${charset}` : type
  }
  return meant
}
