import type { Duplex } from 'node:stream'
import { plainAddress } from '../guard/address.js'

/** Who is at the other end of a connection, as Node's server hands it on; empty where it is gone. */
export const clientAddressOf = (socket: Duplex): string =>
  plainAddress('remoteAddress' in socket && typeof socket.remoteAddress === 'string' ? socket.remoteAddress : undefined)
