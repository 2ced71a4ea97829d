import { randomInt } from 'node:crypto'
import type { Changes } from '../database.js'
import { isOld, type Entry } from '../entry.js'
import type { Command, StoreClient } from './client.js'
import { isFirstWins, personalPlace, personKey, valueKey } from './places.js'
import { BORN_FIELD, readEntry, VERSION_FIELD, written, type Person, type View } from './view.js'

const DAY_SECONDS = 24 * 3600
/**
 * A store that is full drops what ends soonest (volatile-ttl): first what is kept for hours, then short addresses, then
 * persons who came once, then those who were not there for longest. So these are longer than any value's own time.
 * Seconds.
 */
const NEW_PERSON_SECONDS = 540 * DAY_SECONDS
const PERSON_SECONDS = 730 * DAY_SECONDS

type Fields = Map<string, Entry | undefined>

const dayOf = (now: number): number => Math.floor(now / (DAY_SECONDS * 1000))

/** Commands, and what their answers mean for the view. */
interface Writing {
  readonly commands: Command[]
  readonly answered: Array<(replies: readonly unknown[]) => void>
}

/** The fields of a person after a write. */
function changed(known: Person, fields: Fields): ReadonlyMap<string, Entry> {
  const all = new Map(known.fields)
  for (const [field, entry] of fields) {
    if (entry === undefined) all.delete(field)
    else all.set(field, entry)
  }
  return all
}

/**
 * Writes fields of a person. Of one of whom nothing is known here, because the store was away, what stands in the store
 * stays: it was set by somebody who knew it.
 */
function writePerson({ commands, answered }: Writing, [name, fields]: [string, Fields], view: View): void {
  const key = personKey(name)
  const now = Date.now()
  const known = view.person(name)
  const today = dayOf(now)
  const all: Fields = new Map(fields)
  for (const [field, entry] of known?.fields ?? []) if (isOld(entry, now) && !all.has(field)) all.set(field, undefined)
  const first = commands.push(['HSETNX', key, VERSION_FIELD, String(randomInt(2 ** 47))]) - 1
  commands.push(['HSETNX', key, BORN_FIELD, String(today)])
  for (const [field, entry] of all) {
    if (entry !== undefined) commands.push([known === undefined ? 'HSETNX' : 'HSET', key, field, written(entry)])
    else if (known !== undefined) commands.push(['HDEL', key, field])
  }
  const isNew = (known?.born ?? today) === today
  commands.push(['EXPIRE', key, String(isNew ? NEW_PERSON_SECONDS : PERSON_SECONDS)])
  const at = commands.push(['HINCRBY', key, VERSION_FIELD, '1']) - 1
  answered.push(replies => {
    const before = view.person(name)
    if (known === undefined || before === undefined) return
    const version = String(replies[at])
    const isNext = before.version === null ? replies[first] === 1 : version === String(Number(before.version) + 1)
    // Somebody else has written meanwhile: all of it is brought when it is wanted next.
    view.setPerson(name, isNext ? { version, born: before.born ?? today, fields: changed(before, all) } : undefined)
  })
}

function writeValue({ commands, answered }: Writing, [key, entry]: [string, Entry | undefined], view: View): void {
  const place = valueKey(key)
  if (isFirstWins(key) && entry !== undefined) {
    commands.push(['SET', place, written(entry), 'NX'])
    const at = commands.push(['GET', place]) - 1
    answered.push(replies => view.setValue(key, readEntry(replies[at]) ?? entry))
    return
  }
  const milliseconds = entry?.until === undefined ? undefined : Math.ceil(entry.until - Date.now())
  if (entry === undefined || (milliseconds !== undefined && milliseconds <= 0)) commands.push(['DEL', place])
  else
    commands.push(['SET', place, written(entry), ...(milliseconds === undefined ? [] : ['PX', String(milliseconds)])])
  answered.push(() => view.setValue(key, entry))
}

/** Writes all of the changes or none, and has the view follow. @throws Error */
export async function writeChanges(client: StoreClient, changes: Changes, view: View): Promise<void> {
  const writing: Writing = { commands: [], answered: [] }
  const persons = new Map<string, Fields>()
  for (const [key, entry] of changes) {
    const place = personalPlace(key)
    if (place === undefined) writeValue(writing, [key, entry], view)
    else persons.set(place.person, (persons.get(place.person) ?? new Map<string, Entry>()).set(place.field, entry))
  }
  for (const one of persons) writePerson(writing, one, view)
  const replies = await client.all(writing.commands)
  for (const answer of writing.answered) answer(replies)
}
