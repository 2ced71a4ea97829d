import { toAscii } from '../../charset/encoder.js'
import type { IncomingHttpHeaders } from 'node:http'
import { challengesOf, isBasic } from './challenges.js'
import { keepingOfFile } from './keeping.js'
import { oldCookie, type CookieOrigin } from '../cookies/cookies.js'

/** Fields that an old browser can use; all others, hop-by-hop ones among them, are dropped. */
const PASSED = [
  'content-type',
  'last-modified',
  'etag',
  'content-range',
  'accept-ranges',
  'content-disposition',
  'retry-after'
]

const isAscii = (value: string): boolean => /^[\x20-\x7E]*$/.test(value)

/**
 * A Content-Type as one text, without parameters that browsers of 1994 take for part of the type (docs/clients.md R34).
 */
const plainType = (type: string): string => type.replace(/;.*/s, '').trim()

/** The name of a file may be raw UTF-8 (then a field has its bytes as Latin-1), which no client of the time reads. */
const plainName = (value: string): string => (isAscii(value) ? value : toAscii(Buffer.from(value, 'latin1').toString()))

/** What a radio says of itself: its name, its bit rate, and where titles stand in its stream. */
const isOfRadio = (name: string): boolean => name.startsWith('icy-') || name === 'ice-audio-info'

/** A radio says a dozen of them. */
const MOST_RADIO_FIELDS = 30

/** Fields of a radio as a player of the time reads them. */
const radioFields = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.keys(headers)
      .filter(isOfRadio)
      .slice(0, MOST_RADIO_FIELDS)
      .map(name => [name, plainName(String(headers[name]))])
  )

/** The fields for bytes that are passed on; `coded` bytes were decoded, so that their length is unknown. */
export function passedHeaders(headers: IncomingHttpHeaders, coded: boolean): Record<string, string> {
  const passed: Record<string, string> = {}
  for (const name of PASSED) {
    const value = headers[name]
    if (typeof value !== 'string') continue
    if (name === 'content-disposition') passed[name] = plainName(value)
    else if (isAscii(value)) passed[name] = name === 'content-type' ? plainType(value) : value
  }
  if (Object.keys(headers).some(isOfRadio)) Object.assign(passed, radioFields(headers))
  Object.assign(passed, keepingOfFile(headers, Date.now()))
  const length = headers['content-length']
  if (!coded && typeof length === 'string' && /^\d+$/.test(length)) passed['content-length'] = length
  return passed
}

/**
 * Fields for every answer that came from an origin: its cookies, if the client keeps its own (otherwise none may reach
 * it), and its request for a password.
 */
export function personalHeaders(
  headers: IncomingHttpHeaders,
  from: CookieOrigin,
  ownCookies: boolean
): Record<string, string | string[]> {
  if (headers['set-cookie'] === undefined && headers['www-authenticate'] === undefined) return {}
  // undici gives a field that came once as a string, whatever Node's type says.
  const cookies = [ownCookies ? (headers['set-cookie'] ?? []) : []]
    .flat()
    .map(cookie => oldCookie(cookie, from))
    .filter(cookie => cookie !== undefined)
  const basic = challengesOf(headers['www-authenticate']).find(isBasic)
  return {
    ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }),
    ...(basic === undefined ? {} : { 'www-authenticate': `Basic realm="${basic.realm}"` })
  }
}
