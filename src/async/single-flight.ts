import type { Signal } from './signal.js'

/**
 * Shares work that several ask for at the same time: it is done once, and aborted when nobody waits for it any more.
 */
export type SingleFlight<T> = (key: string, signal: Signal, work: (signal: AbortSignal) => Promise<T>) => Promise<T>

interface Flight<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  waiting: number
}

/** Waits for a flight until the waiter's signal aborts. */
async function waitFor<T>(flight: Flight<T>, signal: Signal): Promise<T> {
  let leave = (): void => {}
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => reject(signal.reason)
  })
  flight.waiting++
  signal.addEventListener('abort', leave)
  try {
    signal.throwIfAborted()
    return await Promise.race([flight.result, left])
  } finally {
    signal.removeEventListener('abort', leave)
    if (--flight.waiting === 0) flight.controller.abort()
  }
}

export function createSingleFlight<T>(): SingleFlight<T> {
  const underWay = new Map<string, Flight<T>>()

  function begin(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController()
    const flight: Flight<T> = { result: work(controller.signal), controller, waiting: 0 }
    const end = (): void => {
      if (underWay.get(key) === flight) underWay.delete(key)
    }
    flight.result.then(end, end)
    // A request after all others have left begins a new flight.
    controller.signal.addEventListener('abort', end)
    underWay.set(key, flight)
    return flight
  }

  return (key, signal, work) => waitFor(underWay.get(key) ?? begin(key, work), signal)
}
