import { createRemembered, type Remembered } from '../async/remembered.js'
import type { Client } from '../clients/identify.js'
import type { Html } from './html.js'

/** Pages of one of ours for a kind of client: by what else they tell of a client, which is the names of this machine. */
const MOST_PAGES = 4
const NAMES_CHARACTERS = 1000

/** A page as it was written for another client of the same kind: of its client it must tell nothing but these names. */
export type KeptPages = (client: Client, names: string, make: () => Html) => Html

/** Clients are the same object for all of a kind (clients/identify.ts), and gone with what is known of it. */
export function createKeptPages(): KeptPages {
  const known = new WeakMap<Client, Remembered<Html>>()
  return (client, names, make) => {
    let pages = known.get(client)
    if (pages === undefined)
      known.set(client, (pages = createRemembered({ most: MOST_PAGES, longest: NAMES_CHARACTERS })))
    return pages(names, make)
  }
}
