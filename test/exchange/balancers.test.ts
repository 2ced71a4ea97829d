import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { ask, type Answer } from '../helpers/client.js'
import { startProxy } from '../helpers/proxy.js'

const BALANCER = '127.0.0.9'
const proxy = await startProxy(t, { 'proxy-protocol-from': BALANCER })

const request = (path = 'http://retrograde/settings'): Buffer =>
  Buffer.from(`GET ${path} HTTP/1.0\r\nUser-Agent: Mozilla/3.04 (Win95; I)\r\n\r\n`)
const text = (address: string): Buffer => Buffer.from(`PROXY TCP4 ${address} 192.168.1.1 1234 8080\r\n`)
const binary = (address: string): Buffer =>
  Buffer.concat([
    Buffer.from('0d0a0d0a000d0a515549540a2111000c', 'hex'),
    Buffer.from(address.split('.').map(Number)),
    Buffer.from('c0a8010104d21f90', 'hex')
  ])
const balanced = (header: Buffer, rest = request()): Promise<Answer> =>
  ask(proxy.port, Buffer.concat([header, rest]), { from: BALANCER, timeoutSeconds: 10 })

t.test('a client behind a balancer is the client', async t => {
  for (const header of [text('10.1.2.3'), binary('10.1.2.3')]) {
    const answer = await balanced(header)
    t.match(answer, { status: 200, text: /For 10\.1\.2\.3\./ })
  }
  t.match(await balanced(text('8.8.8.8')), { status: 403 }, 'and may use it only if its own address may')
  t.match(proxy.lines.join('\n'), / 10\.1\.2\.3 /, 'the log names it')
})

t.test('requests of every kind come through', async t => {
  t.match(await balanced(text('10.1.2.4'), Buffer.from('GET /settings\r\n')), { text: /For 10\.1\.2\.4/ }, 'HTTP/0.9')
  const kept = Buffer.concat([
    Buffer.from('GET /healthz HTTP/1.1\r\nHost: retrograde\r\n\r\n'),
    Buffer.from('GET /settings HTTP/1.1\r\nHost: retrograde\r\nConnection: close\r\n\r\n')
  ])
  t.match((await balanced(binary('10.1.2.5'), kept)).raw, /ok\n[^]*For 10\.1\.2\.5/, 'a connection that is kept')
  t.match(await balanced(binary('10.1.2.6'), Buffer.from('CONNECT site.test:443 HTTP/1.0\r\n\r\n')), {
    text: /http:\/\//
  })
})

t.test('a header that comes in pieces', async t => {
  const socket = net.connect({ port: proxy.port, host: '127.0.0.1', localAddress: BALANCER })
  let answer = ''
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1')
  })
  for (const byte of Buffer.concat([binary('10.1.2.7'), request()])) {
    socket.write(Buffer.from([byte]))
    await sleep(2)
  }
  await new Promise(resolve => socket.once('close', resolve))
  t.match(answer, /For 10\.1\.2\.7/)
})

t.test('from a balancer nothing else is read', async t => {
  const before = proxy.lines.length
  t.match(await ask(proxy.port, request(), { from: BALANCER }), { raw: '', status: 0 }, 'no header')
  t.match(await balanced(Buffer.from('PROXY TCP4 nobody 192.168.1.1 1 2\r\n')), { raw: '' }, 'a broken one')
  t.match(proxy.lines.slice(before).join('\n'), /bad-proxy-header/, 'the log says it')
  const began = Date.now()
  const half = await ask(proxy.port, 'PROXY TCP4 10.1.2.3', { from: BALANCER, timeoutSeconds: 30 })
  t.match(half, { raw: '', end: 'closed' })
  t.ok(Date.now() - began < 15_000, 'one that is not whole in time')
})

t.test('and from others no header is believed', async t => {
  const answer = await ask(proxy.port, Buffer.concat([text('10.1.2.3'), request()]), { from: '127.0.0.8' })
  t.notMatch(answer.text, /For 10\.1\.2\.3/)
  t.match(await ask(proxy.port, request(), { from: '127.0.0.8' }), { status: 200, text: /For 127\.0\.0\.8/ })
})
