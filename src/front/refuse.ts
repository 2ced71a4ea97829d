import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { readerOf } from './sockets/front-reader.js'
import { FrontSocket } from './sockets/front-socket.js'
import { linger, type FrontState } from './sockets/linger.js'

/** Sends a whole raw answer and closes the connection so that the client sees it. */
export function refuse(socket: Duplex, answer: Buffer, state: FrontState): void {
  socket.end(answer)
  // These linger by themselves once they have been ended.
  if (socket instanceof FrontSocket || readerOf(socket) !== undefined) (socket as Socket).destroySoon()
  else linger(socket, state)
}
