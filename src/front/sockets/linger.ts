import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FrontLimits } from '../limits.js'

/** What all connections of one server share. */
export interface FrontState {
  limits: Readonly<FrontLimits>
  /**
   * Calls back when it is the turn of a connection to have the bytes of a head read; returns a function that cancels
   * it.
   */
  turn: (socket: Socket, begin: () => void) => () => void
  /** Whether a head may be begun at once, as one of this turn of the event loop, because nobody waits for a turn. */
  isFree: () => boolean
  /**
   * Sockets that a server that closes need not wait for: before their first head, between an answer and the next
   * request, or lingering.
   */
  idle: Set<Duplex>
}

/**
 * Closes a socket so that the client gets to read our last bytes: ends our side, reads on until the client ends its
 * own, then destroys it. If it were destroyed with unread bytes, the kernel would send a reset, and the client would
 * discard the answer that it has not read yet (RFC 9112 section 9.6).
 */
export function linger(socket: Duplex, { limits, idle }: FrontState): void {
  if (socket.destroyed) return
  idle.add(socket)
  let bytes = 0
  const destroy = () => socket.destroy()
  const timer = setTimeout(destroy, limits.lingerSeconds * 1000)
  socket.once('close', () => {
    clearTimeout(timer)
    idle.delete(socket)
  })
  socket.on('error', destroy)
  if (!socket.writableEnded) socket.end()
  if (socket.readableEnded) {
    socket.once('finish', destroy)
    if (socket.writableFinished) destroy()
    return
  }
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > limits.maxLingerBytes) destroy()
  })
  socket.once('end', () => (socket.writableFinished ? destroy() : socket.once('finish', destroy)))
  socket.resume()
}
