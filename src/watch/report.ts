import type { VisitRequest, Visited } from '../request/visit-state.js'
import type { FailureCode } from '../failures.js'
import type { BadRequestReason } from '../front/head/bad-request.js'
import type { Located } from '../front/locate.js'
import type { TunnelEnd } from '../front/sockets/tunnel.js'

/** What came of one visit, for the log and the figures. */
export interface VisitReport {
  /** Stands on error pages too */
  readonly id: string
  /** Address of the client */
  readonly client: string
  /** Who gave the password, where one is needed */
  readonly user?: string | undefined
  readonly method: string
  readonly host: string
  readonly path: string
  /** Without its question mark; what a person typed may stand in it */
  readonly query: string
  readonly visited: Omit<Visited, 'body' | 'headers'>
  /** The client went while the answer was under way: Stop was pressed */
  readonly left: boolean
  /** Of bodies, as they were sent */
  readonly bytes: number
  readonly milliseconds: number
}

/** A visit whose answer takes long, when it begins to be sent. */
export interface BegunReport extends Pick<
  VisitReport,
  'id' | 'client' | 'user' | 'method' | 'host' | 'path' | 'query'
> {
  /** Of its body, if the origin says so. Bytes */
  readonly length: number | undefined
}

/** What came of a connection that is no visit: a tunnel, a CONNECT that led to none, bytes that were no request. */
export interface ConnectionReport {
  readonly id: string
  /** Address of the client */
  readonly client: string
  /** tunnel: it was open; handshake: TLS with the client failed; connect: refused; unread: no request */
  readonly kind: 'tunnel' | 'handshake' | 'connect' | 'malformed'
  /** host:port that CONNECT named; empty for what is unread */
  readonly place: string
  readonly outcome: TunnelEnd['by'] | 'too-old' | 'broken' | FailureCode
  /** Why bytes were no request */
  readonly reason?: BadRequestReason | 'broken'
  /** Through a tunnel, each way */
  readonly bytesUp: number
  readonly bytesDown: number
  readonly milliseconds: number
  /** Whom its bytes are counted for (guard/quotas.ts) */
  readonly quotaKey?: string | undefined
}

/** What a report says where nothing else is known: nothing passed, and it took no time. */
export const connectionReport = (
  told: Pick<ConnectionReport, 'id' | 'client' | 'kind' | 'outcome'> & Partial<ConnectionReport>
): ConnectionReport => ({ place: '', bytesUp: 0, bytesDown: 0, milliseconds: 0, ...told })

const BYTE = 256
/** All bytes in two hexadecimal digits */
const DIGITS = Array.from({ length: BYTE }, (_, byte) => byte.toString(16).padStart(2, '0'))

const anyByte = (): string => DIGITS[Math.floor(Math.random() * BYTE)]!

/**
 * Eight hexadecimal digits: enough to find one line among those of a month, and few enough to be read out. They are no
 * secret, and a UUID would take ten times as long.
 */
export const newVisitId = (): string => anyByte() + anyByte() + anyByte() + anyByte()

/** Longer addresses are cut: a log line is a line. Characters. */
const MOST_CHARACTERS = 2000
/** A name of the DNS has 253, and its port stands behind it; what is longer is no host. Characters. */
const HOST_CHARACTERS = 300

/** Blanks in the place of all that is not printable ASCII: bytes from 0x80 on are commands to some terminals. */
function cut(address: string): Pick<VisitReport, 'host' | 'path' | 'query'> {
  const [, host = '', path = '', query = ''] =
    /^(?:https?:\/\/)?([^/?#]*)((?:[/#][^?]*)?)(?:\?(.*))?$/s.exec(address.replace(/[^!-~]/g, ' ')) ?? []
  return {
    host: host.replace(/^.*@/s, '').slice(0, HOST_CHARACTERS),
    path: path.slice(0, MOST_CHARACTERS),
    query: query.slice(0, MOST_CHARACTERS)
  }
}

/** Parts of an address, each no longer than it may be. */
const shortened = (host: string, path: string, query: string): ReturnType<typeof cut> => ({
  host: host.slice(0, HOST_CHARACTERS),
  path: path.slice(0, MOST_CHARACTERS),
  query: query.slice(0, MOST_CHARACTERS)
})

/** A path in which nothing is to be cut out: no blanks, no names, no other part of an address. */
const PLAIN_PATH = /^\/[!-"$->A-~]*$/
/** A query in which nothing is. */
const PLAIN = /^[!-~]*$/

/** Of an address of ours, which begins with http or https. */
const withoutScheme = (address: string): string => address.slice(address.indexOf('://') + '://'.length)

/** A name and a password may stand anywhere before an @. */
const withoutNames = (text: string): string => text.replace(/^.*@/s, '')

/** Where a request wanted to go: host and path, without names and passwords; what is no address as it came. */
export function placeOf(located: Located, target: string): Pick<VisitReport, 'host' | 'path' | 'query'> {
  if (located.kind === 'origin') {
    const { host, pathname, search } = located.url
    return shortened(host, pathname, search.slice(1))
  }
  if (located.kind === 'portal' && PLAIN_PATH.test(located.path) && PLAIN.test(located.query))
    return shortened(withoutScheme(located.portal), located.path, located.query)
  if (located.kind === 'portal')
    return cut(`${located.portal}${withoutNames(located.path)}${located.query === '' ? '' : `?${located.query}`}`)
  // No parser took it.
  return cut(withoutNames(target))
}

/** What reports say of a request: whose it is, and where it wanted to go. */
export const factsOf = (
  { id, clientAddress: client, user, method, located }: VisitRequest,
  target: string
): Omit<BegunReport, 'length'> => {
  const { host, path, query } = placeOf(located, target)
  return { id, client, user, method, host, path, query }
}

/** What a CONNECT named, without names and passwords. */
export const placeOfConnect = (target: string): string =>
  placeOf({ kind: 'bad', code: 'BAD_REQUEST', portal: '' }, target).host
