import type { IncomingHttpHeaders } from 'node:http'

/** What a client's copy is compared with. */
export interface Version {
  /** An ETag */
  readonly tag: string
  /** bytes */
  readonly length: number
  /** milliseconds since 1970 */
  readonly changed: number | undefined
}

const isReload = (headers: IncomingHttpHeaders): boolean =>
  headers.pragma?.includes('no-cache') === true || headers['cache-control']?.includes('no-cache') === true

/**
 * Whether the copy that a client says it has is this version (RFC 9110 13.2.2). Netscape adds "; length=1234" to the
 * date, which tells one conversion of an image from another; a reload without that wants the bytes, since the person
 * may have chosen other colours.
 */
export function isUnchanged(headers: IncomingHttpHeaders, { tag, length, changed }: Version): boolean {
  const tags = headers['if-none-match']
  // Looked for whole first: a field of 60,000 commas is as many pieces.
  if (tags !== undefined)
    return tags.includes(tag) && tags.split(',').some(given => given.trim().replace(/^W\//, '') === tag)
  const [date = '', ...parameters] = (headers['if-modified-since'] ?? '').split(';')
  if (changed === undefined || !(Date.parse(date) >= changed)) return false
  const given = parameters
    .map(parameter => /^\s*length=(\d+)\s*$/i.exec(parameter)?.[1])
    .find(length => length !== undefined)
  return given === undefined ? !isReload(headers) : Number(given) === length
}
