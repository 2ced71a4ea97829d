import type { IncomingHttpHeaders } from 'node:http'

/** The current version, with which a client's copy is compared. */
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
 * Whether the client already has this version (RFC 9110 13.2.2). Netscape adds "; length=1234" to the date, which tells
 * conversions of one image apart. A reload without that length gets the bytes, since the person may have chosen other
 * colours.
 */
export function isUnchanged(headers: IncomingHttpHeaders, { tag, length, changed }: Version): boolean {
  const tags = headers['if-none-match']
  // Tests for the tag as a whole first: splitting a field of 60,000 commas would be expensive.
  if (tags !== undefined)
    return tags.includes(tag) && tags.split(',').some(given => given.trim().replace(/^W\//, '') === tag)
  const since = headers['if-modified-since']
  if (since === undefined) return false
  const [date = '', ...parameters] = since.split(';')
  if (changed === undefined || !(Date.parse(date) >= changed)) return false
  const given = parameters
    .map(parameter => /^\s*length=(\d+)\s*$/i.exec(parameter)?.[1])
    .find(length => length !== undefined)
  return given === undefined ? !isReload(headers) : Number(given) === length
}
