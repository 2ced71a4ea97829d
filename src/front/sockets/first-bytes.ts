import type { Socket } from 'node:net'
import type { FrontState } from './linger.js'

export interface FirstBytesOptions extends Pick<FrontState, 'idle'> {
  /** So long at most */
  readonly milliseconds: number
  /** Called when there is something to read */
  onReadable(): void
  /** Called when the other side has ended its own; nothing more comes */
  onEnd(): void
  onLate(): void
  /** Called when the connection is let go of, or has closed */
  onLetGo?(): void
}

/**
 * Holds a connection that Node's http server does not know yet, while its first bytes come; a connection that breaks is
 * destroyed. What is given back lets go of it.
 */
export function awaitFirstBytes(socket: Socket, options: FirstBytesOptions): () => void {
  const { idle, milliseconds, onReadable, onEnd, onLate, onLetGo } = options
  const timer = setTimeout(onLate, milliseconds)
  const destroy = (): void => void socket.destroy()
  idle.add(socket)
  socket.on('readable', onReadable)
  socket.on('end', onEnd)
  socket.on('error', destroy)
  socket.on('close', letGo)

  function letGo(): void {
    onLetGo?.()
    clearTimeout(timer)
    idle.delete(socket)
    socket.off('readable', onReadable)
    socket.off('end', onEnd)
    socket.off('error', destroy)
    socket.off('close', letGo)
  }
  return letGo
}
