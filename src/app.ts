import type { IncomingMessage, RequestListener } from 'node:http'
import httpProxy from '@fastify/http-proxy'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { connectAnswer } from './answers/connect.js'
import type { OriginResponse, Stages, Visited } from './answers/visit-state.js'
import type { Config } from './config.js'
import { Failure } from './errors.js'
import { badRequestAnswer } from './answers/bad-request.js'
import { locate, type OwnNames } from './front/locate.js'
import { createFrontServer } from './front/server.js'
import { isSimple } from './front/simple.js'
import { limitUpload } from './front/limit-upload.js'
import type { Door } from './origin/door.js'
import { asFailure } from './origin/failure.js'
import { requestHeaders } from './origin/request-headers.js'
import { targetKey, type Target } from './origin/target.js'
import { visit } from './visit.js'

/** All requests are routed here: the router must not touch their addresses, which may hold any byte. */
const ROUTE = '/.visit'

export interface AppOptions {
  readonly config: Config
  readonly stages: Stages
  readonly door: Door
  readonly names: OwnNames
  /** Told after each visit */
  readonly log: (request: { method: string, address: string, client: string }, visited: Visited, milliseconds: number) => void
}

/** The response of http-proxy's onResponse, whose declared type is another. */
interface ProxyResponse { readonly statusCode: number, readonly headers: IncomingMessage['headers'], readonly stream: OriginResponse['body'] }

/** A visit between its request and the response of its origin. */
interface Pending {
  readonly target: Target
  readonly gateway: string
  resolve (response: OriginResponse): void
  reject (failure: Failure): void
}

/** An abort that comes when the client has gone. */
function departure (raw: IncomingMessage): AbortController {
  const controller = new AbortController()
  raw.socket.once('close', () => controller.abort())
  return controller
}

function send (reply: FastifyReply, { status, headers, body }: Visited): void {
  for (const name of Object.keys(reply.getHeaders())) void reply.removeHeader(name)
  void reply.code(status).headers(headers).send(body)
}

/**
 * Fastify assembled: request in, answer out. The story is in visit.ts; its fetch is @fastify/http-proxy's, which goes
 * through the door.
 */
export async function createApp ({ config, stages, door, names, log }: AppOptions): Promise<FastifyInstance> {
  const pendings = new WeakMap<FastifyRequest, Pending>()
  const app = Fastify({
    logger: false,
    // The front answers what cannot be understood; Fastify's own listener would write JSON beside it.
    clientErrorHandler () {},
    rewriteUrl: () => ROUTE,
    serverFactory: handler => createFrontServer({
      handler: handler as RequestListener,
      onConnect: request => connectAnswer(request, stages),
      onBadRequest: reason => badRequestAnswer(reason, stages),
      limits: { maxHeadBytes: config.maxHeadBytes, headTimeoutSeconds: config.headTimeoutSeconds, keepAliveTimeoutSeconds: config.keepAliveTimeoutSeconds }
    })
  })

  /** Begins the visit; goes on to the proxy handler only when the visit wants to fetch. */
  function preHandler (request: FastifyRequest, reply: FastifyReply, fetch: () => void): void {
    const raw = request.raw as IncomingMessage
    const started = performance.now()
    const client = (raw.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
    const address = request.originalUrl
    const { signal } = departure(raw)
    const located = locate(address, raw.headers.host, names)
    const fetchOnce = (url: URL): Promise<OriginResponse> => new Promise((resolve, reject) => {
      const target: Target = { url, signal, fetched: url }
      pendings.set(request, { target, gateway: located.kind === 'bad' ? '' : located.gateway, resolve, reject })
      fetch()
    })
    void visit({ method: request.method, headers: raw.headers, simple: isSimple(raw), clientAddress: client, located, signal }, stages, fetchOnce).then(visited => {
      send(reply, visited)
      log({ method: request.method, address, client }, visited, performance.now() - started)
    })
  }

  await app.register(async proxy => {
    proxy.removeAllContentTypeParsers()
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
          const { target, gateway } = pendings.get(request as unknown as FastifyRequest)!
          const { headers, method } = request.raw as IncomingMessage
          return { ...requestHeaders(headers, method ?? 'GET', target.url, gateway), [targetKey]: target } as never
        },
        onResponse (request, _reply, response) {
          const { target, resolve } = pendings.get(request as unknown as FastifyRequest)!
          const { statusCode, headers, stream } = response as unknown as ProxyResponse
          resolve({ status: statusCode, headers, body: stream, url: target.fetched })
        },
        onError (reply, { error }) {
          pendings.get(reply.request as unknown as FastifyRequest)?.reject(asFailure(error))
        }
      }
    })
    proxy.addContentTypeParser('*', (_request, payload, done) => done(null, limitUpload(payload, config.maxUploadBytes)))
  })
  return app
}
