import { createFew, type Few } from '../async/remembered.js'
import type { Client } from '../clients/identify.js'
import type { Html } from './html.js'

/**
 * Kinds of clients for which pages are kept: a household has a few, and a program that gives itself another name each
 * time shall not fill the memory.
 */
const MOST_KINDS = 32
/** Pages of one of ours for a kind of client: by what else they tell of a client, which is the names of this machine. */
const MOST_PAGES = 4

/** A page as it was written for another client of the same kind: of its client it must tell nothing but these names. */
export type KeptPages = (client: Client, names: readonly string[], make: () => Html) => Html

const areSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, at) => name === other[at])

/** Clients are the same object for all of a kind (clients/identify.ts). */
export function createKeptPages(): KeptPages {
  const known = new Map<Client, Few<readonly string[], Html>>()

  function pagesFor(client: Client): Few<readonly string[], Html> {
    const pages = createFew<readonly string[], Html>(MOST_PAGES, areSame)
    const [oldest] = known.size < MOST_KINDS ? [] : known.keys()
    if (oldest !== undefined) known.delete(oldest)
    known.set(client, pages)
    return pages
  }

  return (client, names, make) => {
    const pages = known.get(client) ?? pagesFor(client)
    return pages.find(names) ?? pages.keep(names, make())
  }
}
