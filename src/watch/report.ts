import { randomBytes } from 'node:crypto'
import type { Visited } from '../answers/visit-state.js'
import type { Located } from '../front/locate.js'

/** What came of one visit, for the log and the figures. */
export interface VisitReport {
  /** Stands on error pages too */
  readonly id: string
  /** Address of the client */
  readonly client: string
  readonly method: string
  readonly host: string
  readonly path: string
  /** Without its question mark; what a person typed may stand in it */
  readonly query: string
  readonly visited: Omit<Visited, 'body' | 'headers'>
  /** Of bodies, as they were sent */
  readonly bytes: number
  readonly milliseconds: number
}

/** Enough to find one line among those of a month, and few enough to be read out. Bytes. */
const ID_BYTES = 4

export const newVisitId = (): string => randomBytes(ID_BYTES).toString('hex')

/** Longer addresses are cut: a log line is a line. Characters. */
const MOST_CHARACTERS = 2000

function cut (address: string): Pick<VisitReport, 'host' | 'path' | 'query'> {
  const [, host, path, query] = /^(?:https?:\/\/)?([^/?#]*)([^?]*)\??(.*)$/s.exec(address)!
  return { host: host!.replace(/^.*@/s, ''), path: path!.slice(0, MOST_CHARACTERS), query: query!.slice(0, MOST_CHARACTERS) }
}

/** Where a request wanted to go: host and path, without names and passwords; what is no address as it came. */
export function placeOf (located: Located, target: string): Pick<VisitReport, 'host' | 'path' | 'query'> {
  if (located.kind === 'origin') return cut(`${located.url.host}${located.url.pathname}${located.url.search}`)
  if (located.kind === 'own') return cut(`${located.portal}${located.path}${located.query === '' ? '' : `?${located.query}`}`)
  // No parser took it: a name and a password may stand anywhere before an @.
  return cut(target.replace(/^.*@/s, '').replace(/[^!-~]/g, ' '))
}
