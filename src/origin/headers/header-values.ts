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

function boundedField(name: string, value: Value): Value {
  if (name === 'set-cookie')
    return [value ?? []]
      .flat()
      .slice(0, MOST_COOKIES)
      .filter(cookie => cookie.length <= COOKIE_CHARACTERS)
  // A truncated address would be another address, so it is dropped.
  if (value === undefined || name === 'location') return value
  const characters = name === 'content-type' ? TYPE_CHARACTERS : VALUE_CHARACTERS
  return Array.isArray(value) ? value.map(one => boundedValue(one, characters)) : boundedValue(value, characters)
}

/** The fields of a response by lower-case name, each as far as it is read. */
export const boundedHeaders = <H extends Record<string, Value>>(headers: H): H =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, boundedField(name, value)])) as H
