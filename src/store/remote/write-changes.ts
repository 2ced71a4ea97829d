import { randomInt } from 'node:crypto'
import type { Changes } from '../database.js'
import { isOld, type Entry } from '../entry.js'
import { Refused, type Command, type StoreClient } from './client.js'
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

/** The commands for one key, and what their answers mean for the view. */
interface Write {
  readonly key: string
  readonly type: 'hash' | 'string'
  readonly commands: readonly Command[]
  readonly answered: (replies: readonly unknown[]) => void
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
function personWrite([name, fields]: [string, Fields], view: View): Write {
  const key = personKey(name)
  const now = Date.now()
  const known = view.person(name)
  const today = dayOf(now)
  const all: Fields = new Map(fields)
  for (const [field, entry] of known?.fields ?? []) if (isOld(entry, now) && !all.has(field)) all.set(field, undefined)
  const commands: Command[] = [
    ['HSETNX', key, VERSION_FIELD, String(randomInt(2 ** 47))],
    ['HSETNX', key, BORN_FIELD, String(today)]
  ]
  for (const [field, entry] of all) {
    if (entry !== undefined) commands.push([known === undefined ? 'HSETNX' : 'HSET', key, field, written(entry)])
    else if (known !== undefined) commands.push(['HDEL', key, field])
  }
  const isNew = (known?.born ?? today) === today
  commands.push(['EXPIRE', key, String(isNew ? NEW_PERSON_SECONDS : PERSON_SECONDS)])
  commands.push(['HINCRBY', key, VERSION_FIELD, '1'])
  const answered = (replies: readonly unknown[]): void => {
    const before = view.person(name)
    if (known === undefined || before === undefined) return
    const version = String(replies.at(-1))
    const isNext = before.version === null ? replies[0] === 1 : version === String(Number(before.version) + 1)
    // Somebody else has written meanwhile: all of it is brought when it is wanted next.
    view.setPerson(name, isNext ? { version, born: before.born ?? today, fields: changed(before, all) } : undefined)
  }
  return { key, type: 'hash', commands, answered }
}

function valueWrite([key, entry]: [string, Entry | undefined], view: View): Write {
  const write = { key: valueKey(key), type: 'string' } as const
  if (isFirstWins(key) && entry !== undefined)
    return {
      ...write,
      commands: [
        ['SET', write.key, written(entry), 'NX'],
        ['GET', write.key]
      ],
      answered: ([, theirs]) => view.setValue(key, readEntry(theirs) ?? entry)
    }
  const milliseconds = entry?.until === undefined ? undefined : Math.ceil(entry.until - Date.now())
  const isGone = entry === undefined || (milliseconds !== undefined && milliseconds <= 0)
  const time = milliseconds === undefined ? [] : ['PX', String(milliseconds)]
  const command = isGone ? ['DEL', write.key] : ['SET', write.key, written(entry), ...time]
  return { ...write, commands: [command], answered: () => view.setValue(key, entry) }
}

function writesOf(changes: Changes, view: View): Write[] {
  const values: Write[] = []
  const persons = new Map<string, Fields>()
  for (const [key, entry] of changes) {
    const place = personalPlace(key)
    if (place === undefined) values.push(valueWrite([key, entry], view))
    else persons.set(place.person, (persons.get(place.person) ?? new Map<string, Entry>()).set(place.field, entry))
  }
  return [...values, ...[...persons].map(person => personWrite(person, view))]
}

/** Writes, has the view follow, and returns those that found something in their place which is not ours. */
async function send(client: StoreClient, writes: readonly Write[]): Promise<Write[]> {
  const replies = await client.all(writes.flatMap(({ commands }) => commands))
  const spoilt: Write[] = []
  let at = 0
  for (const write of writes) {
    const own = replies.slice(at, (at += write.commands.length))
    if (own.some(reply => reply instanceof Refused)) spoilt.push(write)
    else write.answered(own)
  }
  return spoilt
}

/**
 * Removes what stands under a key and is of another type than ours, and the version of a person if it is no number. In
 * one, so that nothing is lost of what another proxy has written there meanwhile.
 */
const CLEAR = `if redis.call('TYPE', KEYS[1]).ok ~= ARGV[1] then return redis.call('DEL', KEYS[1]) end
if ARGV[1] == 'hash' then return redis.call('HDEL', KEYS[1], '${VERSION_FIELD}') end`

/** A store that does not let it be removed keeps it: then this one value is not kept. */
async function clear(client: StoreClient, { key, type }: Write): Promise<void> {
  try {
    await client.send(['EVAL', CLEAR, '1', key, type])
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
}

/**
 * Writes all of the changes or none, and has the view follow. What was put in the place of a value by somebody else gives
 * way to it, and holds up no other. @throws Error
 */
export async function writeChanges(client: StoreClient, changes: Changes, view: View): Promise<void> {
  const spoilt = await send(client, writesOf(changes, view))
  if (spoilt.length === 0) return
  await Promise.all(spoilt.map(write => clear(client, write)))
  await send(client, spoilt)
}
