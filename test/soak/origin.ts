import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { makePage } from '../../bench/make-page.js'

/**
 * What the origin of the soak does at a path; `failed` says that it breaks its answer, so that the client may get an
 * error page.
 */
interface Kind {
  readonly path: string
  readonly failed: boolean
  readonly act: (request: IncomingMessage, answer: ServerResponse) => void
}

export interface SoakOrigin {
  readonly port: number
  readonly kinds: ReadonlyArray<Pick<Kind, 'path' | 'failed'>>
  close(): Promise<void>
}

/** Longer than the proxy waits in a soak (see soak.ts). Milliseconds. */
const STALL = 5000

const sends =
  (type: string, body: Buffer | string, headers: http.OutgoingHttpHeaders = {}): Kind['act'] =>
  (_request, answer) => {
    answer.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers })
    answer.end(body)
  }

/**
 * An origin of pages, images, sheets, redirects, cookies and faults. Each path ends in a number, so that pages differ.
 */
export async function startSoakOrigin(): Promise<SoakOrigin> {
  const pages = [5, 10, 20, 40, 150].map((paragraphs, at) => makePage(paragraphs, at + 1))
  const pixels = Buffer.from(Array.from({ length: 320 * 240 * 3 }, (_, at) => (at * 7919) % 251))
  const jpeg = await sharp(pixels, { raw: { width: 320, height: 240, channels: 3 } })
    .jpeg()
    .toBuffer()
  const png = await sharp(pixels, { raw: { width: 320, height: 240, channels: 3 } })
    .resize(64, 64)
    .png()
    .toBuffer()
  const raw =
    (bytes: string | Buffer, after: (socket: Socket) => void): Kind['act'] =>
    request => {
      request.socket.write(bytes)
      after(request.socket)
    }
  const reset = (socket: Socket): void => void setTimeout(() => socket.resetAndDestroy(), 5)
  const stall = (socket: Socket): void => void setTimeout(() => socket.destroy(), STALL)
  const kinds: Kind[] = [
    ...pages.map((page, at): Kind => ({
      path: `/page${at}`,
      failed: false,
      act: sends('text/html; charset=utf-8', page)
    })),
    { path: '/gzip', failed: false, act: sends('text/html', gzipSync(pages[1]!), { 'content-encoding': 'gzip' }) },
    {
      path: '/styled',
      failed: false,
      act: sends('text/html', `<link rel=stylesheet href=/sheet.css><p class=a>styled</p>${pages[0]}`)
    },
    { path: '/jpeg', failed: false, act: sends('image/jpeg', jpeg) },
    { path: '/png', failed: false, act: sends('image/png', png, { 'cache-control': 'max-age=60' }) },
    { path: '/text', failed: false, act: sends('text/plain', 'plain words\n'.repeat(50)) },
    { path: '/file', failed: false, act: sends('application/zip', Buffer.alloc(20_000, 7)) },
    {
      path: '/cookie',
      failed: false,
      act: sends('text/html', `<p>a cookie and <a href="/page0?${'long'.repeat(400)}">a long address</a>`, {
        'set-cookie': 'visit=1; Max-Age=600'
      })
    },
    {
      path: '/redirect',
      failed: false,
      act: (request, answer) =>
        void answer.writeHead(302, { location: request.url!.replace('redirect', 'page0') }).end()
    },
    {
      path: '/early',
      failed: false,
      act: (request, answer) => {
        answer.writeEarlyHints({ link: '</sheet.css>; rel=preload' })
        sends('text/html', '<p>after a hint')(request, answer)
      }
    },
    {
      path: '/missing',
      failed: false,
      act: (_request, answer) => void answer.writeHead(404, { 'content-type': 'text/html' }).end('<p>not here')
    },
    { path: '/reset', failed: true, act: raw('', reset) },
    { path: '/reset-head', failed: true, act: raw('HTTP/1.1 200 OK\r\nContent-', reset) },
    {
      path: '/reset-body',
      failed: true,
      act: raw('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999\r\n\r\n<p>half', reset)
    },
    { path: '/stall', failed: true, act: raw('', stall) },
    { path: '/stall-body', failed: true, act: raw('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>half', stall) },
    {
      path: '/broken-gzip',
      failed: true,
      act: sends('text/html', Buffer.from('no gzip at all'), { 'content-encoding': 'gzip' })
    },
    { path: '/broken-image', failed: true, act: sends('image/jpeg', jpeg.subarray(0, 100)) },
    {
      path: '/two-lengths',
      failed: true,
      act: raw('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 9\r\n\r\nabc', reset)
    },
    { path: '/no-http', failed: true, act: raw('\0\x01\x02 this is no HTTP\r\n\r\n', reset) },
    { path: '/hints', failed: true, act: raw('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(300), reset) },
    {
      path: '/loop',
      failed: true,
      act: (request, answer) => void answer.writeHead(302, { location: request.url }).end()
    }
  ]
  const sheet = sends('text/css', '.a{font-weight:bold}.hidden{display:none}')
  const missing = sends('image/png', png)
  const server = http.createServer((request, answer) => {
    request.on('error', () => {})
    const path = /^(?:http:\/\/[^/]*)?(\/[a-z0-9-]*)/.exec(request.url ?? '')?.[1] ?? ''
    const kind = kinds.find(kind => kind.path === path)
    if (kind !== undefined) kind.act(request, answer)
    else (path === '/sheet' ? sheet : missing)(request, answer)
  })
  server.on('connection', socket => socket.on('error', () => {}))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    kinds,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    }
  }
}
