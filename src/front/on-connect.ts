import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { SecureContext, TLSSocket } from 'node:tls'
import { acceptTls } from './sockets/accept-tls.js'
import type { OnDropped } from './head/bad-request.js'
import type { FrontState } from './sockets/linger.js'
import { refuse } from './refuse.js'
import type { ConnectInfo } from './sockets/secure-origin.js'
import { NO_TUNNEL, tunnel, type TunnelEnd } from './sockets/tunnel.js'

/** What a CONNECT results in. */
export type Connected =
  /** The whole raw answer (status line, header, body) */
  | { readonly kind: 'refused'; readonly answer: Buffer }
  /** TLS ends here; `done` is told once when the handshake is over, with what went wrong if it did. */
  | {
      readonly kind: 'secure'
      readonly info: ConnectInfo
      readonly context: SecureContext
      readonly done: (error?: Error) => void
    }
  /** Bytes go to the site; `done` is told once at the end. */
  | { readonly kind: 'tunnel'; readonly site: Duplex; readonly done: (end: TunnelEnd) => void }

export type OnConnect = (request: IncomingMessage) => Connected | Promise<Connected>

/** Netscape 2 and later wait for this status line; RFC 9110 section 9.3.6 allows neither length nor body. */
const ESTABLISHED = 'HTTP/1.0 200 Connection established\r\n\r\n'

interface ConnectOptions {
  readonly state: FrontState
  readonly onDropped: OnDropped
  /** Called when a CONNECT is refused */
  readonly onRefused: (socket: Socket) => void
}

/** A connection that has asked for CONNECT. */
interface Connecting {
  readonly server: Server
  readonly socket: Socket
}

function begin(connected: Connected, { server, socket }: Connecting, { state, onRefused }: ConnectOptions): void {
  const { limits } = state
  if (connected.kind === 'refused') {
    onRefused(socket)
    return refuse(socket, connected.answer, state)
  }
  // The client may have gone while the decision was made.
  if (socket.destroyed) {
    if (connected.kind === 'secure') return connected.done(new Error('the client went away'))
    connected.site.destroy()
    return connected.done(NO_TUNNEL)
  }
  socket.write(ESTABLISHED)
  if (connected.kind === 'tunnel') {
    return tunnel(
      { client: socket, site: connected.site },
      { idleSeconds: limits.tunnelIdleSeconds, mostSeconds: limits.tunnelSeconds },
      connected.done
    )
  }
  const { done } = connected
  acceptTls(socket, {
    ...connected,
    seconds: limits.handshakeSeconds,
    onSecure(secured: TLSSocket) {
      state.idle.delete(socket)
      done()
      // From here on it is a connection like any other, whose first bytes the front reads.
      server.emit('connection', secured)
    },
    onFailed: done
  })
}

/** Answers CONNECT with tunnels or TLS. When the server closes, tunnels and handshakes end at once. */
export function installConnect(server: Server, onConnect: OnConnect, options: ConnectOptions): void {
  const { state } = options
  server.on('connect', (request: IncomingMessage, _socket: Duplex, head: Buffer) => {
    const { socket } = request
    socket.on('error', () => {})
    if (head.length > 0) socket.unshift(head)
    state.idle.add(socket)
    void Promise.resolve(onConnect(request))
      .then(connected => begin(connected, { server, socket }, options))
      .catch(() => {
        options.onDropped('broken', socket)
        socket.destroy()
      })
  })
}
