import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'
import sharp from 'sharp'

const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } })
  .composite([{ input: { create: { width: 20, height: 20, channels: 3, background: 'blue' } } }])
  .png()
  .toBuffer()
const words = (count: number, seed: string): string =>
  Array.from(
    { length: count },
    (_, at) => `<p>${`${seed} ${at} of a long text that is read slowly. `.repeat(4)}</p>`
  ).join('')

/** Pages that leave something behind at a proxy. */
const PAGES: Readonly<Record<string, (request: http.IncomingMessage, answer: http.ServerResponse) => unknown>> = {
  '/plain': (_request, answer) => answer.end('<title>Plain</title><p>plain words'),
  '/log-in': (_request, answer) =>
    answer.setHeader('set-cookie', 'session=a1b2c3; Max-Age=86400').end('<title>In</title><p>you are in'),
  '/mine': (request, answer) => answer.end(`<title>Mine</title><p>cookie: ${request.headers.cookie ?? 'none'}.`),
  '/long': (_request, answer) => answer.end(`<title>Long</title>${words(1000, 'paragraph')}`),
  '/form': (_request, answer) => answer.end(`<title>Results</title>${words(1000, 'result')}`),
  '/inline': (_request, answer) =>
    answer.end(
      `<title>Inline</title><p>words <img src="data:image/png;base64,${picture.toString('base64')}" width=60 height=40 alt=square>`
    ),
  '/round': ({ url = '' }, answer) =>
    answer.writeHead(302, { location: `/round?${Number(url.slice('/round?'.length)) + 1}` }).end(),
  '/far': (_request, answer) =>
    answer.end(`<title>Far</title><p><a href="/plain?${'long=address&'.repeat(60)}end">far away</a>`),
  '/slow': async (_request, answer) => {
    await sleep(300)
    answer.end('<title>Slow</title><p>slow words')
  }
}

/** A site whose address is given back, without a slash at its end. */
export async function startSite(t: Test): Promise<string> {
  const server = http.createServer((request, answer) => {
    const page = PAGES[(request.url ?? '').replace(/\?.*/s, '')]
    answer.setHeader('content-type', 'text/html')
    request.resume()
    if (page === undefined) answer.writeHead(404).end('<p>there is no such page')
    else void page(request, answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
