import { LRUCache } from 'lru-cache'
import { createClientCounts } from '../async/client-counts.js'
import { createShares, type Shares } from './shares.js'
import { networkOf } from './address.js'
import { createTokenBuckets } from '../async/token-bucket.js'

/**
 * Why a connection was closed: its client opens them too fast or has too many, strangers have too many, or all have.
 */
export type ClosedFor = 'rate' | 'client' | 'strangers' | 'full'

/** The connections of all clients: who may have one more, and which idle one is closed for it. */
export interface Connections<S> {
  /** Takes a new connection, idle so far; false if it cannot be. */
  enter(socket: S, client: string): boolean
  /** A request is answered on it, one more or one less. */
  work(socket: S, more: 1 | -1): void
  leave(socket: S): void
  /** A client was let in with a request: its network is no stranger for a while. */
  welcome(client: string): void
  /** Whether that was so of late */
  isWelcome(client: string): boolean
}

export interface ConnectionsOptions<S> {
  readonly most: number
  /** Of one address, or of one /64 of IPv6 */
  readonly mostOfClient: number
  /** New ones of it in a second */
  readonly mostPerSecond: number
  readonly close: (socket: S) => void
  readonly report: (reason: ClosedFor, client: string) => void
}

/**
 * Idle connections of networks of which nobody was let in yet: whoever they are, the household finds room beside them.
 * Fraction of all.
 */
const STRANGERS_SHARE = 1 / 2
/**
 * A client may open those of so many seconds at once. A browser of 1996 takes a connection for each of the sixty images
 * of a page, and behind one address there may be a room of them. Seconds.
 */
const BURST_SECONDS = 3
/** Who was let in is no stranger for so long. Milliseconds. */
const WELCOME_MILLISECONDS = 24 * 3600 * 1000
/** Networks that are no strangers; those that were let in longest ago are again. */
const MOST_WELCOME = 10_000

interface Connection {
  readonly client: string
  readonly network: string
  /** Requests that are being answered */
  running: number
  /** Where it is while it is idle */
  pool: Pool | undefined
}

/** Idle connections of some networks. */
interface Pool {
  readonly shares: Shares
  /** In the order in which they became idle */ readonly idle: Map<string, Set<unknown>>
}

const poolOf = (most: number): Pool => ({
  shares: createShares({ most, mostOwners: most, gives: 'oldest' }),
  idle: new Map()
})

/**
 * Counts connections before anything is read from them. Where there is no room, the one that has been idle longest is
 * closed, of the network with most of them: those of strangers first, and none on which something is answered.
 */
export function createConnections<S>({
  most,
  mostOfClient,
  mostPerSecond,
  close,
  report
}: ConnectionsOptions<S>): Connections<S> {
  const all = new Map<S, Connection>()
  const ofNetwork = createClientCounts()
  const welcomed = new LRUCache<string, true>({ max: MOST_WELCOME, ttl: WELCOME_MILLISECONDS })
  const strangers = poolOf(Math.max(1, Math.floor(most * STRANGERS_SHARE)))
  const household = poolOf(most)
  const opened = createTokenBuckets(mostPerSecond, BURST_SECONDS)
  const poolFor = (network: string): Pool => (welcomed.has(network) ? household : strangers)

  function rest(socket: S, connection: Connection): void {
    const { network } = connection
    const pool = (connection.pool = poolFor(network))
    pool.shares.add(network, 1)
    pool.idle.set(network, (pool.idle.get(network) ?? new Set()).add(socket))
  }

  function wake(socket: S, connection: Connection): void {
    const { pool, network } = connection
    if (pool === undefined) return
    connection.pool = undefined
    pool.shares.add(network, -1)
    const idle = pool.idle.get(network)
    idle?.delete(socket)
    if (idle?.size === 0) pool.idle.delete(network)
  }

  function leave(socket: S): void {
    const connection = all.get(socket)
    if (connection === undefined) return
    wake(socket, connection)
    all.delete(socket)
    ofNetwork.add(connection.network, -1)
  }

  /** Closes what has been idle longest of a network; false if nothing is. */
  function closeIdle(pool: Pool, network: string, reason: ClosedFor): boolean {
    const socket = pool.idle.get(network)?.values().next().value as S | undefined
    if (socket === undefined) return false
    report(reason, all.get(socket)!.client)
    leave(socket)
    close(socket)
    return true
  }

  const closeOwn = (network: string): boolean =>
    closeIdle(strangers, network, 'client') || closeIdle(household, network, 'client')

  function closeAny(): boolean {
    for (const pool of [strangers, household]) {
      const network = pool.shares.next()
      if (network !== undefined) return closeIdle(pool, network, 'full')
    }
    return false
  }

  function hasRoom(network: string): ClosedFor | undefined {
    if (!opened.take(network)) return 'rate'
    if (ofNetwork.of(network) >= mostOfClient && !closeOwn(network)) return 'client'
    const pool = poolFor(network)
    for (let giver = pool.shares.giver(network, 1); giver !== undefined; giver = pool.shares.giver(network, 1))
      closeIdle(pool, giver, 'strangers')
    return all.size >= most && !closeAny() ? 'full' : undefined
  }

  return {
    enter(socket, client) {
      const network = networkOf(client)
      const refused = hasRoom(network)
      if (refused !== undefined) {
        report(refused, client)
        return false
      }
      const connection: Connection = { client, network, running: 0, pool: undefined }
      all.set(socket, connection)
      ofNetwork.add(network, 1)
      rest(socket, connection)
      return true
    },
    work(socket, more) {
      const connection = all.get(socket)
      if (connection === undefined) return
      connection.running += more
      if (connection.running > 0) wake(socket, connection)
      else if (connection.pool === undefined) rest(socket, connection)
    },
    leave,
    welcome: client => void welcomed.set(networkOf(client), true),
    isWelcome: client => welcomed.has(networkOf(client))
  }
}
