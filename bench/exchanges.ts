import http from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { readConfig } from '../src/config/config.js'
import { serve } from '../src/serve.js'
import { makePage } from './make-page.js'

const SECONDS = 4
const CLIENTS = 8

function request(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .get(
        { host: '127.0.0.1', port, path, agent: false, headers: { 'user-agent': 'Mozilla/3.0 (Win95; I)' } },
        response => {
          let bytes = 0
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length
          })
          response.on('end', () => resolve(bytes))
        }
      )
      .on('error', reject)
  })
}

/** Exchanges a second of several clients, each on new connections as old browsers make them. */
async function rate(port: number, path: string): Promise<number> {
  for (let at = 0; at < 50; at++) await request(port, path)
  let done = 0
  const end = performance.now() + SECONDS * 1000
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      await request(port, path)
      done++
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return done / SECONDS
}

/**
 * Whole visits through the proxy, against a bare Fastify that answers the same bytes, one after the other in one run.
 */
export async function benchExchanges(print: (line: string) => void): Promise<void> {
  const page = makePage(40, 1)
  const bare = Fastify()
  bare.get('/page', (_request, reply) => reply.type('text/html').send(page))
  bare.get('/bytes', (_request, reply) => reply.type('application/zip').send(Buffer.alloc(20_000)))
  await bare.listen({ port: 0, host: '127.0.0.1' })
  const origin = (bare.server.address() as AddressInfo).port
  const proxy = await serve(
    readConfig(['--port', '0', '--host', '127.0.0.1', '--data-dir', '', '--allow-hosts', '127.0.0.1'], {}),
    () => {}
  )
  for (const [name, path] of [
    ['own home page', 'http://retrograde/'],
    ['pass of 20 KB', `http://127.0.0.1:${origin}/bytes`],
    [`page of ${Math.round(page.length / 1024)} KB`, `http://127.0.0.1:${origin}/page`]
  ] as const) {
    const reference = await rate(origin, path.endsWith('/bytes') ? '/bytes' : '/page')
    const ours = await rate(proxy.port, path)
    print(
      `exchanges, ${name}: ${ours.toFixed(0)}/s against ${reference.toFixed(0)}/s of bare Fastify, ratio ${(ours / reference).toFixed(2)}`
    )
  }
  await proxy.close()
  await bare.close()
}
