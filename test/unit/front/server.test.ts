import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { createFrontServer, type FrontServerOptions } from '../../../src/front/server.js'
import { collectGarbage } from '../../helpers/cost.js'

/** Whether an object is let go of, which takes a collection or two after the last reference to it. */
async function isGone(object: WeakRef<object>): Promise<boolean> {
  for (let tries = 0; tries < 50 && object.deref() !== undefined; tries++) {
    await sleep(20)
    collectGarbage()
  }
  return object.deref() === undefined
}

async function startServer(t: Test, handler: FrontServerOptions['handler']): Promise<{ port: number; server: Server }> {
  const server = createFrontServer({
    handler,
    onConnect: () => Promise.reject(new Error('no CONNECT here')),
    onBadRequest: () => Buffer.from('HTTP/1.0 400 Bad Request\r\n\r\n'),
    onDropped() {}
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return { port: (server.address() as AddressInfo).port, server }
}

t.test('an idle connection that is kept holds nothing of its last request', async t => {
  let last: WeakRef<IncomingMessage> | undefined
  const { port } = await startServer(t, (request, answer) => {
    last = new WeakRef(request)
    request.resume()
    answer.writeHead(200, { 'content-length': '5' }).end('first')
  })
  for (const request of [
    'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b'
  ]) {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(request))
    let came = ''
    socket.on('data', (chunk: Buffer) => {
      came += chunk.toString('latin1')
    })
    while (!came.endsWith('first')) await once(socket, 'data')
    t.ok(await isGone(last!), request.slice(0, 4))
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(socket, 'data')
    t.match(came, /first[^]*first$/, 'and is used again')
    socket.destroy()
  }
})

t.test('nor the bytes of its last upload, of whatever request of its connection', async t => {
  const { port } = await startServer(t, (request, answer) => {
    request.on('end', () => answer.writeHead(200, { 'content-length': '5' }).end('taken')).resume()
  })
  const bytes = 50_000
  const upload = `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes}\r\n\r\n${'x'.repeat(bytes)}`
  const sockets = Array.from({ length: 40 }, () => net.connect(port, '127.0.0.1'))
  t.teardown(() => sockets.forEach(socket => socket.destroy()))
  const held = (): number => process.memoryUsage().arrayBuffers
  collectGarbage()
  const before = held()
  for (const which of ['first', 'second']) {
    for (const socket of sockets) {
      socket.write(upload)
      await once(socket, 'data')
    }
    for (let tries = 0; tries < 50 && held() - before > 10 * bytes; tries++) {
      await sleep(20)
      collectGarbage()
    }
    t.ok(held() - before <= 10 * bytes, `the ${which} one: ${held() - before} bytes by 40 connections`)
  }
})

for (const head of ['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'])
  t.test(`what is being sent when the server closes is sent to its end: ${head.slice(6, 14)}`, async t => {
    const bytes = 20_000_000
    const { port, server } = await startServer(t, (_request, answer) => {
      answer.writeHead(200, { 'content-length': bytes }).end(Buffer.alloc(bytes, 'x'))
    })
    const socket = net.connect(port, '127.0.0.1', () => socket.write(head))
    await once(socket, 'readable')
    const closed = once(server, 'close')
    server.close()
    const asking = setInterval(() => server.closeIdleConnections(), 20)
    await sleep(100)
    let came = 0
    socket.on('data', (chunk: Buffer) => {
      came += chunk.length
    })
    await Promise.all([once(socket, 'end'), closed])
    clearInterval(asking)
    t.ok(came > bytes, `${came} of ${bytes} bytes`)
  })

t.test('nor is a connection idle on which the next request has come already', async t => {
  const { port, server } = await startServer(t, (request, answer) => {
    answer.on('finish', () => server.closeIdleConnections())
    if (request.url === '/3') answer.shouldKeepAlive = false
    answer.writeHead(200, { 'content-length': '2' }).end(request.url)
  })
  const socket = net.connect(port, '127.0.0.1')
  let came = ''
  socket.on('data', (chunk: Buffer) => {
    came += chunk.toString('latin1')
  })
  socket.write(['/1', '/2', '/3'].map(path => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''))
  await once(socket, 'close')
  t.match(came, /\n\/1HTTP[^]*\n\/2HTTP[^]*\n\/3$/)
  const idle = net.connect(port, '127.0.0.1', () => idle.write('GET /4 HTTP/1.1\r\nHost: x\r\n\r\n'))
  await once(idle.resume(), 'close')
  t.pass('but one is that waits for a request')
})
