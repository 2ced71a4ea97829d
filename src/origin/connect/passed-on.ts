import type { Dispatcher } from 'undici'

type Handler = Dispatcher.DispatchHandler
type Given<Event extends keyof Handler> = Parameters<NonNullable<Handler[Event]>>

/**
 * A handler that tells another all that it is told; whoever has more to say puts its own functions over these. A class,
 * because six functions for each request, which gather what they are given, cost more than what they pass on.
 */
export class PassedOn implements Handler {
  constructor(protected readonly handler: Handler) {}

  onRequestStart(...[controller, context]: Given<'onRequestStart'>): void {
    this.handler.onRequestStart?.(controller, context)
  }

  onRequestUpgrade(...[controller, status, headers, socket]: Given<'onRequestUpgrade'>): void {
    this.handler.onRequestUpgrade?.(controller, status, headers, socket)
  }

  onResponseStart(...[controller, status, headers, phrase]: Given<'onResponseStart'>): void {
    this.handler.onResponseStart?.(controller, status, headers, phrase)
  }

  onResponseData(...[controller, chunk]: Given<'onResponseData'>): void {
    this.handler.onResponseData?.(controller, chunk)
  }

  onResponseEnd(...[controller, trailers]: Given<'onResponseEnd'>): void {
    this.handler.onResponseEnd?.(controller, trailers)
  }

  onResponseError(...[controller, error]: Given<'onResponseError'>): void {
    this.handler.onResponseError?.(controller, error)
  }
}
