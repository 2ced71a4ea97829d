import type { Socket } from 'node:net'
import { isIPv4 } from 'node:net'
import type { OnDropped } from '../head/bad-request.js'
import { MOST_HEADER_BYTES, readProxyHeader, type ProxyHeader } from './proxy-header.js'
import { awaitFirstBytes } from './first-bytes.js'
import type { FrontState } from './linger.js'

/** A balancer writes its header at once, and no modem stands between it and us. Milliseconds. */
const HEADER_MILLISECONDS = 3000

/** From now on the socket says whom the balancer speaks for, to all who ask it. */
function rename(socket: Socket, { source, destination }: NonNullable<ProxyHeader['ends']>): void {
  const values = {
    remoteAddress: source.address,
    remotePort: source.port,
    remoteFamily: isIPv4(source.address) ? 'IPv4' : 'IPv6',
    localAddress: destination.address,
    localPort: destination.port
  }
  for (const [name, value] of Object.entries(values)) Object.defineProperty(socket, name, { value })
}

export interface ProxiedOptions {
  readonly state: Pick<FrontState, 'idle'>
  readonly onDropped: OnDropped
  /** Called with the connection, which begins behind the header */
  readonly onRead: (socket: Socket) => void
}

/**
 * Reads the header that a balancer writes before the bytes of its client; what is none, or is not whole in time, closes
 * the connection. One on which nothing came at all (a health check that only connects) is no fault.
 */
export function readProxied(socket: Socket, { state: { idle }, onDropped, onRead }: ProxiedOptions): void {
  let bytes: Buffer = Buffer.alloc(0)
  const letGo = awaitFirstBytes(socket, {
    idle,
    milliseconds: HEADER_MILLISECONDS,
    onReadable: read,
    onEnd: drop,
    onLate: drop
  })

  function read(): void {
    for (;;) {
      const chunk: unknown = socket.read()
      if (!Buffer.isBuffer(chunk)) return
      bytes = Buffer.concat([bytes, chunk])
      const header = readProxyHeader(bytes.subarray(0, MOST_HEADER_BYTES))
      if (header === 'bad') return drop()
      if (header !== 'more') return goOn(header)
    }
  }

  function goOn({ length, ends }: ProxyHeader): void {
    letGo()
    if (ends !== undefined) rename(socket, ends)
    if (bytes.length > length) socket.unshift(bytes.subarray(length))
    onRead(socket)
  }

  function drop(): void {
    letGo()
    if (bytes.length > 0) onDropped('bad-proxy-header', socket)
    socket.destroy()
  }
}
