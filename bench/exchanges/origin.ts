import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { makePage } from '../make-page.js'
import { keptAnswers } from './kept-answers.js'

// A process of its own: a site with a page, a file, a picture that may be kept and a long file; and a bare Fastify that
// answers whatever it was given under /kept/NAME, which is what our own answers are held against.

const CHUNK = Buffer.alloc(65536, 1)

/** A stream of so many bytes, made as they are read. */
function* chunks(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, left)
}

const picture = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#8040c0' } })
  .jpeg()
  .toBuffer()
const page = makePage(40, 1)
const file = Buffer.alloc(20_000, 1)

const site = Fastify({ bodyLimit: 1e9 })
site.get('/page', (_request, reply) => reply.type('text/html').send(page))
site.get('/bytes', (_request, reply) => reply.type('application/zip').send(file))
site.get('/picture', (_request, reply) =>
  reply.type('image/jpeg').header('cache-control', 'max-age=3600').send(picture)
)
site.get<{ Params: { bytes: string } }>('/long/:bytes', ({ params: { bytes } }, reply) =>
  reply
    .type('application/zip')
    .header('content-length', bytes)
    .send(Readable.from(chunks(Number(bytes))))
)
keptAnswers(site)
await site.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ port: (site.server.address() as AddressInfo).port })
