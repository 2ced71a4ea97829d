import { LRUCache } from 'lru-cache'
import { bytesOf, isEntry, isOld, type Entry } from '../entry.js'
import { isFirstWins, keyOfField, personalPlace } from './places.js'

/** All that is known of a person. */
export interface Person {
  /** Changes with each write; null while nothing is kept of the person */
  readonly version: string | null
  /** The day on which something was kept for the first time. Days since 1970 */
  readonly born: number | undefined
  readonly fields: ReadonlyMap<string, Entry>
}

export const NOBODY: Person = { version: null, born: undefined, fields: new Map() }

/** What this process has seen of the store: it is read at once, and may be behind until it is brought again. */
export interface View {
  person(name: string): Person | undefined
  /** Undefined: nothing is known any more. */
  setPerson(name: string, person: Person | undefined): void
  value(key: string): Entry | undefined
  setValue(key: string, entry: Entry | undefined): void
  get(key: string): Entry | undefined
  /** The keys of one person with this beginning */
  keys(prefix: string): string[]
}

/** Memory for what was seen of persons: a full jar is 256 KB, most are 10. Bytes. */
const PERSONS_BYTES = 32 * 1024 * 1024
/** Memory for what was seen and is nobody's. Bytes. */
const VALUES_BYTES = 32 * 1024 * 1024
/** What a person takes besides the fields. Bytes. */
const PERSON_BYTES = 200

const sizeOf = ({ fields }: Person): number => {
  let bytes = PERSON_BYTES
  for (const [field, entry] of fields) bytes += bytesOf(field, entry)
  return bytes
}

export function createView(): View {
  const persons = new LRUCache<string, Person>({ maxSize: PERSONS_BYTES, sizeCalculation: sizeOf })
  const values = new LRUCache<string, Entry>({
    maxSize: VALUES_BYTES,
    sizeCalculation: (entry, key) => bytesOf(key, entry)
  })
  /** Few, and never forgotten */
  const agreed = new Map<string, Entry>()
  const value = (key: string): Entry | undefined => agreed.get(key) ?? values.get(key)
  return {
    person: name => persons.get(name),
    setPerson: (name, person) => void (person === undefined ? persons.delete(name) : persons.set(name, person)),
    value,
    setValue(key, entry) {
      if (entry === undefined) values.delete(key)
      else if (isFirstWins(key)) agreed.set(key, entry)
      else values.set(key, entry)
    },
    get(key) {
      const place = personalPlace(key)
      return place === undefined ? value(key) : persons.get(place.person)?.fields.get(place.field)
    },
    keys(prefix) {
      const { person = '', field = '' } = personalPlace(prefix) ?? {}
      const fields = [...(persons.get(person)?.fields.keys() ?? [])].filter(name => name.startsWith(field))
      return fields.map(name => keyOfField({ person, field: name }))
    }
  }
}

/** An entry as it stands in the store. */
export const written = (entry: Entry): string => JSON.stringify(entry)

/** What stands in the store, if it is an entry. */
export function readEntry(text: unknown): Entry | undefined {
  if (typeof text !== 'string') return undefined
  try {
    const found: unknown = JSON.parse(text)
    return isEntry(found) ? found : undefined
  } catch {
    return undefined
  }
}

/** The fields of a person that are about the person, not of it. */
export const VERSION_FIELD = 'v'
export const BORN_FIELD = 'born'

/** A person as HGETALL tells it: names and values in turn. */
export function readPerson(reply: unknown, now: number): Person {
  if (!Array.isArray(reply)) return NOBODY
  const all = new Map<string, unknown>()
  for (let at = 0; at + 1 < reply.length; at += 2) all.set(String(reply[at]), reply[at + 1])
  const version = all.get(VERSION_FIELD)
  const born = Number(all.get(BORN_FIELD))
  const fields = new Map<string, Entry>()
  for (const [field, text] of all) {
    const entry = field === VERSION_FIELD || field === BORN_FIELD ? undefined : readEntry(text)
    if (entry !== undefined && !isOld(entry, now)) fields.set(field, entry)
  }
  return {
    version: typeof version === 'string' ? version : null,
    born: Number.isInteger(born) ? born : undefined,
    fields
  }
}
