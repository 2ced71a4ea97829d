import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { networkMatcher } from '../guard/address.js'
import { reasonOf, type BadRequestReason, type OnDropped } from './head/bad-request.js'
import { installFront } from './sockets/connection.js'
import { cutClientFields } from './head/cut-client-fields.js'
import { createEntrance, releaseConnect, type Doorkeeper } from './entrance.js'
import { createHeadTurns } from './head/head-turns.js'
import { defaultFrontLimits, type FrontLimits } from './limits.js'
import type { FrontState } from './sockets/linger.js'
import { installConnect, type OnConnect } from './on-connect.js'
import { refuse } from './refuse.js'
import { FrontResponse } from './response.js'

export interface FrontServerOptions {
  /** Answers a request; if it fails before an answer began, the connection is closed. */
  handler: (request: IncomingMessage, answer: ServerResponse) => void | Promise<void>
  onConnect: OnConnect
  /** The whole raw answer to a request that cannot be understood. */
  onBadRequest: (reason: BadRequestReason, socket: Duplex) => Buffer
  onDropped: OnDropped
  limits?: Partial<FrontLimits>
  /** If it is not given, nobody is turned away. */
  keeper?: Doorkeeper
  /** Addresses and networks of balancers, whose connections begin with a header that names the client */
  balancers?: readonly string[]
}

const EVERYBODY: Doorkeeper = {
  peerOf: ({ remoteAddress = '' }) => ({ address: remoteAddress, isKnown: true }),
  refusal: () => undefined,
  isHurried: () => false,
  enter: () => true,
  work() {},
  leave() {}
}

/** A socket carries the answer to its request under this symbol, for the reason that passage.ts gives. */
const answerKey: unique symbol = Symbol('answer')

type AnsweredSocket = Duplex & { [answerKey]?: ServerResponse | undefined }

/**
 * Until it is finished: an idle connection that is kept must not hold the page or the upload that its last request was.
 * What is finished is with the kernel; until then a server that closes must not close the connection.
 */
function holdAnswer({ socket }: { socket: AnsweredSocket & Socket }, answer: ServerResponse, idle: Set<Duplex>): void {
  idle.delete(socket)
  socket[answerKey] = answer
  answer.on('finish', () => {
    if (socket[answerKey] !== answer) return
    socket[answerKey] = undefined
    if (!socket.destroyed) idle.add(socket)
  })
}

/** An http server that understands the requests of old browsers. */
export function createFrontServer({
  handler,
  onConnect,
  onBadRequest,
  onDropped,
  limits,
  keeper = EVERYBODY,
  balancers = []
}: FrontServerOptions): http.Server {
  const turns = createHeadTurns()
  const turn: FrontState['turn'] = (socket, begin) => turns.wait(keeper.peerOf(socket), begin)
  const handle = (request: IncomingMessage, answer: ServerResponse): void => {
    const broken = (): void => {
      onDropped('broken', request.socket)
      request.socket.destroy()
    }
    try {
      const handling = handler(request, answer)
      if (handling instanceof Promise) handling.catch(broken)
    } catch {
      broken()
    }
  }
  const state: FrontState = {
    limits: { ...defaultFrontLimits, ...limits },
    turn,
    isFree: turns.isFree,
    idle: new Set()
  }
  /** Answers behind whose requests there is noise */
  const noisy = new WeakSet<ServerResponse>()
  const server = http.createServer(serverOptions(state.limits), handle)
  server.timeout = state.limits.idleTimeoutSeconds * 1000
  // A client may end its side after its request and still wait for the answer (RFC 9112 section 9.6, `nc -N`).
  Object.assign(server, { httpAllowHalfOpen: true })
  server.prependListener('request', (request, answer) => {
    cutClientFields(request)
    holdAnswer(request, answer, state.idle)
  })
  server.on('connect', cutClientFields)
  const mayEnter = createEntrance({ server, keeper, state, arrived: turns.arrived })
  installConnect(server, onConnect, { state, onDropped, onRefused: socket => releaseConnect(socket, keeper) })
  server.on('clientError', (error, socket: AnsweredSocket) => {
    const answer = socket[answerKey]
    if (socket.destroyed || socket.writableEnded) return // The socket is lingering: further bytes are not even parsed
    if (!socket.writable) socket.destroy()
    else if (!answer || answer.closed) refuse(socket, onBadRequest(reasonOf(error), socket), state)
    else if (answer.req.complete) {
      // Node's parser refuses whatever comes from now on, packet for packet: once is enough.
      if (noisy.has(answer)) return
      noisy.add(answer)
      onDropped(reasonOf(error), socket)
      closeAfter(answer)
    } else if (answer.headersSent) socket.destroy()
    else refuse(socket, onBadRequest(reasonOf(error), socket), state)
  })
  installFront(server, { state, mayEnter, onBadRequest, onDropped, isBalancer: networkMatcher(balancers) })
  return server
}

/** Noise after a whole request must not break its answer; only the next request is lost. */
function closeAfter(answer: ServerResponse): void {
  const { socket } = answer.req
  answer.once('close', () => socket.destroySoon())
}

function serverOptions(limits: Readonly<FrontLimits>): http.ServerOptions {
  const requestTimeout = limits.requestTimeoutSeconds * 1000
  return {
    ServerResponse: FrontResponse as typeof ServerResponse,
    requireHostHeader: false, // no browser before 1996 sends one
    maxHeaderSize: limits.maxHeadBytes * 3 + 1024, // the front's limit is the one that counts; %XX makes three of one
    keepAliveTimeout: limits.keepAliveTimeoutSeconds * 1000,
    requestTimeout,
    headersTimeout: requestTimeout, // the front hands on whole heads only
    connectionsCheckingInterval: Math.min(30_000, requestTimeout / 4)
  }
}
