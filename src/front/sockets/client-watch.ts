import type { Socket } from 'node:net'
import { readerOf, type ClientWatch } from './front-reader.js'

/** Watches the client of one request; gives a function that ends that. */
export function watchClient(socket: Socket, watch: ClientWatch): () => void {
  const reader = readerOf(socket)
  if (reader === undefined ? socket.readableEnded : reader.hasEnded) watch.ended()
  if (reader !== undefined) {
    // It hands on one request at a time. To listen to its socket for each of them took longer than to read them.
    reader.watch = watch
    return () => {
      if (reader.watch === watch) reader.watch = undefined
    }
  }
  const ended = (): void => watch.ended()
  const closed = (): void => watch.closed()
  socket.once('end', ended).once('close', closed)
  return () => socket.off('end', ended).off('close', closed)
}
