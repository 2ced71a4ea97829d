import { createRemembered, type Remembered } from '../async/remembered.js'
import type { Client } from '../clients/identify.js'
import type { Html } from './html.js'

/**
 * Kinds of clients for which pages are kept: a household has a few, and a program that gives itself another name each
 * time shall not fill the memory.
 */
const MOST_KINDS = 32
/** Pages of one of ours for a kind of client: by what else they tell of a client, which is the names of this machine. */
const MOST_PAGES = 4
const NAMES_CHARACTERS = 1000

/** A page as it was written for another client of the same kind: of its client it must tell nothing but these names. */
export type KeptPages = (client: Client, names: string, make: () => Html) => Html

/** Clients are the same object for all of a kind (clients/identify.ts). */
export function createKeptPages(): KeptPages {
  const known = new Map<Client, Remembered<Html>>()

  function pagesFor(client: Client): Remembered<Html> {
    const pages = createRemembered<Html>({ most: MOST_PAGES, longest: NAMES_CHARACTERS })
    const [oldest] = known.size < MOST_KINDS ? [] : known.keys()
    if (oldest !== undefined) known.delete(oldest)
    known.set(client, pages)
    return pages
  }

  return (client, names, make) => (known.get(client) ?? pagesFor(client))(names, make)
}
