import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { FastifyHttpProxyOptions } from '@fastify/http-proxy'
import type { FastifyRequest } from 'fastify'

/** What @fastify/http-proxy makes of a client's request. */
export interface Forwarded {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | Readable | string | null | undefined
}

/** What it hands back. */
interface Returned {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Readable
}

export interface Forward<Response extends Returned> {
  readonly request: FastifyRequest
  /** Of the request, in the place of the client's own */
  readonly headers: Readonly<Record<string, string>>
  /** The client has gone away */
  readonly signal: AbortSignal
  /** Lets the request go on to the handler of http-proxy */
  readonly goOn: () => void
  /** Sends what http-proxy has made of it */
  readonly send: (forwarded: Forwarded) => Promise<Response>
}

/** A way for requests through @fastify/http-proxy, of which their visit decides when it is gone, and what is sent. */
export interface HttpProxyAdapter {
  readonly options: Pick<FastifyHttpProxyOptions, 'upstream' | 'undici' | 'replyOptions'>
  /** Rejects with what `send` was rejected with, or with what http-proxy will not pass on. */
  forward<Response extends Returned>(forward: Forward<Response>): Promise<Response>
  /** Ends the wait for what http-proxy will not bring any more; false if nothing is waited for. */
  reject(request: FastifyRequest, error: unknown): boolean
}

/** A request between its visit and what is returned to it. */
interface Pending {
  readonly headers: Readonly<Record<string, string>>
  readonly send: (forwarded: Forwarded) => Promise<Returned>
  /** http-proxy has taken what was returned. */
  accept(): void
  reject(error: unknown): void
}

/** Under this key a request stands among its fields on the way through http-proxy, which passes over symbols. */
const pendingKey: unique symbol = Symbol('pending')

type Fields = Record<string, string | undefined> & { readonly [pendingKey]: Pending }

/** As undici's Dispatcher has it. */
interface Options {
  readonly method: string
  readonly headers: Fields
  readonly body: Forwarded['body']
}
type Callback = (error: unknown, response?: { statusCode: number } & Pick<Returned, 'headers' | 'body'>) => void

/** What undici's `request` does, by way of the request's visit. */
function request({ method, headers, body }: Options, callback: Callback): void {
  const { [pendingKey]: pending, ...fields } = headers
  // http-proxy takes fields away by making them undefined.
  const given = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined)
  pending.send({ method, headers: Object.fromEntries(given), body }).then(
    ({ status, headers, body }) => callback(null, { statusCode: status, headers, body }),
    (error: unknown) => callback(error)
  )
}

/**
 * Makes a forward proxy of @fastify/http-proxy, which is made for few upstreams that are known at the start: it gets one
 * that is never asked, and an object of undici's form that hands each request back to its visit.
 */
export function createHttpProxyAdapter(): HttpProxyAdapter {
  const pendings = new WeakMap<object, Pending>()
  return {
    options: {
      upstream: '',
      // The type wants both forms of undici's request, of which http-proxy uses the one with a callback.
      undici: { request: request as never },
      replyOptions: {
        getUpstream: () => 'http://origin.invalid',
        // Without this a GET that gets a 503 is sent ten times.
        retryDelay: () => null,
        rewriteRequestHeaders({ raw }) {
          const pending = pendings.get(raw)
          return Object.assign({ ...pending?.headers }, { [pendingKey]: pending })
        },
        onResponse: ({ raw }) => pendings.get(raw)?.accept(),
        onError: ({ request: { raw } }, { error }) => pendings.get(raw)?.reject(error)
      }
    },
    reject({ raw }, error) {
      pendings.get(raw)?.reject(error)
      return pendings.has(raw)
    },
    forward: <Response extends Returned>({ request: { raw }, headers, signal, goOn, send }: Forward<Response>) =>
      new Promise<Response>((resolve, reject) => {
        let accept = (): void => {}
        const sendAndKeep = async (forwarded: Forwarded): Promise<Response> => {
          const response = await send(forwarded)
          accept = () => resolve(response)
          return response
        }
        pendings.set(raw, { headers, send: sendAndKeep, accept: () => accept(), reject })
        // What comes for a client that has gone http-proxy throws away without a word.
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        goOn()
      })
  }
}
