import { isFields } from '../told/fields.js'

// Values in one flat list, in which numbers are the places of others: so that a value which is used twice, or within
// itself, is written once. devalue writes so (Nuxt 3, SvelteKit), and turbo-stream (React Router).

/** Values that are looked at to tell whether a list is one. */
const SAMPLE = 20

const isPlace = (value: unknown, length: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value < length && value >= -10

/** Whether an object, or a list with the name of its kind first, has only places in it. */
const hasPlaces = (value: unknown, length: number): boolean => {
  if (Array.isArray(value))
    return value
      .slice(typeof value[0] === 'string' ? 1 : 0, SAMPLE)
      .every(item => isPlace(item, length) || typeof item === 'string')
  return isFields(value) && Object.values(value).every(item => isPlace(item, length))
}

/** Whether a list of JSON is written so: what is first leads to the others, and no object has anything but places. */
export const isFlattened = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) &&
  value.length > 2 &&
  ((isFields(value[0]) && Object.keys(value[0]).length > 0) || (Array.isArray(value[0]) && value[0].length > 0)) &&
  hasPlaces(value[0], value.length) &&
  value.slice(0, SAMPLE).every(item => typeof item !== 'object' || item === null || hasPlaces(item, value.length))

/** The value that a flat list stands for. One that is within itself is so in the result. */
export function unflattened(list: readonly unknown[]): unknown {
  const made = new Map<number, unknown>()
  const waiting: Array<() => void> = []
  const nameOf = (key: string): string => {
    const name = /^_\d{1,9}$/.test(key) ? list[Number(key.slice(1))] : key
    return typeof name === 'string' ? name : key
  }
  const valueAt = (place: unknown): unknown => {
    if (typeof place !== 'number' || place < 0 || place >= list.length) return undefined
    if (made.has(place)) return made.get(place)
    const found = list[place]
    if (Array.isArray(found)) return listAt(place, found)
    if (!isFields(found)) return found
    const fields = Object.create(null) as Record<string, unknown>
    made.set(place, fields)
    waiting.push(() => {
      for (const [key, value] of Object.entries(found)) fields[nameOf(key)] = valueAt(value)
    })
    return fields
  }
  const listAt = (place: number, found: readonly unknown[]): unknown => {
    // A date stands as text or number in it, all else as places: of Set, Map, Reactive, Ref.
    if (found[0] === 'Date' || found[0] === 'D') return found[1]
    const items: unknown[] = []
    made.set(place, items)
    const places = typeof found[0] === 'string' ? found.slice(1) : found
    waiting.push(() => {
      for (const item of places) items.push(valueAt(item))
    })
    return items
  }
  const root = valueAt(0)
  for (let work = waiting.pop(); work !== undefined; work = waiting.pop()) work()
  return root
}
