import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Attempts } from './attempts.js'
import type { CookieKeeper } from './cookies/cookie-keeper.js'
import type { Traffic } from './traffic.js'
import { createEndingUnder, type Signal } from '../async/signal.js'

/** A request to an origin. */
export interface OriginRequest {
  readonly url: URL
  /** GET if not given. A form (any method but GET and HEAD) is sent only once, by the scheme that the host speaks. */
  readonly method?: string | undefined
  /** All fields but Host and Cookie, which are written hop by hop */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Dispatcher.DispatchOptions['body'] | undefined
  /** A form that its client has sent by GET and its site wants by POST */
  readonly form?: Buffer | undefined
  /** The body once more, for an address that a form is sent on to; undefined if it was too long */
  readonly again?: (() => Promise<Buffer | undefined>) | undefined
  /** Redirects of a GET are followed to whatever address they name, because the client would not */
  readonly follows?: boolean | undefined
  /** The cookies for another host that it is sent on to; none if not given */
  readonly onward?: ((url: URL) => CookieKeeper) | undefined
  readonly signal: Signal
  /** The client in whose share its connections are counted; our own needs are bounded elsewhere */
  readonly client?: string | undefined
  readonly cookies: CookieKeeper
  /** Counts each connection that it takes; by itself if not given */
  readonly attempts?: Attempts | undefined
  /** Counts each request; starts from nothing if not given */
  readonly traffic?: Traffic | undefined
}

/** One answer, as far as its head, as undici or the lenient second try has it: any field may have come twice. */
export interface RawAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Readable & { readonly dump?: () => Promise<void> }
}

/** The same with its fields as they are read. */
export interface OriginAnswer extends RawAnswer {
  readonly headers: IncomingHttpHeaders
}

/** The response of an origin; `url` is where it came from, by http or https. */
export interface OriginResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Readable
  readonly url: URL
  /** The attempts that are left for it */
  readonly attempts: Attempts
  /** What the page has taken so far: its own requests, and what is fetched for it from here on */
  readonly traffic: Traffic
}

/** Whether it may be repeated, because it changes nothing. RFC 9110 9.2.1. */
export const isRepeatable = ({ method = 'GET' }: OriginRequest): boolean => method === 'GET' || method === 'HEAD'

/** A request whose connections are counted. */
export type CountedRequest = OriginRequest &
  Pick<OriginResponse, 'attempts' | 'traffic'> & {
    /** When an answer must have begun, whatever is tried until then. Milliseconds of performance.now() */
    readonly until: number
  }

/** A request with a signal of its own. */
export type EndableRequest = CountedRequest & {
  /** Ends this request alone: its signal aborts */
  readonly end: (reason: unknown) => void
  /** Nothing is left that could be ended: a signal that many requests are made under keeps no listener for each */
  readonly release: () => void
}

/** The same request, which can be ended by itself, and ends with the one that it is made of. */
export function endable(request: CountedRequest): EndableRequest {
  const { signal, end, release } = createEndingUnder(request.signal)
  return Object.assign({}, request, { signal, end, release })
}

/** Milliseconds that are left for a request; never 0, which means no limit to those who are told it. */
export const millisecondsLeft = ({ until }: CountedRequest): number => Math.max(1, until - performance.now())

/** @throws Failure GIVEN_UP when the request has used up its connections. */
export function countOne({ attempts, traffic }: CountedRequest): void {
  attempts.take()
  traffic.requests++
}
