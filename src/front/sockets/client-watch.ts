import type { Socket } from 'node:net'
import { readerOf, type ClientWatch } from './front-reader.js'

/** Watches the client of one request; gives a function that ends that. */
export function watchClient(socket: Socket, watch: ClientWatch): () => void {
  const { ended, closed } = watch
  const reader = readerOf(socket)
  if (reader === undefined ? socket.readableEnded : reader.hasEnded) ended()
  if (reader !== undefined) {
    // It hands on one request at a time. To listen to its socket for each of them took longer than to read them.
    reader.watch = watch
    return () => {
      if (reader.watch === watch) reader.watch = undefined
    }
  }
  socket.once('end', ended).once('close', closed)
  return () => socket.off('end', ended).off('close', closed)
}
