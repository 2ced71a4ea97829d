import { LRUCache } from 'lru-cache'
import { createClientCounts, type ClientCounts } from '../async/client-counts.js'
import { createShares, type Shares } from './shares.js'
import { networkOf } from './address.js'
import { createTokenBuckets } from '../async/token-bucket.js'

/**
 * Why a connection was closed: its client opens them too fast or has too many, strangers have too many, or the proxy
 * has.
 */
export type ClosedFor = 'rate' | 'client' | 'strangers' | 'full'

/** The connections of all clients: who may have one more, and which idle one is closed for it. */
export interface Connections<S> {
  /** Registers a new connection, which is idle so far; false if there is no room for it. */
  enter(socket: S, client: string): boolean
  /** A request on it has begun to be answered (1), or has been answered (-1). */
  work(socket: S, more: 1 | -1): void
  leave(socket: S): void
  /** A request of a client was let in: its network is no stranger for a while. */
  welcome(client: string): void
  /** Whether that happened recently */
  isWelcome(client: string): boolean
}

export interface ConnectionsOptions<S> {
  readonly most: number
  /** Of one address, or of one /64 of IPv6 */
  readonly mostOfClient: number
  /** New connections of it in a second */
  readonly mostPerSecond: number
  readonly close: (socket: S) => void
  readonly report: (reason: ClosedFor, client: string) => void
}

/**
 * The share of idle connections from networks of which nobody was let in yet, so that the household always finds room.
 * Fraction of all.
 */
const STRANGERS_SHARE = 1 / 2
/**
 * A client may open the connections of so many seconds at once. A browser of 1996 opens one for each of the sixty
 * images of a page, and a roomful of them may share one address. Seconds.
 */
const BURST_SECONDS = 3
/** A client that was let in counts as no stranger for so long. Milliseconds. */
const WELCOME_MILLISECONDS = 24 * 3600 * 1000
/** How exactly that is counted: lru-cache sets a timer for each look at the clock. Milliseconds. */
const WELCOME_RESOLUTION = 1000
/** Networks that count as no strangers; beyond that the ones let in longest ago are forgotten. */
const MOST_WELCOME = 10_000
const WELCOMED = { max: MOST_WELCOME, ttl: WELCOME_MILLISECONDS, ttlResolution: WELCOME_RESOLUTION }

interface Connection<S> {
  readonly socket: S
  readonly client: string
  readonly network: string
  /** Requests that are being answered */
  running: number
  /** The pool that it is in while it is idle */
  pool: Pool<S> | undefined
}

/** Idle connections of some networks. */
interface Pool<S> {
  readonly shares: Shares
  /** In the order in which they became idle */
  readonly idle: Map<string, Set<Connection<S>>>
}

const poolOf = <S>(most: number): Pool<S> => ({
  shares: createShares({ most, mostOwners: most, gives: 'oldest' }),
  idle: new Map()
})

/** A connection is idle from now on. */
function rest<S>(connection: Connection<S>, pool: Pool<S>): void {
  const { network } = connection
  connection.pool = pool
  pool.shares.add(network, 1)
  pool.idle.set(network, (pool.idle.get(network) ?? new Set()).add(connection))
}

/** A connection is no longer idle. */
function wake<S>(connection: Connection<S>): void {
  const { pool, network } = connection
  if (pool === undefined) return
  connection.pool = undefined
  pool.shares.add(network, -1)
  const idle = pool.idle.get(network)
  idle?.delete(connection)
  if (idle?.size === 0) pool.idle.delete(network)
}

/** The connections that are there, those among them that can be closed, and how. */
interface Places<S> extends Pick<ConnectionsOptions<S>, 'close' | 'report'> {
  readonly all: Map<S, Connection<S>>
  readonly ofNetwork: ClientCounts
  readonly strangers: Pool<S>
  readonly household: Pool<S>
}

function remove<S>({ all, ofNetwork }: Places<S>, connection: Connection<S>): void {
  wake(connection)
  all.delete(connection.socket)
  ofNetwork.add(connection.network, -1)
}

/** Closes the connection of a network that has been idle longest; false if none is idle. */
function closeIdle<S>(
  places: Places<S>,
  pool: Pool<S>,
  { network, reason }: { network: string; reason: ClosedFor }
): boolean {
  const connection = pool.idle.get(network)?.values().next().value
  if (connection === undefined) return false
  places.report(reason, connection.client)
  remove(places, connection)
  places.close(connection.socket)
  return true
}

const closeOwn = <S>(places: Places<S>, network: string): boolean =>
  closeIdle(places, places.strangers, { network, reason: 'client' }) ||
  closeIdle(places, places.household, { network, reason: 'client' })

/** Closes the connection of anybody that has been idle longest, a stranger first; false if none is idle. */
function closeAny<S>(places: Places<S>): boolean {
  for (const pool of [places.strangers, places.household]) {
    const network = pool.shares.next()
    if (network !== undefined) return closeIdle(places, pool, { network, reason: 'full' })
  }
  return false
}

/**
 * Counts connections before anything is read from them. When there is no room, the connection that has been idle
 * longest is closed, of the network that has most: strangers first, and never one on which something is being answered.
 */
export function createConnections<S>({
  most,
  mostOfClient,
  mostPerSecond,
  close,
  report
}: ConnectionsOptions<S>): Connections<S> {
  const places: Places<S> = {
    all: new Map(),
    ofNetwork: createClientCounts(),
    strangers: poolOf(Math.max(1, Math.floor(most * STRANGERS_SHARE))),
    household: poolOf(most),
    close,
    report
  }
  const { all, ofNetwork, strangers, household } = places
  const welcomed = new LRUCache<string, true>(WELCOMED)
  const opened = createTokenBuckets(mostPerSecond, BURST_SECONDS)
  const poolFor = (network: string): Pool<S> => (welcomed.has(network) ? household : strangers)

  function hasRoom(network: string): ClosedFor | undefined {
    if (!opened.take(network)) return 'rate'
    if (ofNetwork.of(network) >= mostOfClient && !closeOwn(places, network)) return 'client'
    const pool = poolFor(network)
    for (let giver = pool.shares.giver(network, 1); giver !== undefined; giver = pool.shares.giver(network, 1))
      closeIdle(places, pool, { network: giver, reason: 'strangers' })
    return all.size >= most && !closeAny(places) ? 'full' : undefined
  }

  return {
    enter(socket, client) {
      const network = networkOf(client)
      const refused = hasRoom(network)
      if (refused !== undefined) {
        report(refused, client)
        return false
      }
      const connection: Connection<S> = { socket, client, network, running: 0, pool: undefined }
      all.set(socket, connection)
      ofNetwork.add(network, 1)
      rest(connection, poolFor(network))
      return true
    },
    work(socket, more) {
      const connection = all.get(socket)
      if (connection === undefined) return
      connection.running += more
      if (connection.running > 0) wake(connection)
      else if (connection.pool === undefined) rest(connection, poolFor(connection.network))
    },
    leave(socket) {
      const connection = all.get(socket)
      if (connection !== undefined) remove(places, connection)
    },
    welcome: client => void welcomed.set(networkOf(client), true),
    isWelcome: client => welcomed.has(networkOf(client))
  }
}
