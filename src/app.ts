import { whenHere } from './async/soon.js'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import httpProxy from '@fastify/http-proxy'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { connectAnswer } from './answers/connect/connect.js'
import { createDoorkeeper } from './answers/entry/doorkeeper.js'
import { arrivedOf, readPortalForm } from './answers/entry/arrived.js'
import { enterVisit, type Entry } from './answers/entry/entry.js'
import { createImagesAhead } from './answers/image/images-ahead.js'
import { malformedAnswer, malformedReport } from './answers/malformed.js'
import { plainFailureAnswer } from './answers/plain-failure.js'
import { createTurnEnd } from './async/turn-end.js'
import type { Config } from './config/config.js'
import { Failure } from './failures.js'
import { fetchFor } from './forwarding.js'
import { clientAddressOf } from './front/client-address.js'
import type { WholeAnswer } from './front/answer.js'
import { answerAtOnce, deliver, isAtOnce, type Delivered, type Receiver } from './front/deliver.js'
import { departure, type Departure } from './front/departure.js'
import { createHttpProxyAdapter, type HttpProxyAdapter } from './front/http-proxy-adapter.js'
import { limitUpload } from './front/limit-upload.js'
import { bodyOf, isBare, Passage, passageOf } from './front/passage.js'
import { frontLimits } from './front/limits.js'
import { createFrontServer, type FrontServerOptions } from './front/server.js'
import type { Connections } from './guard/connections.js'
import { asFailure } from './origin/connect/failure.js'
import type { Door } from './origin/door.js'
import type { Services } from './request/services.js'
import type { Visited, VisitRequest } from './request/visit-state.js'
import type { Store } from './store/store.js'
import { METHODS, sendable, visit } from './visit.js'
import type { Metrics } from './watch/metrics.js'
import { factsOf, newVisitId } from './watch/report.js'
import type { Watch } from './watch/watch.js'
import { whenLong } from './watch/when-long.js'
import type { Workers } from './workers/pool.js'

/** All requests are routed here: the router must not touch their addresses, which may hold any byte. */
const ROUTE = '/.visit'

/** The server, ready to listen. */
export type App = FastifyInstance

export interface AppParts {
  readonly services: () => Services
  readonly door: Pick<Door, 'fetch'>
  readonly workers: Pick<Workers, 'ready' | 'form'>
  /** Connections before anything is read from them */
  readonly connections: Connections<Socket>
  readonly watch: Watch
  readonly metrics: Pick<Metrics, 'time' | 'cached'>
  /** What was remembered so far lasts: before that, no client is told that it does */
  readonly store: Pick<Store, 'written'>
}

/** A request whose visit may be begun. */
interface Entered {
  readonly request: VisitRequest
  readonly answer: ServerResponse
  /** As it came */
  readonly target: string
  /** By the rules of the time when it came */
  readonly services: Services
  /** Whether its client still waits */
  readonly departure: Departure
  readonly started: number
}

/** What the front does with connections, beside requests. */
const frontOptions = (
  config: Config,
  { services, connections, watch }: AppParts
): Omit<FrontServerOptions, 'handler'> => ({
  onConnect: request => connectAnswer({ request, services: services(), report: watch.connection }),
  onBadRequest(reason, socket) {
    const id = newVisitId()
    watch.connection(malformedReport(reason, clientAddressOf(socket), id))
    return malformedAnswer(reason, id, services())
  },
  onDropped: (reason, socket) => watch.connection(malformedReport(reason, clientAddressOf(socket))),
  balancers: config.proxyProtocolFrom,
  keeper: createDoorkeeper({ services, connections, onRefused: client => watch.closed('refused', client) }),
  limits: frontLimits(config)
})

/** What was sent for a visit, and what became of it on its way. */
interface Sent extends Delivered {
  readonly visited: Visited
}

/** Tells what came of a visit. */
function report({ request, target, started }: Entered, { visited, bytes, left }: Sent, { watch }: AppParts): void {
  const { id, client, user, method, host, path, query } = factsOf(request, target)
  const milliseconds = performance.now() - started
  watch.visit({ id, client, user, method, host, path, query, visited, bytes, left, milliseconds })
}

/** Who may not have a visit has an answer here, for a fraction of what one takes. */
function refuse(one: Entered, refused: Visited & WholeAnswer, parts: AppParts): void {
  one.departure.answered()
  answerAtOnce(one.answer, refused)
  report(one, { visited: refused, bytes: refused.body.length, left: false }, parts)
}

interface Concluding extends Pick<Receiver, 'reply'> {
  readonly one: Entered
  readonly parts: AppParts
}

/** Sends what a visit came to, and tells it: what cannot be sent, as what went wrong then. */
function conclude({ reply, one, parts }: Concluding, visited: Visited): void {
  const { id, located } = one.request
  const over = whenLong(visited, length => parts.watch.begun({ ...factsOf(one.request, one.target), length }))
  deliver<Visited>(
    { raw: one.answer, reply },
    {
      answer: visited,
      instead: error => plainFailureAnswer(new Failure('INTERNAL', '', error), located.portal, id),
      done(sent, delivered) {
        over()
        report(one, { visited: sent, bytes: delivered.bytes, left: delivered.left }, parts)
      }
    }
  )
}

/** The one route, which is http-proxy's: `begin` says when a request goes on to it. */
const proxyRoute =
  (config: Config, adapter: HttpProxyAdapter, begin: Begin) =>
  async (proxy: FastifyInstance): Promise<void> => {
    proxy.removeAllContentTypeParsers()
    // Before the plugin: what it registers takes the parsers that are there by then.
    proxy.addContentTypeParser('*', (_request, payload, done) =>
      done(null, limitUpload(payload, { maxBytes: config.maxUploadBytes, pauseSeconds: config.uploadPauseSeconds }))
    )
    proxy.addHook('onRequest', (request, _reply, done) => {
      // Fastify refuses types that are none ("form"); the origin gets what the client wrote.
      if (request.raw.headers['content-type'] !== undefined)
        request.headers = { 'content-type': 'application/octet-stream' }
      done()
    })
    await proxy.register(httpProxy, {
      ...adapter.options,
      routes: [ROUTE],
      httpMethods: [...METHODS],
      preHandler: begin,
      // As its own, but without what it returns: for a reply Fastify listens in nine ways whether it has ended.
      handler: (...[, reply, dest, options]) => void reply.from(dest, options),
      proxyPayloads: false,
      disableRequestLogging: true,
      cacheURLs: 1,
      internalRewriteLocationHeader: false
    })
  }

/** There are no schemas here: without this Fastify loads their two compilers, which takes a tenth of a start. */
const noCompiler = () => (): never => {
  throw new Error('routes have no schemas')
}

type Begin = (request: FastifyRequest, reply: FastifyReply, goOn: () => void) => void

/**
 * Has the visits that requests are; they go on to Fastify only when they want to fetch, or to send a stream. Answers that
 * came in one turn of the event loop are sent one after another at its end: to write to a client that has fallen asleep
 * between two of them takes the kernel half as long again, of which all of a small answer is two fifths (measured).
 */
function createVisits(config: Config, parts: AppParts, adapter: HttpProxyAdapter) {
  const ahead = createImagesAhead({
    most: config.imagesAhead,
    names: () => parts.services().addresses.names(),
    visit: request => visit(request, parts.services(), parts.door.fetch),
    count: parts.metrics.cached
  })
  const turnEnd = createTurnEnd()
  return async (raw: IncomingMessage, passage: Passage<Entered>): Promise<void> => {
    const { one } = passage
    const body = isBare(raw) ? undefined : await bodyOf(passage)
    const asked =
      body === undefined
        ? one.request
        : { ...one.request, readBody: (maxBytes: number) => readPortalForm(body, maxBytes) }
    const fetch = fetchFor(passage, one, { config, parts, adapter })
    const made = ahead.take(asked)
    const coming = (made && (await made)) ?? visit(asked, one.services, fetch)
    const came = coming instanceof Promise ? await coming : coming
    const written = parts.store.written()
    if (written !== undefined) await written
    if (isAtOnce(came)) await turnEnd()
    const visited = sendable(came, one.request)
    one.departure.answered()
    const reply = isAtOnce(visited) ? undefined : (await passage.enter()).reply
    conclude({ reply, one, parts }, visited)
    ahead.begin(one.request, visited)
  }
}

/** Fastify assembled: the story is in visit.ts; its fetch is @fastify/http-proxy's, which goes through the door. */
export async function createApp(config: Config, parts: AppParts): Promise<App> {
  const adapter = createHttpProxyAdapter()
  const haveVisit = createVisits(config, parts, adapter)
  let isClosing = false

  /** Fails when what is not foreseen happens. */
  function letIn(raw: IncomingMessage, answer: ServerResponse, goOn: () => void): Promise<void> | void {
    // Nothing more comes over a connection that is still open then.
    if (isClosing) answer.shouldKeepAlive = false
    const started = performance.now()
    const leaving = departure(raw, answer)
    const services = parts.services()
    const goIn = ({ request, refused }: Entry): Promise<void> | void => {
      const one = { request, answer, target: raw.url ?? '', services, departure: leaving, started }
      if (refused !== undefined) refuse(one, refused, parts)
      else return haveVisit(raw, new Passage(raw, one, goOn))
    }
    const entry = enterVisit(arrivedOf(raw, leaving.signal), services)
    return whenHere(entry, goIn)
  }

  const app = Fastify({
    logger: false,
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    // The front answers what cannot be understood; Fastify's own listener would write JSON beside it.
    clientErrorHandler() {},
    // A visit that is under way when it closes may go on to it after that, and ends as if it did not.
    return503OnClosing: false,
    rewriteUrl: () => ROUTE,
    serverFactory: handler =>
      createFrontServer({
        ...frontOptions(config, parts),
        handler: (raw, answer) => letIn(raw, answer, () => handler(raw, answer))
      })
  })
  app.addHook('preClose', async () => {
    isClosing = true
  })
  const arrived: Begin = (request, reply, goOn) => passageOf<Entered>(request).arrived({ request, reply, goOn })
  await app.register(proxyRoute(config, adapter, arrived))
  // Methods that http-proxy has no route for: their visit says so, and never goes on.
  app.setNotFoundHandler((request, reply) => arrived(request, reply, () => {}))
  // What http-proxy throws its visit is told; there is none yet where Fastify does.
  app.setErrorHandler((error, request, reply) => {
    if (adapter.reject(request, error)) return
    const { one } = passageOf<Entered>(request)
    conclude({ reply, one, parts }, plainFailureAnswer(asFailure(error), one.request.located.portal, one.request.id))
  })
  return app
}
