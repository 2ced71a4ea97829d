import type { Server } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { Socket } from 'node:net'
import { FrontSocket } from './sockets/front-socket.js'
import type { Peer } from './head/head-turns.js'
import type { FrontState } from './sockets/linger.js'
import { refuse } from './refuse.js'

/** Decides about connections before a byte of them is read. */
export interface Doorkeeper {
  /** The client at the other end, in whose turn the connection is served */
  peerOf(socket: Socket): Peer
  /** The whole raw answer for a client that may not use the proxy, whatever it asks; undefined for all others */
  refusal(socket: Socket): Buffer | undefined
  /** Whether a client must send its request at once, because it is allowed hardly anything */
  isHurried(socket: Socket): boolean
  /** Takes a new connection; false if there is no room for it */
  enter(socket: Socket): boolean
  /** A request on a connection has begun to be answered (1), or has been answered (-1). */
  work(socket: Socket, more: 1 | -1): void
  leave(socket: Socket): void
}

/** Refused clients that get to read why at the same time; further ones are closed without an answer. */
const MOST_REFUSED = 32
/** Time for the head of a request of a client that must send it at once. Milliseconds. */
const HURRIED_MILLISECONDS = 1000

/** The connection itself: Node's types call the stream in front of it a Socket. */
const rawOf = (socket: Socket): Socket => (socket instanceof FrontSocket ? socket.raw : socket)

/** Ends a connection on which nothing is asked in time, unless the timer is cleared. */
const hurry = (socket: Socket): NodeJS.Timeout => setTimeout(() => socket.destroy(), HURRIED_MILLISECONDS)

/**
 * Marks connections on which something is being answered, which are not idle. A CONNECT counts to its end, unless it is
 * refused.
 */
function installWork(server: Server, keeper: Doorkeeper, hurried: WeakMap<Socket, NodeJS.Timeout>): void {
  server.prependListener('request', ({ socket }, answer) => {
    const raw = rawOf(socket)
    keeper.work(raw, 1)
    clearTimeout(hurried.get(raw))
    answer.on('close', () => {
      keeper.work(raw, -1)
      if (hurried.has(raw)) hurried.set(raw, hurry(raw))
    })
  })
  server.prependListener('connect', ({ socket }) => keeper.work(rawOf(socket), 1))
}

export interface EntranceOptions {
  readonly server: Server
  readonly keeper: Doorkeeper
  readonly state: FrontState
  /** Called with each connection */
  readonly arrived: () => void
}

/**
 * Returns a function that registers a new connection and tells whether it may be read from. The inside of a TLS
 * connection is not a new one: it was admitted with its CONNECT.
 */
export function createEntrance({ server, keeper, state, arrived }: EntranceOptions): (socket: Socket) => boolean {
  let refused = 0
  const hurried = new WeakMap<Socket, NodeJS.Timeout>()
  installWork(server, keeper, hurried)

  function turnAway(socket: Socket, answer: Buffer): void {
    if (refused >= MOST_REFUSED) return void socket.destroy()
    refused++
    socket.once('close', () => {
      refused--
    })
    refuse(socket, answer, state)
  }

  function take(socket: Socket): void {
    if (keeper.isHurried(socket)) hurried.set(socket, hurry(socket))
    socket.once('close', () => {
      clearTimeout(hurried.get(socket))
      keeper.leave(socket)
    })
  }

  return socket => {
    if (socket instanceof TLSSocket) return true
    arrived()
    const answer = keeper.refusal(socket)
    if (answer !== undefined) turnAway(socket, answer)
    else if (keeper.enter(socket)) take(socket)
    else socket.destroy()
    return answer === undefined && !socket.destroyed
  }
}

/** After a refused CONNECT the connection is idle again, and may be closed to make room for others. */
export const releaseConnect = (socket: Socket, keeper: Doorkeeper): void => keeper.work(rawOf(socket), -1)
