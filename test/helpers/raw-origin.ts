import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import type { Test } from 'tap'

/** An origin that says exactly what a test wants it to: no HTTP library mends it. */
export interface RawOrigin {
  /** Address of a path of it, by its number */
  at(path: string): string
  /**
   * What is written when the head of a request for a path has come; then the connection is ended, unless `after` does
   * something else.
   */
  says(path: string, bytes: string | Buffer, after?: (socket: Socket) => void): void
  /** Connections that are open */
  connections(): number
}

/** The first byte of a TLS handshake: RFC 8446 5.1. */
const TLS_HANDSHAKE = 0x16

/** A page or another body with its length. */
export const whole = (body: string | Buffer, type = 'text/html', more = ''): Buffer =>
  Buffer.concat([
    Buffer.from(
      `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n${more}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`
    ),
    Buffer.from(body)
  ])

export async function startRawOrigin(t: Test): Promise<RawOrigin> {
  const acts = new Map<string, (socket: Socket) => void>()
  const sockets = new Set<Socket>()
  const server = net
    .createServer({ allowHalfOpen: true }, socket => {
      sockets.add(socket)
      let head = ''
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
      socket.on('data', (chunk: Buffer) => {
        // It does not speak TLS, and who asks for that should not wait for it.
        if (head === '' && chunk[0] === TLS_HANDSHAKE) return void socket.destroy()
        head += chunk.toString('latin1')
        if (!head.includes('\r\n\r\n')) return
        const path = / ([^? ]*)/.exec(head)?.[1] ?? ''
        head = ''
        acts.get(path)?.(socket)
      })
    })
    .listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    at: path => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    says(path, bytes, after = socket => void socket.end()) {
      acts.set(path, socket => {
        socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
        after(socket)
      })
    },
    connections: () => sockets.size
  }
}
