import type { Duplex } from 'node:stream'
import { FrontSocket } from './sockets/front-socket.js'
import { linger, type FrontState } from './sockets/linger.js'

/** Sends a whole raw answer and closes the connection so that the client sees it. */
export function refuse(socket: Duplex, answer: Buffer, state: FrontState): void {
  socket.end(answer)
  // A FrontSocket lingers by itself once it has been ended.
  if (socket instanceof FrontSocket) socket.destroySoon()
  else linger(socket, state)
}
