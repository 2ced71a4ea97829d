import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/**
 * Resets a connection at once. By itself resetAndDestroy() ends the socket in order before that, by its destroySoon(),
 * and a client that sees this end takes what it has for all. TLS has a word of its own for an end that is meant: its
 * sockets cannot be reset, and are only destroyed.
 */
export function reset(socket: Socket): void {
  if (socket instanceof TLSSocket) return void socket.destroy()
  Object.assign(socket, { destroySoon: () => socket.destroy() })
  socket.resetAndDestroy()
}
