import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createFrontServer } from '../../../src/front/server.js'
import { collectGarbage } from '../../helpers/cost.js'

/** Whether an object is let go of, which takes a collection or two after the last reference to it. */
async function isGone(object: WeakRef<object>): Promise<boolean> {
  for (let tries = 0; tries < 50 && object.deref() !== undefined; tries++) {
    await sleep(20)
    collectGarbage()
  }
  return object.deref() === undefined
}

t.test('an idle connection that is kept holds nothing of its last request', async t => {
  let last: WeakRef<IncomingMessage> | undefined
  const server = createFrontServer({
    handler(request, answer) {
      last = new WeakRef(request)
      request.resume()
      answer.writeHead(200, { 'content-length': '5' }).end('first')
    },
    onConnect: () => Promise.reject(new Error('no CONNECT here')),
    onBadRequest: () => Buffer.from('HTTP/1.0 400 Bad Request\r\n\r\n'),
    onDropped() {}
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
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
