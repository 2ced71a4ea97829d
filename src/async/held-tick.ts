import { executionAsyncResource } from 'node:async_hooks'

/** The object that Node has made for a call of process.nextTick(). */
export const tickKey: unique symbol = Symbol('tick')

/**
 * Has an object that lasts hold what Node makes for a call of process.nextTick(), of which an exchange has a dozen. Else
 * there is none of them at some whole collection of memory, V8 forgets how such objects look, and from then on makes
 * each of them step by step, several times as slowly. That takes a tenth of the processor time of an own page (measured
 * with Node 20.20), of a proxy that has run for some minutes: in the first ones it may go well.
 */
export function holdTick(holder: object): void {
  process.nextTick(() => Object.assign(holder, { [tickKey]: executionAsyncResource() }))
}
