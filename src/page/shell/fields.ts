import type { Fields } from '../told/fields.js'

/** A field of an object of JSON, its own alone: who sends it may name one __proto__ or constructor. */
export const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined)

/** JSON as a value; undefined if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
