import type { Socket } from 'node:net'

/**
 * Resets a connection at once. By itself resetAndDestroy() ends the socket in order before that, by its destroySoon(),
 * and a client that sees this end takes what it has for all.
 */
export function reset(socket: Socket): void {
  Object.assign(socket, { destroySoon: () => socket.destroy() })
  socket.resetAndDestroy()
}
