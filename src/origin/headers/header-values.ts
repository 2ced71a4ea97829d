/**
 * What a site says in one field is read at most so far; longer ones (policies for scripts) mean nothing to us.
 * Characters.
 */
const VALUE_CHARACTERS = 8192
/** A type with its parameters. Characters. */
const TYPE_CHARACTERS = 1024
/**
 * Cookies of one response that are read, and their characters: browsers of today keep 4,096 of each, and sites set a
 * dozen.
 */
const MOST_COOKIES = 100
const COOKIE_CHARACTERS = 8192

type Value = string | string[] | undefined

/**
 * The value of a field with single blanks and cut: libraries read values by patterns that go back at each blank, and
 * 60,000 of them stop everybody for seconds.
 */
export const boundedValue = (value: string, characters = VALUE_CHARACTERS): string =>
  value.slice(0, characters).replace(/[ \t]{2,}/g, ' ')

function boundedField(name: string, value: Value): Value {
  if (name === 'set-cookie')
    return [value ?? []]
      .flat()
      .slice(0, MOST_COOKIES)
      .filter(cookie => cookie.length <= COOKIE_CHARACTERS)
  // An address that is cut is another one.
  if (value === undefined || name === 'location') return value
  const characters = name === 'content-type' ? TYPE_CHARACTERS : VALUE_CHARACTERS
  return Array.isArray(value) ? value.map(one => boundedValue(one, characters)) : boundedValue(value, characters)
}

/** The fields of a response, each as far as it is read, by lower-case names. */
export const boundedHeaders = <H extends Record<string, Value>>(headers: H): H =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, boundedField(name, value)])) as H
