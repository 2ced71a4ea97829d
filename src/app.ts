import type { IncomingMessage, RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { Readable, type Duplex } from 'node:stream'
import httpProxy from '@fastify/http-proxy'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { beginVisit } from './answers/begin-visit.js'
import { connectAnswer } from './answers/connect.js'
import { createDoorkeeper } from './answers/doorkeeper.js'
import { failureAnswer } from './answers/failure.js'
import { plainFailureAnswer } from './answers/plain-failure.js'
import { compatible } from './answers/compatible.js'
import { realReferer } from './answers/referer.js'
import type { Fetch, OriginResponse, Stages, Visited, VisitRequest } from './answers/visit-state.js'
import type { Config } from './config.js'
import { Failure } from './errors.js'
import { badRequestAnswer, failureFor } from './answers/bad-request.js'
import type { BadRequestReason } from './front/bad-request.js'
import { isAbsolute, locate, standingOf, type OwnNames } from './front/locate.js'
import { fullHeaders, fullTarget } from './front/secure-origin.js'
import { deliver, send } from './front/deliver.js'
import { createFrontServer } from './front/server.js'
import { isSimple } from './front/simple.js'
import { limitUpload } from './front/limit-upload.js'
import { rewriteForm } from './front/rewrite-form.js'
import { plainAddress } from './guard/address.js'
import type { Connections } from './guard/connections.js'
import type { Door } from './origin/door.js'
import { readBody } from './origin/body.js'
import { asFailure } from './origin/failure.js'
import type { Conditions } from './origin/freshness.js'
import { requestHeaders } from './origin/request-headers.js'
import { createTally } from './origin/tally.js'
import { targetKey, type Target } from './origin/target.js'
import { visit } from './visit.js'
import type { Metrics } from './watch/metrics.js'
import type { ClosedLog } from './watch/closed-log.js'
import { newVisitId, placeOf, type ConnectionReport, type VisitReport } from './watch/report.js'

/** All requests are routed here: the router must not touch their addresses, which may hold any byte. */
const ROUTE = '/.visit'

export interface AppOptions {
  readonly config: Config
  readonly stages: Stages
  readonly door: Door
  readonly names: OwnNames
  /** Told after each visit, when its answer is over */
  readonly report: (report: VisitReport) => void
  /** Connections before anything is read from them */
  readonly connections: Connections<Socket>
  /** Told of those that are closed so */
  readonly reportClosed: ClosedLog
  /** Told of what is no visit: CONNECT, and bytes that are no request */
  readonly reportConnection: (report: ConnectionReport) => void
  readonly time: Metrics['time']
  /** What was remembered so far lasts: before that, no client is told that it does */
  readonly written: () => Promise<void>
}

/** The response of http-proxy's onResponse, whose declared type is another. */
interface ProxyResponse { readonly statusCode: number, readonly headers: IncomingMessage['headers'], readonly stream: OriginResponse['body'] }

/** A visit between its request and the response of its origin. */
interface Pending {
  readonly target: Target & Pick<OriginResponse, 'tally'>
  readonly gateway: string
  readonly portal: string
  /** A password for the origin */
  readonly authorization: string | undefined
  /** Header fields of a form that was written anew */
  readonly formHeaders: Readonly<Record<string, string>>
  /** Instead of the client's own */
  readonly conditions: Conditions | undefined
  /** Instead of a browser's */
  readonly userAgent: string | undefined
  resolve (response: OriginResponse): void
  reject (failure: Failure): void
}

/**
 * A client that has ended its side waits for its answer (`nc -N`) or is gone: a browser whose person pressed Stop looks
 * the same until something is written to it. Milliseconds.
 */
const HALF_CLOSED_MILLISECONDS = 4000

/** An abort that comes when the client has gone; `answered` says that what is written shows from now on. */
function departure (raw: IncomingMessage, reply: FastifyReply): { signal: AbortSignal, answered: () => void } {
  const controller = new AbortController()
  const { socket } = raw
  let timer: NodeJS.Timeout | undefined
  const abort = (): void => controller.abort()
  const halfClosed = (): void => { timer ??= setTimeout(abort, HALF_CLOSED_MILLISECONDS) }
  const answered = (): void => {
    clearTimeout(timer)
    socket.off('end', halfClosed)
  }
  socket.once('close', abort)
  socket.once('end', halfClosed)
  if (socket.readableEnded) halfClosed()
  // A connection that is kept has many requests, one after another.
  reply.raw.once('close', () => {
    answered()
    socket.off('close', abort)
    abort()
  })
  return { signal: controller.signal, answered }
}

/** A form for a page of ours comes quickly. Seconds. */
const FORM_SECONDS = 10

async function readOwnForm (body: unknown, maxBytes: number): Promise<Buffer> {
  return body instanceof Readable ? (await readBody(body, { maxBytes, timeoutSeconds: FORM_SECONDS })).bytes : Buffer.alloc(0)
}

/**
 * Fastify assembled: request in, answer out. The story is in visit.ts; its fetch is @fastify/http-proxy's, which goes
 * through the door.
 */
export async function createApp ({ config, stages, door, names, report, reportConnection, connections, reportClosed, time, written }: AppOptions): Promise<FastifyInstance> {
  const keeper = createDoorkeeper(stages, connections, client => reportClosed('refused', client))
  const pendings = new WeakMap<FastifyRequest, Pending>()
  const app = Fastify({
    logger: false,
    // The front answers what cannot be understood; Fastify's own listener would write JSON beside it.
    clientErrorHandler () {},
    rewriteUrl: () => ROUTE,
    serverFactory: handler => createFrontServer({
      handler: handler as RequestListener,
      onConnect: request => connectAnswer(request, stages, reportConnection),
      onBadRequest: (reason, socket) => badRequestAnswer(reason, stages, id => reportConnection({ ...dropped(reason, socket), id })),
      onDropped: (reason, socket) => reportConnection(dropped(reason, socket)),
      keeper,
      limits: { maxHeadBytes: config.maxHeadBytes, headTimeoutSeconds: config.headTimeoutSeconds, keepAliveTimeoutSeconds: config.keepAliveTimeoutSeconds, handshakeSeconds: config.tlsHandshakeSeconds, tunnelIdleSeconds: config.tunnelIdleSeconds, tunnelSeconds: config.tunnelSeconds }
    })
  })

  /** What is told of bytes that become no visit. */
  const dropped = (reason: BadRequestReason | 'broken', socket: Duplex): ConnectionReport =>
    ({ id: newVisitId(), client: plainAddress((socket as Socket).remoteAddress), kind: 'unread', place: '', outcome: reason === 'broken' ? 'INTERNAL' : failureFor(reason), reason, bytesUp: 0, bytesDown: 0, milliseconds: 0 })

  const refused = async (visitRequest: VisitRequest): Promise<Visited> => failureAnswer(beginVisit(visitRequest, stages), undefined, new Failure('METHOD_NOT_ALLOWED', visitRequest.method))

  function asked (request: FastifyRequest, signal: AbortSignal): VisitRequest {
    const raw = request.raw as IncomingMessage
    const clientAddress = plainAddress(raw.socket.remoteAddress)
    return { id: newVisitId(), method: request.method, headers: fullHeaders(raw), simple: isSimple(raw), clientAddress, asProxy: isAbsolute(fullTarget(request.originalUrl, raw)), located: locate(fullTarget(request.originalUrl, raw), raw.headers.host, names), httpVersion: isSimple(raw) ? '0.9' : raw.httpVersion, signal, readBody: maxBytes => readOwnForm(request.body, maxBytes) }
  }

  /** Begins the visit; goes on to the proxy handler only when the visit wants to fetch. */
  function preHandler (request: FastifyRequest, reply: FastifyReply, fetch: () => void): void {
    const raw = request.raw as IncomingMessage
    const { signal, answered } = departure(raw, reply)
    const visitRequest = asked(request, signal)
    const { located } = visitRequest
    const fetchOnce: Fetch = async (client, url, cookies, conditions, userAgent) => {
      const form = await rewriteForm(request.body, raw.headers['content-type'], { maxFormBytes: config.maxFormBytes, take: stages.room.enter(client, signal), rewrite: job => stages.workers.form(job, { client, signal }) })
      request.body = form.body
      return await time('fetch', new Promise((resolve, reject) => {
        const target = { client, url, signal, cookies, fetched: url, attempts: door.attempts(client), tally: createTally() }
        // Who does not know that we are a proxy says our password in this field: it stays here. So does what is said to our own
        // host, where it is meant for one site and would go to all.
        const ours = (stages.access.hasUsers && !visitRequest.asProxy) || standingOf(compatible(located, config.answerFor)) === 'own'
        const authorization = ours ? undefined : raw.headers.authorization
        pendings.set(request, { target, authorization, gateway: located.kind === 'bad' ? '' : located.gateway, portal: located.portal, formHeaders: form.headers, conditions, userAgent, resolve, reject })
        fetch()
      }))
    }
    conclude(request, reply, visitRequest, visit(visitRequest, stages, fetchOnce).then(async visited => {
      await written()
      answered()
      return visited
    }))
  }

  /** Sends what a visit came to, and tells it: what cannot be sent as what went wrong then, if need be by closing. */
  function conclude (request: FastifyRequest, reply: FastifyReply, { id, clientAddress, method, located }: VisitRequest, work: Promise<Visited>): void {
    const started = performance.now()
    const tell = (visited: Visited, bytes: number): void => {
      if (visited.countedFor !== undefined) void stages.quotas.spend(visited.countedFor, bytes)
      report({ id, client: clientAddress, method, ...placeOf(located, request.originalUrl), visited, bytes, milliseconds: performance.now() - started })
    }
    const broken = (error: unknown): Visited => ({ ...plainFailureAnswer(new Failure('INTERNAL', '', error), located.portal, id) })
    const finish = (visited: Visited): void => deliver(reply, visited, bytes => tell(visited, bytes))
    work.then(finish).catch((error: unknown) => finish(broken(error))).catch((error: unknown) => {
      tell(broken(error), 0)
      request.raw.socket.destroy()
    })
  }

  await app.register(async proxy => {
    proxy.removeAllContentTypeParsers()
    // Before the plugin: what it registers takes the parsers that are there by then.
    proxy.addContentTypeParser('*', (_request, payload, done) => done(null, limitUpload(payload, { maxBytes: config.maxUploadBytes, pauseSeconds: config.uploadPauseSeconds })))
    proxy.addHook('onRequest', async request => {
      // Fastify refuses types that are none ("form"); the origin gets what the client wrote.
      if (request.raw.headers['content-type'] !== undefined) request.headers = { 'content-type': 'application/octet-stream' }
    })
    await proxy.register(httpProxy, {
      upstream: '',
      undici: door as never,
      routes: [ROUTE],
      preHandler: preHandler as never,
      proxyPayloads: false,
      disableRequestLogging: true,
      disableCache: true,
      internalRewriteLocationHeader: false,
      replyOptions: {
        getUpstream: () => 'http://origin.invalid',
        // Without this a GET that gets a 503 is sent ten times.
        retryDelay: () => null,
        rewriteRequestHeaders (request) {
          const { target, gateway, portal, formHeaders, authorization, conditions, userAgent } = pendings.get(request as unknown as FastifyRequest)!
          const { headers, method } = request.raw as IncomingMessage
          const referer = realReferer(headers.referer, portal, stages.shortAddresses)
          return { ...requestHeaders({ ...headers, referer, authorization, ...conditions }, method ?? 'GET', target.url, gateway, stages.isOwnHost), ...(userAgent === undefined ? {} : { 'user-agent': userAgent }), ...formHeaders, [targetKey]: target } as never
        },
        onResponse (request, _reply, response) {
          const { target, resolve } = pendings.get(request as unknown as FastifyRequest)!
          const { statusCode, headers, stream } = response as unknown as ProxyResponse
          resolve({ status: statusCode, headers, body: stream, url: target.fetched, attempts: target.attempts, tally: target.tally })
        },
        onError (reply, { error }) {
          pendings.get(reply.request as unknown as FastifyRequest)?.reject(asFailure(error))
        }
      }
    })
  })
  // Methods that http-proxy has no route for.
  app.setNotFoundHandler((request, reply) => {
    const visitRequest = asked(request, AbortSignal.abort())
    conclude(request, reply, visitRequest, refused(visitRequest))
  })
  // What is thrown before there is a visit.
  app.setErrorHandler((error, request, reply) => {
    const id = newVisitId()
    const failure = asFailure(error)
    reportConnection({ ...dropped('broken', request.raw.socket), id, outcome: failure.code })
    send(reply, plainFailureAnswer(failure, `http://${config.name}`, id))
  })
  return app
}
