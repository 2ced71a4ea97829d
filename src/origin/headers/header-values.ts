import type { IncomingHttpHeaders } from 'node:http'
import { meantType } from './content-type.js'

/** How much of one field is read; longer fields (policies for scripts) mean nothing to us. Characters. */
const VALUE_CHARACTERS = 8192
/** A type with its parameters. Characters. */
const TYPE_CHARACTERS = 1024
/**
 * Cookies of one response that are read, and the length of each: browsers of today keep 4,096 characters, and sites set
 * a dozen.
 */
const MOST_COOKIES = 100
const COOKIE_CHARACTERS = 8192

type Value = string | string[] | undefined

/**
 * The value of a field with single blanks, and cut: libraries parse values by patterns that backtrack at each blank,
 * and 60,000 of them would block everybody for seconds.
 */
export const boundedValue = (value: string, characters = VALUE_CHARACTERS): string =>
  value.slice(0, characters).replace(/[ \t]{2,}/g, ' ')

/**
 * Fields that say one thing: of several the last counts. All others are lists, of which each is a part (RFC 9110 5.3).
 */
const SINGLE = new Set([
  'content-disposition',
  'content-length',
  'content-range',
  'etag',
  'expires',
  'last-modified',
  'location'
])

/** Of these more is read than how long they are. */
const OF_ITS_OWN = new Set(['content-type', 'set-cookie'])

/** A type as nearly all are: one, with its charset at most. */
const PLAIN_TYPE = /^[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/

/** Nearly all: a short text without two blanks in a row is as it was. */
const isAsItWas = (name: string, value: string): boolean =>
  value.length < TYPE_CHARACTERS &&
  (name === 'content-type' ? PLAIN_TYPE.test(value) : !OF_ITS_OWN.has(name) && !/[ \t]{2}/.test(value))

function boundedField(name: string, value: Value): Value {
  if (typeof value === 'string' && isAsItWas(name, value)) return value
  const values = [value ?? []].flat()
  if (name === 'set-cookie') return values.slice(0, MOST_COOKIES).filter(cookie => cookie.length <= COOKIE_CHARACTERS)
  // undici gives a field that comes twice as an array, whatever it is.
  const single = SINGLE.has(name) ? values.at(-1) : values.join(', ')
  // An address that is cut is another one.
  if (single === undefined || name === 'location') return single
  return name === 'content-type'
    ? meantType(values.map(one => boundedValue(one, TYPE_CHARACTERS)))
    : boundedValue(single)
}

/** The fields of a response by lower-case name, each as far as it is read; all but Set-Cookie as one string. */
export function boundedHeaders<H extends Readonly<Record<string, Value>>>(headers: H): H & IncomingHttpHeaders {
  const bounded: Record<string, Value> = {}
  // A field of that name would be no field of the object.
  for (const name of Object.keys(headers)) if (name !== '__proto__') bounded[name] = boundedField(name, headers[name])
  return bounded as H
}
