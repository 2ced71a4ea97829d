import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import t, { type Test } from 'tap'
import { ask, get } from '../helpers/client.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

// Connections to an origin that are kept, and that it closes while the next request is on its way; and those of clients.

const PAGE = '<title>T</title><p>HELLO'

/** A server, or an upstream proxy, that answers the first request of each connection and does `then` with the next. */
async function startForgetful(
  t: Test,
  then: (socket: Socket) => void,
  first = PAGE
): Promise<{ port: number; heads: string[] }> {
  const heads: string[] = []
  const server = net
    .createServer(socket => {
      let asked = 0
      socket.on('error', () => {})
      socket.on('data', (chunk: Buffer) => {
        heads.push(chunk.toString('latin1'))
        if (asked++ > 0) return then(socket)
        socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${first.length}\r\n\r\n${first}`)
      })
    })
    .listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return { port: (server.address() as AddressInfo).port, heads }
}

const ENDS = {
  reset: (socket: Socket): void => void socket.resetAndDestroy(),
  'closed without a word': (socket: Socket): void => void socket.end()
}

for (const [name, end] of Object.entries(ENDS))
  t.test(`a kept connection that is ${name}`, async t => {
    const upstream = await startForgetful(t, end)
    const proxy = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${upstream.port}`, conversions: 1 })
    t.match((await get(proxy.port, 'http://a.test/1')).text, /HELLO/)
    t.match((await get(proxy.port, 'http://a.test/2')).text, /HELLO/, 'is asked once more on a new one')
    t.equal(upstream.heads.filter(head => head.includes('a.test/2 ')).length, 2)
    const form = { method: 'POST', body: 'a=b', headers: ['Content-Type: application/x-www-form-urlencoded'] }
    await get(proxy.port, 'http://a.test/3')
    await get(proxy.port, 'http://a.test/form', form)
    t.equal(upstream.heads.filter(head => head.startsWith('POST')).length, 1, 'a form is sent once')
  })

t.test('a new connection that is reset', async t => {
  const heads: string[] = []
  const server = net.createServer(socket => {
    socket.on('error', () => {})
    socket.on('data', chunk => {
      heads.push(chunk.toString('latin1'))
      socket.resetAndDestroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const proxy = await startProxy(t, { 'upstream-proxy': upstream, conversions: 1 })
  t.match((await get(proxy.port, 'http://a.test/1')).text, /UPSTREAM_PROXY/, 'is told of at once')
  t.equal(heads.filter(head => head.startsWith('GET')).length, 1)
})

t.test('what comes over a kept connection while the proxy ends is the last of it', async t => {
  const origin = await startOrigin(t, undefined)
  let asked = (): void => {}
  const beginning = new Promise<void>(resolve => {
    asked = resolve
  })
  let end = (): void => {}
  origin.on('http://slow.test/', exchange => {
    end = () => answers(PAGE)(exchange)
    asked()
  })
  const upstream = { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, 'shutdown-seconds': 20 }
  const proxy = await startProxy(t, { ...upstream, conversions: 1 })
  const wish = (address: string): string => `GET ${address} HTTP/1.1\r\nHost: x\r\n\r\n`
  const answer = ask(
    proxy.port,
    ['http://slow.test/', 'http://retrograde/', 'http://retrograde/setup'].map(wish).join('')
  )
  await beginning
  const closing = proxy.close()
  setTimeout(end, 200)
  const { raw, end: how } = await answer
  t.equal(how, 'closed')
  t.match(raw, /HELLO[^]*\r\nConnection: close\r\n[^]*How to start/, 'a page, and no line of JSON')
  t.equal(raw.match(/HTTP\/1\.1 200 OK/g)?.length, 2, 'and nothing after it')
  await closing
})

t.test('an upload that is answered before its end does not stand in the way of the next request', async t => {
  const server = net.createServer(socket => {
    socket.on('error', () => {})
    // It answers at the head, and reads on.
    socket.once('data', () => socket.write('HTTP/1.1 204 No Content\r\n\r\n'))
    socket.resume()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const proxy = await startProxy(t, { 'upstream-proxy': upstream, conversions: 1 })
  const upload = Buffer.alloc(3_000_000, 'a')
  const head = `POST http://a.test/ HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: ${upload.length}\r\n\r\n`
  const next = 'GET http://retrograde/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
  const answer = await ask(proxy.port, Buffer.concat([Buffer.from(head), upload, Buffer.from(next)]), {
    timeoutSeconds: 10
  })
  t.match(answer, { status: 204, end: 'closed', raw: /How to start/ })
})
