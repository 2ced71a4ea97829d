import type { Link } from './link.js'
import { isChanging, personalPlace, personKey, valueKey } from './places.js'
import { readEntry, readPerson, VERSION_FIELD, type View } from './view.js'

/** Asks for a person, unless nothing has changed since what is known here: so most visits cost one short answer. */
async function bringPerson(name: string, { link, view }: Bringing): Promise<void> {
  const key = personKey(name)
  const known = view.person(name)
  if (known !== undefined) {
    const version = await link.run({
      operation: 'person-look',
      work: client => client.send(['HGET', key, VERSION_FIELD])
    })
    if (version === known.version) return
  }
  const reply = await link.run({ operation: 'person-load', work: client => client.send(['HGETALL', key]) })
  view.setPerson(name, readPerson(reply, Date.now()))
}

async function bringValue(key: string, { link, view }: Bringing): Promise<void> {
  const text = await link.run({ operation: 'value-read', work: client => client.send(['GET', valueKey(key)]) })
  view.setValue(key, readEntry(text))
}

export interface Bringing {
  readonly link: Link
  readonly view: View
}

/** Brings what stands in the store into the view, all of it in one exchange. Never rejects. */
export async function bring(keys: readonly string[], bringing: Bringing): Promise<void> {
  const persons = new Set<string>()
  const values = new Set<string>()
  for (const key of keys) {
    const place = personalPlace(key)
    if (place !== undefined) persons.add(place.person)
    else if (isChanging(key) || bringing.view.value(key) === undefined) values.add(key)
  }
  await Promise.allSettled([
    ...[...persons].map(name => bringPerson(name, bringing)),
    ...[...values].map(key => bringValue(key, bringing))
  ])
}
