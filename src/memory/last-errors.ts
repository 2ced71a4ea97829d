import type { Store } from '../store/store.js'
import { createFairCache } from './fair-cache.js'

/** A page that a client did not get. */
export interface LastError {
  readonly address: string
  /** What happened, in a few words */
  readonly title: string
}

/** The pages that each client asked for in vain, for nobody else to see: in memory, or in a store that is shared. */
export interface LastErrors {
  add(client: string, error: LastError): void
  /** The newest first */
  of(client: string): readonly LastError[]
}

/** So many of each client. */
const MOST_ERRORS = 5
/** Of all; who came last in the network that has most gives first. */
const MOST_OF_ALL = 5000
/** A longer address is not listed. Characters. */
const MOST_CHARACTERS = 2000
/** Nobody looks for older ones. Milliseconds. */
const KEPT_MILLISECONDS = 24 * 3600 * 1000

/** Where the lists of clients are kept. */
interface Lists {
  get(client: string): readonly LastError[] | undefined
  set(client: string, list: readonly LastError[]): void
}

function ownLists(): Lists {
  const errors = createFairCache<readonly LastError[]>({
    most: MOST_OF_ALL,
    gives: 'newest',
    milliseconds: KEPT_MILLISECONDS,
    sizeOf: list => list.length
  })
  return { get: errors.get, set: (client, list) => errors.set(client, client, list) }
}

const sharedLists = (store: Store): Lists => ({
  get: client => store.get(`errors ${client}`) as readonly LastError[] | undefined,
  set: (client, list) => store.set(`errors ${client}`, list, KEPT_MILLISECONDS / 1000)
})

export function createLastErrors(store?: Store): LastErrors {
  const lists = store?.shared === undefined ? ownLists() : sharedLists(store)
  const of = (client: string): readonly LastError[] => lists.get(client) ?? []
  return {
    of,
    add(client, error) {
      if (error.address.length > MOST_CHARACTERS) return
      lists.set(client, [error, ...of(client).filter(({ address }) => address !== error.address)].slice(0, MOST_ERRORS))
    }
  }
}
