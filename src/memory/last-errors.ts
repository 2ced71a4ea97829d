import { createFairCache } from './fair-cache.js'

/** A page that a client did not get. */
export interface LastError {
  readonly address: string
  /** What happened, in a few words */
  readonly title: string
}

/** The pages that each client asked for in vain: in memory alone, and for nobody else to see. */
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

export function createLastErrors(): LastErrors {
  const errors = createFairCache<readonly LastError[]>({
    most: MOST_OF_ALL,
    gives: 'newest',
    milliseconds: KEPT_MILLISECONDS,
    sizeOf: list => list.length
  })
  const of = (client: string): readonly LastError[] => errors.get(client) ?? []
  return {
    of,
    add(client, error) {
      if (error.address.length > MOST_CHARACTERS) return
      errors.set(
        client,
        client,
        [error, ...of(client).filter(({ address }) => address !== error.address)].slice(0, MOST_ERRORS)
      )
    }
  }
}
