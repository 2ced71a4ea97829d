import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Readable, type Duplex } from 'node:stream'
import httpProxy from '@fastify/http-proxy'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { beginVisit } from './request/begin-visit.js'
import { connectAnswer } from './answers/connect.js'
import { createDoorkeeper } from './answers/doorkeeper.js'
import { enterVisit } from './answers/entry.js'
import { failureAnswer } from './answers/failure.js'
import { plainFailureAnswer } from './answers/plain-failure.js'
import { compatible } from './request/compatible.js'
import { realReferer } from './request/referer.js'
import type { Fetch, Services, Visited, VisitRequest } from './request/visit-state.js'
import type { WholeAnswer } from './front/answer.js'
import type { Config } from './config/config.js'
import { Failure } from './failures.js'
import { badRequestAnswer, failureFor } from './answers/malformed.js'
import type { BadRequestReason } from './front/head/bad-request.js'
import { isAbsolute, locate, hostContextOf, type PortalNames } from './front/locate.js'
import { fullHeaders, fullTarget } from './front/sockets/secure-origin.js'
import { departure } from './front/departure.js'
import { answerAtOnce, deliver, send } from './front/deliver.js'
import { createHttpProxyAdapter } from './front/http-proxy-adapter.js'
import { createFrontServer } from './front/server.js'
import { isSimple } from './front/head/simple.js'
import { limitUpload } from './front/limit-upload.js'
import { rewriteForm } from './front/forms/rewrite-form.js'
import { plainAddress } from './guard/address.js'
import type { Connections } from './guard/connections.js'
import type { Door } from './origin/door.js'
import { readBody } from './origin/body/body.js'
import { asFailure } from './origin/connect/failure.js'
import { requestHeaders } from './origin/headers/request-headers.js'
import { visit } from './visit.js'
import type { Metrics } from './watch/metrics.js'
import type { ClosedLog } from './watch/closed-log.js'
import { newVisitId, placeOf, type ConnectionReport, type VisitReport } from './watch/report.js'

/** All requests are routed here: the router must not touch their addresses, which may hold any byte. */
const ROUTE = '/.visit'

export interface AppOptions {
  readonly config: Config
  readonly services: Services
  readonly door: Door
  readonly names: PortalNames
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

/** A request whose visit may be begun. */
interface Entered {
  readonly visitRequest: VisitRequest
  /** Says that what is written shows from now on whether the client has gone */
  readonly answered: () => void
  readonly started: number
}

/** A form for a page of ours comes quickly. Seconds. */
const FORM_SECONDS = 10

async function readPortalForm(body: unknown, maxBytes: number): Promise<Buffer> {
  return body instanceof Readable
    ? (await readBody(body, { maxBytes, timeoutSeconds: FORM_SECONDS })).bytes
    : Buffer.alloc(0)
}

/**
 * Fastify assembled: request in, answer out. The story is in visit.ts; its fetch is @fastify/http-proxy's, which goes
 * through the door.
 */
export async function createApp({
  config,
  services,
  door,
  names,
  report,
  reportConnection,
  connections,
  reportClosed,
  time,
  written
}: AppOptions): Promise<FastifyInstance> {
  const keeper = createDoorkeeper(services, connections, client => reportClosed('refused', client))
  const entered = new WeakMap<IncomingMessage, Entered>()
  const httpProxyAdapter = createHttpProxyAdapter()
  const app = Fastify({
    logger: false,
    // The front answers what cannot be understood; Fastify's own listener would write JSON beside it.
    clientErrorHandler() {},
    rewriteUrl: () => ROUTE,
    serverFactory: handler =>
      createFrontServer({
        handler: (raw, answer) =>
          void enter(raw, answer, handler).catch((error: unknown) => {
            const page = broken(error, raw.socket)
            if (answer.headersSent) raw.socket.destroy()
            else answerAtOnce(answer, page)
          }),
        onConnect: request => connectAnswer(request, services, reportConnection),
        onBadRequest: (reason, socket) =>
          badRequestAnswer(reason, services, id => reportConnection({ ...dropped(reason, socket), id })),
        onDropped: (reason, socket) => reportConnection(dropped(reason, socket)),
        keeper,
        limits: {
          maxHeadBytes: config.maxHeadBytes,
          headTimeoutSeconds: config.headTimeoutSeconds,
          keepAliveTimeoutSeconds: config.keepAliveTimeoutSeconds,
          handshakeSeconds: config.tlsHandshakeSeconds,
          tunnelIdleSeconds: config.tunnelIdleSeconds,
          tunnelSeconds: config.tunnelSeconds
        }
      })
  })

  /** What is told of bytes that become no visit. */
  const dropped = (reason: BadRequestReason | 'broken', socket: Duplex): ConnectionReport => ({
    id: newVisitId(),
    client: plainAddress((socket as Socket).remoteAddress),
    kind: 'malformed',
    place: '',
    outcome: reason === 'broken' ? 'INTERNAL' : failureFor(reason),
    reason,
    bytesUp: 0,
    bytesDown: 0,
    milliseconds: 0
  })

  /** The page of what is thrown before there is a visit. */
  function broken(error: unknown, socket: Duplex): WholeAnswer {
    const id = newVisitId()
    const failure = asFailure(error)
    reportConnection({ ...dropped('broken', socket), id, outcome: failure.code })
    return plainFailureAnswer(failure, `http://${config.name}`, id)
  }

  const notAllowed = async (visitRequest: VisitRequest): Promise<Visited> =>
    failureAnswer(beginVisit(visitRequest, services), undefined, new Failure('METHOD_NOT_ALLOWED', visitRequest.method))

  function asked(raw: IncomingMessage, signal: AbortSignal): VisitRequest {
    const target = fullTarget(raw.url ?? '', raw)
    return {
      id: newVisitId(),
      method: raw.method ?? '',
      headers: fullHeaders(raw),
      simple: isSimple(raw),
      clientAddress: plainAddress(raw.socket.remoteAddress),
      asProxy: isAbsolute(target),
      located: locate(target, raw.headers.host, names),
      httpVersion: isSimple(raw) ? '0.9' : raw.httpVersion,
      signal,
      readBody: async () => Buffer.alloc(0)
    }
  }

  /** Who may have a visit goes on to Fastify; all others have their answer here, for a fraction of what that takes. */
  async function enter(raw: IncomingMessage, answer: ServerResponse, goOn: RequestListener): Promise<void> {
    const started = performance.now()
    const { signal, answered } = departure(raw, answer)
    const visitRequest = asked(raw, signal)
    const entry = await enterVisit(visitRequest, services)
    if ('request' in entry) {
      entered.set(raw, { visitRequest: entry.request, answered, started })
      return void goOn(raw, answer)
    }
    answered()
    answerAtOnce(answer, entry.refused)
    reportVisit({ visitRequest, answered, started }, raw.url ?? '', entry.refused, entry.refused.body.length)
  }

  /** Begins the visit; goes on to the proxy handler only when the visit wants to fetch. */
  function preHandler(request: FastifyRequest, reply: FastifyReply, fetch: () => void): void {
    const raw = request.raw
    const one = entered.get(raw)!
    const { answered } = one
    const visitRequest = { ...one.visitRequest, readBody: (maxBytes: number) => readPortalForm(request.body, maxBytes) }
    const { located, signal } = visitRequest
    const fetchOnce: Fetch = async (client, url, cookies, conditions, userAgent) => {
      const form = await rewriteForm(request.body, raw.headers['content-type'], {
        maxFormBytes: config.maxFormBytes,
        reserve: services.memoryBudget.forVisit(client, signal),
        rewrite: job => services.workers.form(job, { client, signal })
      })
      request.body = form.body
      // Who does not know that we are a proxy says our password in this field: it stays here. So does what is said
      // to our own host, where it is meant for one site and would go to all.
      const ours =
        (services.access.hasUsers && !visitRequest.asProxy) ||
        hostContextOf(compatible(located, config.answerFor)) === 'portal'
      const authorization = ours ? undefined : raw.headers.authorization
      const referer = realReferer(raw.headers.referer, located.portal, services.shortAddresses)
      const headers = {
        ...requestHeaders(
          { ...raw.headers, referer, authorization, ...conditions },
          raw.method ?? 'GET',
          url,
          located.kind === 'bad' ? '' : located.gateway,
          services.isOwnHost
        ),
        ...(userAgent === undefined ? {} : { 'user-agent': userAgent }),
        ...form.headers
      }
      return await time(
        'fetch',
        httpProxyAdapter.forward({
          request,
          headers,
          signal,
          goOn: fetch,
          send: forwarded => door.fetch({ ...forwarded, url, signal, client, cookies })
        })
      )
    }
    conclude(
      request,
      reply,
      one,
      visit(visitRequest, services, fetchOnce).then(async visited => {
        await written()
        answered()
        return visited
      })
    )
  }

  function reportVisit(
    { visitRequest: { id, clientAddress, method, located }, started }: Entered,
    target: string,
    visited: Visited,
    bytes: number
  ): void {
    if (visited.quotaKey !== undefined) void services.quotas.spend(visited.quotaKey, bytes)
    report({
      id,
      client: clientAddress,
      method,
      ...placeOf(located, target),
      visited,
      bytes,
      milliseconds: performance.now() - started
    })
  }

  /** Sends what a visit came to, and tells it: what cannot be sent as what went wrong then, if need be by closing. */
  function conclude(request: FastifyRequest, reply: FastifyReply, one: Entered, work: Promise<Visited>): void {
    const { id, located } = one.visitRequest
    const failed = (error: unknown): Visited => ({
      ...plainFailureAnswer(new Failure('INTERNAL', '', error), located.portal, id)
    })
    const finish = (visited: Visited): void =>
      deliver(reply, visited, bytes => reportVisit(one, request.originalUrl, visited, bytes))
    work
      .then(finish)
      .catch((error: unknown) => finish(failed(error)))
      .catch((error: unknown) => {
        reportVisit(one, request.originalUrl, failed(error), 0)
        request.raw.socket.destroy()
      })
  }

  await app.register(async proxy => {
    proxy.removeAllContentTypeParsers()
    // Before the plugin: what it registers takes the parsers that are there by then.
    proxy.addContentTypeParser('*', (_request, payload, done) =>
      done(null, limitUpload(payload, { maxBytes: config.maxUploadBytes, pauseSeconds: config.uploadPauseSeconds }))
    )
    proxy.addHook('onRequest', async request => {
      // Fastify refuses types that are none ("form"); the origin gets what the client wrote.
      if (request.raw.headers['content-type'] !== undefined)
        request.headers = { 'content-type': 'application/octet-stream' }
    })
    await proxy.register(httpProxy, {
      ...httpProxyAdapter.options,
      routes: [ROUTE],
      preHandler,
      proxyPayloads: false,
      disableRequestLogging: true,
      disableCache: true,
      internalRewriteLocationHeader: false
    })
  })
  // Methods that http-proxy has no route for.
  app.setNotFoundHandler((request, reply) => {
    const one = entered.get(request.raw)!
    conclude(request, reply, one, notAllowed(one.visitRequest))
  })
  // What is thrown before there is a visit.
  app.setErrorHandler((error, request, reply) => send(reply, broken(error, request.raw.socket)))
  return app
}
