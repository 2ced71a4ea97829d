import type { Server } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { Socket } from 'node:net'
import { FrontSocket } from './sockets/front-socket.js'
import type { Peer } from './head/head-turns.js'
import type { FrontState } from './sockets/linger.js'
import { refuse } from './refuse.js'

/** Who judges connections before a byte of them is read. */
export interface Doorkeeper {
  /** Who is at the other end of a connection, for whom it waits for its turn */
  peerOf(socket: Socket): Peer
  /** The whole raw answer for a client that may not use the proxy, whatever it asks; undefined for all others */
  refusal(socket: Socket): Buffer | undefined
  /** Whether a client must ask at once: hardly anything is open to it */
  isHurried(socket: Socket): boolean
  /** Takes a new connection; false if there is no room for it */
  enter(socket: Socket): boolean
  /** One more request is answered on a connection, or one less. */
  work(socket: Socket, more: 1 | -1): void
  leave(socket: Socket): void
}

/** Those who are refused get to read why, so many at a time; further ones are closed without a word. */
const MOST_REFUSED = 32
/** Time for the head of a request of those who must ask at once. Milliseconds. */
const HURRIED_MILLISECONDS = 1000

/** The connection itself: Node's server calls what stands before it a Socket. */
const rawOf = (socket: Socket): Socket => (socket instanceof FrontSocket ? socket.raw : socket)

/** Ends a connection on which nothing has been asked for a while, until the timer is cleared. */
const hurry = (socket: Socket): NodeJS.Timeout => setTimeout(() => socket.destroy(), HURRIED_MILLISECONDS)

/**
 * Marks connections on which something is answered: they are not idle. A CONNECT lasts to the end, unless it is
 * refused.
 */
function installWork(server: Server, keeper: Doorkeeper, hurried: WeakMap<Socket, NodeJS.Timeout>): void {
  server.prependListener('request', ({ socket }, answer) => {
    const raw = rawOf(socket)
    keeper.work(raw, 1)
    clearTimeout(hurried.get(raw))
    answer.once('close', () => {
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
  /** Told of each connection */
  readonly arrived: () => void
}

/**
 * A function that tells whether a new connection may be read from, and says that there was one. What comes out of TLS
 * is no new one: it was let in with its CONNECT.
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

/** A CONNECT that led to nothing: its connection is idle again, and may be closed for others. */
export const releaseConnect = (socket: Socket, keeper: Doorkeeper): void => keeper.work(rawOf(socket), -1)
