import { personKeyOf } from '../../clients/person-key.js'
import { keyInPath } from '../../page/addresses/short-address.js'
import type { AddressServices, ClientServices } from '../../request/services.js'
import type { VisitRequest } from '../../request/visit-state.js'

/** The keys of what a visit reads of a store: all of its person, and whether its host is known to speak https. */
export function storedFor(request: VisitRequest): string[] {
  const person = `client ${personKeyOf(request)}`
  return request.located.kind === 'origin' ? [person, `secure ${request.located.url.host}`] : [person]
}

/** Short addresses in one address: its own, that of the page before, and those behind url= are looked for. */
const MOST_KEYS = 4
/** A short address may stand for one of our pages, which shows the page behind another short address. */
const MOST_ROUNDS = 2

/** The keys that a text may mean by its short addresses. */
const keysIn = (text: string): string[] =>
  [...text.matchAll(/\/~[0-9a-z]{10,12}(?![0-9a-z])/gi)]
    .slice(0, MOST_KEYS)
    .map(([path]) => keyInPath(path))
    .filter(key => key !== undefined)

/** Has short addresses be known that stand in a target or a Referer. */
export async function bringShortAddresses(
  target: string,
  referer: string | undefined,
  { clients, addresses }: { readonly clients: ClientServices; readonly addresses: AddressServices }
): Promise<void> {
  if (clients.bring === undefined) return
  let keys = keysIn(`${target} ${referer ?? ''}`)
  for (let round = 0; round < MOST_ROUNDS && keys.length > 0; round++) {
    await clients.bring(keys.map(key => `long ${key}`))
    keys = keysIn(keys.map(key => addresses.shortAddresses.find(key) ?? '').join(' '))
  }
}
