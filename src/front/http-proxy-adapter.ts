import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { FastifyHttpProxyOptions } from '@fastify/http-proxy'
import type { FastifyRequest } from 'fastify'
import type { Signal } from '../async/signal.js'

/** What @fastify/http-proxy passes of a client's request. */
export interface Forwarded {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | Readable | string | null | undefined
}

/** What @fastify/http-proxy expects as a response. */
interface Returned {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Readable
}

export interface Forward<Response extends Returned> {
  readonly request: FastifyRequest
  /** Header fields that replace those of the client's request */
  readonly headers: Readonly<Record<string, string>>
  /** Aborted when the client has gone away */
  readonly signal: Signal
  /** Hands the request to the handler of http-proxy */
  readonly goOn: () => void
  /** Sends the response that http-proxy has prepared */
  readonly send: (forwarded: Forwarded) => Promise<Response>
}

/** Takes requests through @fastify/http-proxy, while their visits decide when that begins and what is sent. */
export interface HttpProxyAdapter {
  readonly options: Pick<FastifyHttpProxyOptions, 'upstream' | 'undici' | 'replyOptions'>
  /** Rejects with the reason for which `send` rejected, or for which http-proxy refuses the request. */
  forward<Response extends Returned>(forward: Forward<Response>): Promise<Response>
  /** Rejects the visit that waits for this request when http-proxy fails; false if none waits. */
  reject(request: FastifyRequest, error: unknown): boolean
}

/** A request while its visit waits for the response. */
interface Pending<Response extends Returned = Returned> {
  readonly headers: Readonly<Record<string, string>>
  readonly send: (forwarded: Forwarded) => Promise<Response>
  /** What came */
  response?: Response
  /** Called when http-proxy has taken the response. */
  accept(): void
  reject(error: unknown): void
}

/**
 * A request carries its visit under this symbol, for the reason that passage.ts gives, and also among its header fields:
 * http-proxy copies symbols with the fields, but ignores them.
 */
const pendingKey: unique symbol = Symbol('pending')

type Carrier = object & { [pendingKey]?: Pending | undefined }

const pendingOf = ({ raw }: { readonly raw: Carrier }): Pending | undefined => raw[pendingKey]

type Fields = Record<string, string | undefined> & Carrier

const NO_FIELDS: IncomingHttpHeaders = {}

/** In the form of undici's Dispatcher. */
interface Options {
  readonly method: string
  readonly headers: Fields
  readonly body: Forwarded['body']
}
type Callback = (error: unknown, response?: { statusCode: number } & Pick<Returned, 'headers' | 'body'>) => void

/** Does what `request` of undici does, through the visit of the request. */
function request({ method, headers, body }: Options, callback: Callback): void {
  const given: Record<string, string> = {}
  // http-proxy removes header fields by setting them to undefined.
  for (const name in headers) if (headers[name] !== undefined) given[name] = headers[name]
  const pending = headers[pendingKey]!
  pending.send({ method, headers: given, body }).then(
    response => {
      pending.response = response
      const { status, headers, body } = response
      callback(null, { statusCode: status, headers, body })
    },
    (error: unknown) => callback(error)
  )
}

/**
 * Makes a forward proxy of @fastify/http-proxy, which is meant for a few upstreams that are known at the start. It gets
 * an upstream that is never asked, and an object like undici's client that hands each request to its visit.
 */
export function createHttpProxyAdapter(): HttpProxyAdapter {
  return {
    options: {
      upstream: 'http://origin.invalid',
      // The type asks for both forms of undici's request; http-proxy uses the one with a callback.
      undici: { request: request as never },
      replyOptions: {
        // Otherwise http-proxy repeats a GET that was answered with 503 ten times.
        retryDelay: () => null,
        rewriteRequestHeaders(request) {
          const pending = pendingOf(request)
          // To add a field to a copy by `...` takes V8 ten times as long.
          const fields: Carrier = Object.assign({}, pending?.headers)
          fields[pendingKey] = pending
          return fields
        },
        // The visit decides what its client gets of them.
        rewriteHeaders: () => NO_FIELDS,
        onResponse: request => pendingOf(request)?.accept(),
        onError: ({ request }, { error }) => pendingOf(request)?.reject(error)
      }
    },
    reject(request, error) {
      const pending = pendingOf(request)
      pending?.reject(error)
      return pending !== undefined
    },
    forward: <Response extends Returned>({ request: { raw }, headers, signal, goOn, send }: Forward<Response>) =>
      new Promise<Response>((resolve, reject) => {
        const gone = (): void => reject(signal.reason)
        const pending: Pending<Response> = {
          headers,
          send,
          accept() {
            signal.removeEventListener('abort', gone)
            resolve(pending.response!)
          },
          reject
        }
        const carrier: Carrier = raw
        carrier[pendingKey] = pending
        // http-proxy silently discards the response to a client that has gone, so the wait must end here.
        signal.addEventListener('abort', gone, { once: true })
        goOn()
      })
  }
}
