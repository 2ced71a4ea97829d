import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { BadRequest, type BadRequestReason, type OnDropped } from '../head/bad-request.js'
import { FrontReader, readerOf } from './front-reader.js'
import { FrontSocket } from './front-socket.js'
import type { FrontState } from './linger.js'
import { peek, type Peeked } from './peek.js'
import { readProxied } from './proxied.js'
import { refuse } from '../refuse.js'
import { connectInfoOf } from './secure-origin.js'

export interface FrontOptions {
  state: FrontState
  /** Whether a new connection may be read from; one that may not has been dealt with already. */
  mayEnter: (socket: Socket) => boolean
  /** The whole raw answer to a first request that cannot be understood. */
  onBadRequest: (reason: BadRequestReason, socket: Duplex) => Buffer
  onDropped: OnDropped
  /** Whether an address is that of a balancer, whose connections begin with a header that names the client */
  isBalancer: (address: string) => boolean
}

type ConnectionListener = (this: Server, socket: Socket) => void

/**
 * Puts the front before an http server, whose 'connection' listeners then get what they can understand. Node reads the
 * socket itself only for a strict request that is the last of its connection and has no body. A kept HTTP/1.1
 * connection is always read by the front: Internet Explorer 4 to 6 sends queries as raw 8-bit bytes, and may do so for
 * the first time in its second request. A stream stands between the two only for HTTP/0.9, whose answers have no head,
 * and for CONNECT.
 */
export function installFront(
  server: Server,
  { state, mayEnter, onBadRequest, onDropped, isBalancer }: FrontOptions
): void {
  const listeners = server.listeners('connection') as ConnectionListener[]
  const hand = (socket: Socket) => {
    socket.once('close', () => state.idle.delete(socket))
    listeners.forEach(listener => listener.call(server, socket))
  }
  const onProblem = (reason: BadRequestReason, socket: Socket) => {
    if (!server.emit('clientError', new BadRequest(reason), socket)) socket.destroy()
  }
  const read = (socket: Socket, { requests, first }: Extract<Peeked, { kind: 'loose' }>): void => {
    const stand = (first: readonly Buffer[]): void => {
      state.idle.delete(socket)
      hand(new FrontSocket({ raw: socket, state, requests, first }) as unknown as Socket)
    }
    if (requests.head?.simple === true || requests.connectHead !== undefined) stand(first)
    else new FrontReader({ socket, requests, first, state, hand, onProblem, onConnect: stand })
  }
  const onPeeked = (socket: Socket, peeked: Peeked) => {
    if (peeked.kind === 'tls') {
      onDropped('tls-without-connect', socket)
      return void socket.destroy()
    }
    if (peeked.kind === 'bad') return void refuse(socket, onBadRequest(peeked.reason, socket), state)
    if (peeked.kind === 'loose') return void read(socket, peeked)
    socket.unshift(peeked.bytes)
    hand(socket)
  }
  server.removeAllListeners('connection')
  const begin = (socket: Socket): void => {
    if (mayEnter(socket)) peek(socket, state, peeked => onPeeked(socket, peeked))
  }
  server.on('connection', (socket: Socket) => {
    if (connectInfoOf(socket) === undefined && isBalancer(socket.remoteAddress ?? ''))
      readProxied(socket, { state, onDropped, onRead: begin })
    else begin(socket)
  })
  installClosing(server, state)
}

/**
 * A closing server waits for all its sockets, but Node does not know those that the front still holds. For Node a
 * socket is idle from the call that ends its answer, however much of that is still to be sent: a client at a modem, or
 * one that has sent its next request, would lose it. So it is not asked which are.
 */
function installClosing(server: Server, { idle }: FrontState): void {
  const closeAllConnections = server.closeAllConnections.bind(server)
  server.closeIdleConnections = () => {
    for (const socket of idle) if (readerOf(socket)?.hasMore !== true) socket.destroy()
  }
  server.closeAllConnections = () => {
    idle.forEach(socket => socket.destroy())
    closeAllConnections()
  }
}
