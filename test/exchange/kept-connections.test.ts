import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import t, { type Test } from 'tap'
import { get } from '../helpers/client.js'
import { startProxy } from '../helpers/proxy.js'

// Connections to an origin that are kept, and that it closes while the next request is on its way.

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
