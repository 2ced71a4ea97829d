import type { Socket } from 'node:net'
import { TLSSocket, type SecureContext } from 'node:tls'
import { connectInfo, type ConnectInfo } from './secure-origin.js'

export interface AcceptTlsOptions {
  readonly context: SecureContext
  readonly info: ConnectInfo
  /** Seconds for the whole handshake */
  readonly seconds: number
  readonly onSecure: (socket: TLSSocket) => void
  /** The handshake failed, was not finished in time, or the client went away. */
  readonly onFailed: (error: Error) => void
}

/** What the front and Fastify use of a socket, which TLSSocket offers only over a socket of the kernel. */
const ADDRESSES = ['remoteAddress', 'remotePort', 'remoteFamily', 'localAddress', 'localPort'] as const

/**
 * Speaks TLS as the server on a client's connection. If client and OpenSSL have nothing in common, it ends with
 * OpenSSL's alert.
 */
export function acceptTls(socket: Socket, { context, info, seconds, onSecure, onFailed }: AcceptTlsOptions): void {
  const secured = new TLSSocket(socket, { isServer: true, secureContext: context })
  let over = false
  const timer = setTimeout(() => fail(new Error('the TLS handshake took too long')), seconds * 1000)
  const finish = (): boolean => {
    clearTimeout(timer)
    const first = !over
    over = true
    return first
  }
  const fail = (error: Error): void => {
    if (finish()) onFailed(error)
    secured.destroy()
  }
  for (const name of ADDRESSES) Object.defineProperty(secured, name, { get: () => socket[name] })
  Object.assign(secured, { [connectInfo]: info })
  secured.on('error', fail)
  // TLSSocket does not notice when the stream below it closes: without this it would outlive a client that hangs up.
  socket.once('close', () => secured.destroy())
  socket.once('end', () => {
    if (!over) fail(new Error('the client ended the handshake'))
  })
  secured.once('close', () => fail(new Error('the client went away')))
  secured.once('secure', () => {
    if (finish()) onSecure(secured)
  })
}
