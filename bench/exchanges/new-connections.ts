import net from 'node:net'
import type { Asked, Done } from './measure.js'

/** Bytes of a whole answer: its head and what that says of its body; unlimited as long as it is not known. */
function lengthOf(answer: string): number {
  const head = /^[^]*?\r\n\r\n/.exec(answer)?.[0]
  const length = /\r\ncontent-length: (\d+)/i.exec(head ?? '')?.[1]
  return head === undefined || length === undefined ? Infinity : head.length + Number(length)
}

/**
 * Asks once, as browsers before 1996 do: HTTP/1.0 on a new connection, which either side ends when all has come
 * (http-proxy passes on a site's `Connection: keep-alive`, and keeps it). Gives the beginning of what came.
 */
function askOnce(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let [beginning, bytes, whole] = ['', 0, Infinity]
    const socket = net.connect(port, '127.0.0.1', () => socket.write(request))
    socket
      .on('data', chunk => {
        if (whole === Infinity) beginning += chunk.toString('latin1')
        if (whole === Infinity) whole = lengthOf(beginning)
        bytes += chunk.length
        if (bytes >= whole) socket.end()
      })
      .on('close', () => resolve(beginning))
      .on('error', reject)
  })
}

/** Several clients at once, each with a new connection for each request; autocannon keeps those that it has. */
export async function newConnections({ port, path, headers, clients, seconds }: Asked): Promise<Done> {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const request = `GET ${path} HTTP/1.0\r\n${fields.join('')}\r\n`
  const start = performance.now()
  const end = start + seconds * 1000
  let [answers, failed] = [0, 0]
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const answer = await askOnce(port, request)
      answers++
      if (!/^HTTP\/1\.[01] 200 /.test(answer)) failed++
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return { answers, seconds: (performance.now() - start) / 1000, failed }
}
