import { isFields, type Fields } from './fields.js'
import { repairedJson } from './repaired-json.js'

/** Longer data are lists of goods, not of what the page is about. Characters. */
const MOST_CHARACTERS = 2 * 1024 * 1024
/** Objects that are read, with those in nested lists and graphs. */
const MOST_OBJECTS = 500

/** All objects in a value, with those in lists, @graph and mainEntity. */
function objectsIn(root: unknown): Fields[] {
  const found: Fields[] = []
  const waiting: unknown[] = [root]
  for (let at = 0; at < waiting.length && at < MOST_OBJECTS; at++) {
    const value = waiting[at]
    if (Array.isArray(value)) for (const item of value.slice(0, MOST_OBJECTS) as unknown[]) waiting.push(item)
    else if (isFields(value)) {
      found.push(value)
      for (const name of ['@graph', 'mainEntity', 'mainEntityOfPage'])
        if (typeof value[name] === 'object') waiting.push(value[name])
    }
  }
  return found
}

function parsed(source: string): unknown {
  if (source.length > MOST_CHARACTERS) return undefined
  for (const read of [(text: string) => text, repairedJson]) {
    try {
      return JSON.parse(read(source))
    } catch {
      // The next way, or none: data that nobody can read say nothing.
    }
  }
  return undefined
}

/** The objects in the JSON-LD of a page, in order; none where it cannot be read. */
export const readJsonLd = (data: readonly string[]): Fields[] => data.flatMap(source => objectsIn(parsed(source)))
