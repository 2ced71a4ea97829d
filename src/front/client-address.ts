import type { Duplex } from 'node:stream'
import { plainAddress } from '../guard/address.js'

/** The address of the client at the other end of a connection, as Node's server knows it; empty once it has gone. */
export const clientAddressOf = (socket: Duplex): string =>
  plainAddress('remoteAddress' in socket && typeof socket.remoteAddress === 'string' ? socket.remoteAddress : undefined)
