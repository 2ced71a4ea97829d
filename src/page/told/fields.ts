import { parse } from '../tree/parse.js'
import { plainText } from '../tree/tree.js'

/** An object of schema.org, from JSON-LD or microdata; a microdata item has the same fields as JSON-LD would have. */
export type Fields = Readonly<Record<string, unknown>>

/** Elements of a text that is HTML. */
const MOST_ELEMENTS = 20_000
/** A name that is longer names nobody. Characters. */
const NAME_CHARACTERS = 200

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as readonly unknown[]) : value === undefined || value === null ? [] : [value]

/** What a script writes where it had nothing to write. */
const NOTHING = new Set(['undefined', 'null', 'NaN', '[object Object]'])

/** A value as text; the first of several, and the value of a quantity. Empty where there is none. */
export function textIn(value: unknown): string {
  if (typeof value === 'string') return NOTHING.has(value.trim()) ? '' : value.trim()
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (Array.isArray(value)) return textIn(value[0])
  return isFields(value) ? textIn(value.name ?? value['@value'] ?? value.value) : ''
}

/** The first object of a field. */
export const objectIn = (value: unknown): Fields | undefined => listOf(value).find(isFields)

/** Names of people, places and papers, which are objects or texts; an address is no name. */
export function namesIn(value: unknown): string {
  const names = listOf(value)
    .map(textIn)
    .filter(name => name !== '' && !/^https?:/i.test(name))
  const all = [...new Set(names)].join(', ')
  return all.length > NAME_CHARACTERS ? '' : all
}

export const imageIn = (value: unknown): string => {
  const first = listOf(value)[0]
  return isFields(first) ? textIn(first.url ?? first.contentUrl) : textIn(first)
}

/** Whether one of the types of an object is meant. */
export const hasType = (fields: Fields, type: RegExp): boolean =>
  listOf(fields['@type']).some(name => typeof name === 'string' && type.test(name))

const ESCAPED = /<[a-z/!]|&(#\d+|#x[\da-f]+|\w+);/i
const decoded = (text: string): string =>
  ESCAPED.test(text)
    ? plainText(parse(text.replace(/<(br|\/p|\/li|\/div)\b/gi, ' <$1'), MOST_ELEMENTS).document)
    : text.replace(/\s+/g, ' ').trim()

/** A text without the HTML that many sites write into their data; its references may be escaped once more. */
export const plainOf = (text: string): string => decoded(decoded(text))
