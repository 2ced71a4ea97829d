import type { Attempts } from './attempts.js'
import type { CookieKeeper } from './cookies/cookie-keeper.js'
import type { Traffic } from './traffic.js'

/** What is to be fetched, on its way to the door beside the request: the router and the plugin must not touch it. */
export interface Target {
  readonly url: URL
  readonly signal: AbortSignal
  /** Among whose connections it is counted; what we ask for ourselves is bounded where it is asked for */
  readonly client?: string
  readonly cookies: CookieKeeper
  /** Where the response came from in the end: the same address, perhaps by https */
  fetched: URL
  /** Each connection that it may take is counted before */
  readonly attempts: Attempts
  /** Where each request is counted */
  readonly traffic?: Traffic | undefined
}

/** Under this key the target travels in the headers; undici passes over symbols. */
export const targetKey: unique symbol = Symbol('target')
