import net from 'node:net'
import type { Asked, Done } from './measure.js'

/** Asks once, as browsers before 1996 do: HTTP/1.0 on a new connection, which the server ends. Gives what came. */
function askOnce(port: number, request: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    net
      .connect(port, '127.0.0.1', function (this: net.Socket) {
        this.write(request)
      })
      .on('data', chunk => chunks.push(chunk))
      .on('end', () => resolve(Buffer.concat(chunks)))
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
      if (!/^HTTP\/1\.[01] 200 /.test(answer.toString('latin1', 0, 13))) failed++
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return { answers, seconds: (performance.now() - start) / 1000, failed }
}
