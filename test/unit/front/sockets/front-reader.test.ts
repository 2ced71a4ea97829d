import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { departure } from '../../../../src/front/departure.js'
import { createFrontServer } from '../../../../src/front/server.js'

/** What a client got, and how it ended. */
interface Got {
  readonly text: string
  readonly dropped: readonly string[]
}

type Handler = (request: IncomingMessage, answer: ServerResponse) => void | Promise<void>

/** Sends parts, one after a moment, to a server of one handler; gives what came until the other side has ended. */
async function exchange(t: Test, handler: Handler, parts: ReadonlyArray<string | null>): Promise<Got> {
  const dropped: string[] = []
  const site = net.createServer(socket => socket.on('data', bytes => socket.end(`site: ${bytes.toString()}`)))
  await once(site.listen(0, '127.0.0.1'), 'listening')
  const server = createFrontServer({
    handler,
    async onConnect({ url = '' }) {
      if (url.startsWith('refused')) return { kind: 'refused', answer: Buffer.from('HTTP/1.0 403 No\r\n\r\nno') }
      const to = net.connect((site.address() as AddressInfo).port, '127.0.0.1')
      await once(to, 'connect')
      return { kind: 'tunnel', site: to, done() {} }
    },
    onBadRequest: reason => Buffer.from(`HTTP/1.0 400 Bad\r\n\r\n${reason}`),
    onDropped: reason => void dropped.push(reason),
    limits: { keepAliveTimeoutSeconds: 0.3, lingerSeconds: 0.2 }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => void [server, site].map(one => one.close()))
  const client = net.connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true })
  let text = ''
  client.on('data', bytes => {
    text += bytes.toString('latin1')
  })
  for (const part of parts) {
    if (part === null) client.end()
    else client.write(part)
    await sleep(20)
  }
  if (!client.readableEnded) await once(client, 'end')
  client.end()
  return { text: text.replace(/Date: .*\r\n/g, ''), dropped }
}

/** What a request brought, as soon as all of it is here. */
const tell: Handler = async (request, answer) => {
  const parts = await request.toArray()
  const body = `${request.url ?? ''} ${parts.map(String).join('').length};`
  answer.writeHead(200, { 'content-length': body.length }).end(body)
}

const GET = 'GET /one HTTP/1.1\r\n\r\n'
const bodies = ({ text }: Got): string[] => [...text.matchAll(/\r\n\r\n([^;]*);/g)].map(([, body]) => body!)

t.test('requests of a kept connection are answered in their order, whatever their form', async t => {
  const loose = 'GET /a b HTTP/1.1\nUA: x\n\n'
  const form = 'POST /form HTTP/1.1\r\nContent-Length: 3\r\n\r\na=b\r\n'
  const last = 'GET /last HTTP/1.0\r\n\r\n'
  const all = GET + form + loose + GET + last
  const want = ['/one 0', '/form 3', '/a%20b 0', '/one 0', '/last 0']
  t.strictSame(bodies(await exchange(t, tell, [all])), want, 'in one packet')
  t.strictSame(bodies(await exchange(t, tell, [GET, form, loose, GET, last])), want, 'one by one')
  const cuts = [7, 40, 65, 90, 120]
  const parts = cuts.map((cut, at) => all.slice(cuts[at - 1] ?? 0, cut))
  t.strictSame(bodies(await exchange(t, tell, [...parts, all.slice(120)])), want, 'cut')
})

t.test('an upload that is read slowly holds back what comes behind it', async t => {
  const most = 400_000
  let waiting = 0
  const slowly: Handler = async (request, answer) => {
    let bytes = 0
    for await (const chunk of request) {
      bytes += (chunk as Buffer).length
      waiting = Math.max(waiting, request.socket.readableLength)
      await sleep(2)
    }
    const body = `${request.url ?? ''} ${bytes};`
    answer.writeHead(200, { 'content-length': body.length }).end(body)
  }
  const upload = `POST /up HTTP/1.1\r\nContent-Length: ${most}\r\n\r\n${'x'.repeat(most)}`
  const got = await exchange(t, slowly, [upload + GET, null])
  t.strictSame(bodies(got), [`/up ${most}`, '/one 0'])
  t.ok(waiting < most / 2, `${waiting} bytes wait`)
})

t.test('CONNECT after another request', async t => {
  const connect = (host: string): string => `CONNECT ${host}:443 HTTP/1.0\r\n\r\nhello`
  for (const parts of [[GET + connect('site')], [GET, connect('site')]]) {
    const { text } = await exchange(t, tell, parts)
    t.match(text, /\/one 0;HTTP\/1\.0 200 Connection established\r\n\r\nsite: hello$/)
  }
  t.match((await exchange(t, tell, [GET + connect('refused')])).text, /\/one 0;HTTP\/1\.0 403 No\r\n\r\nno$/)
})

t.test('what cannot be understood behind a request does not break its answer, and is told once', async t => {
  const slow: Handler = async (_request, answer) => {
    await sleep(500)
    answer.writeHead(200, { 'content-length': 5 }).end('slow;')
  }
  const got = await exchange(t, slow, [GET, '\x01noise', 'more', 'and more'])
  t.strictSame(bodies(got), ['slow'])
  t.strictSame(got.dropped, ['not-http'])
  const chunked = 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
  for (const last of [chunked, 'GET / HTTP/1.0\r\n\r\n']) {
    const { text, dropped } = await exchange(t, slow, [last, 'noise', 'more', 'and more'])
    t.match(text, /\r\n\r\nslow;$/)
    t.strictSame(dropped, ['refused-by-parser'], 'what only the parser sees')
  }
  t.match((await exchange(t, tell, [GET, '\x01noise'])).text, /\/one 0;HTTP\/1\.0 400 Bad\r\n\r\nnot-http$/)
})

t.test('who ends its side behind its last request has all answers, and has gone only then', async t => {
  const seen: string[] = []
  const watched: Handler = async (request, answer) => {
    const leaving = departure(request, answer)
    if (!request.socket.readableEnded) await once(request.socket, 'end')
    await sleep(5)
    seen.push(`${request.url ?? ''} ${leaving.signal.aborted} ${request.socket.readableEnded}`)
    leaving.answered()
    answer.writeHead(200, { 'content-length': 1 }).end(';')
  }
  const two = 'GET /two HTTP/1.1\r\n\r\n'
  t.equal(bodies(await exchange(t, watched, [GET + two, null])).length, 2)
  t.strictSame(seen, ['/one false true', '/two false true'])
})

t.test('who ends its side while an upload waits for its turn is not waited for', async t => {
  const slow: Handler = async (request, answer) => {
    if (request.url === '/one') await sleep(200)
    await sleep(20)
    await tell(request, answer)
  }
  const length = 60_000
  const upload = `POST /up HTTP/1.1\r\nContent-Length: ${length}\r\n\r\n${'x'.repeat(length)}`
  const begun = performance.now()
  t.strictSame(bodies(await exchange(t, slow, [GET + upload, null])), ['/one 0', `/up ${length}`])
  t.ok(performance.now() - begun < 500, 'its connection is closed before it would be for being idle')
  const { text, dropped } = await exchange(t, slow, [GET + upload.slice(0, -100), null])
  t.match(text, /\/one 0;HTTP\/1\.0 400 Bad\r\n\r\ncut-short$/, 'one that is cut short')
  t.strictSame(dropped, [], 'is answered')
})
