import type { Socket } from 'node:net'

type Listener = (this: Socket, ...given: unknown[]) => void

/** What Node's http server listens to. */
const EVENTS = ['data', 'end', 'error', 'close', 'drain', 'timeout', 'pause', 'resume'] as const
type Event = (typeof EVENTS)[number]

/** A socket that Node's http server has. */
export interface HandedOver {
  /** Takes away what the server listens with to an event; gives a function that calls it. */
  intercept(event: Event): (given?: unknown) => void
  /** Takes the socket back: for all who have listened to it since, it has closed. */
  takeBack(): void
}

/** Hands a socket over so that it can be taken back. */
export function handOver(socket: Socket, hand: (socket: Socket) => void): HandedOver {
  const before = new Map(EVENTS.map(event => [event, socket.rawListeners(event)]))
  const since = (event: Event): Listener[] =>
    (socket.rawListeners(event) as Listener[]).filter(listener => !before.get(event)!.includes(listener))
  const remove = (event: Event, listeners: readonly Listener[]): void => {
    for (const listener of listeners) socket.removeListener(event, listener)
  }
  hand(socket)
  return {
    intercept(event) {
      const taken = since(event)
      remove(event, taken)
      return given => {
        for (const listener of taken) listener.call(socket, given)
      }
    },
    takeBack() {
      const closes = since('close')
      for (const event of EVENTS) remove(event, since(event))
      for (const listener of closes) listener.call(socket, false)
    }
  }
}
