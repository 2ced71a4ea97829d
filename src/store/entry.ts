/** What is kept under a key. */
export interface Entry {
  readonly value: unknown
  /** milliseconds since 1970 */
  readonly until?: number
}

/** What an entry takes besides its text, in memory and in a database. Bytes. */
const ENTRY_BYTES = 64

export const isOld = ({ until }: Entry, now: number): boolean => until !== undefined && until < now

/** Whether a value from a database is an entry: a damaged file may contain anything. */
export function isEntry(found: unknown): found is Entry {
  if (typeof found !== 'object' || found === null || !('value' in found)) return false
  return !('until' in found) || found.until === undefined || typeof found.until === 'number'
}

function weigh(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 8
  let sum = 8
  for (const [name, part] of Object.entries(value)) sum += name.length + weigh(part)
  return sum
}

/** The approximate size of an entry. Bytes. */
export const bytesOf = (key: string, entry: Entry | undefined): number => ENTRY_BYTES + key.length + weigh(entry?.value)

/** The first word of a key says what kind of value it is. */
export const kindOf = (key: string): string => key.slice(0, key.includes(' ') ? key.indexOf(' ') : key.length)
