import type { Signal } from './signal.js'

/** Waits for a promise until the signal aborts, which gives undefined. Rejects if the promise does. */
export function untilAborted<T>(promise: Promise<T>, signal: Signal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
