import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { get } from '../helpers/client.js'
import { startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const origin = await startOrigin(t, undefined)
const proxy = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 })

async function until(fact: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < 20_000 && !fact(); waited += 20) await sleep(20)
  return fact()
}

/** Asks for an address, and is gone as soon as the site has been asked: Stop, as a reset or as an end. */
async function stop(address: string, how: 'reset' | 'end'): Promise<void> {
  const socket = net.connect(proxy.port, '127.0.0.1', () => socket.write(`GET ${address} HTTP/1.0\r\n\r\n`))
  socket.on('error', () => {})
  await until(() => origin.asked(address).length > 0)
  if (how === 'reset') socket.resetAndDestroy()
  else socket.destroy()
}

const lineOf = (word: string): string | undefined => proxy.lines.find(line => line.includes(word))

t.test('who presses Stop while a site is silent', async t => {
  for (const how of ['reset', 'end'] as const) {
    origin.on(`http://site.test/${how}`, () => {})
    await stop(`http://site.test/${how}`, how)
    t.ok(await until(() => lineOf(`/${how} `) !== undefined), how)
    t.match(lineOf(`/${how} `), / left 499 \d+ bytes \d+ ms \w+$/, `${how}: no failure in the log`)
  }
  const figures = await get(proxy.port, 'http://retrograde/metrics')
  t.match(figures.text, /retrograde_visits_total\{kind="left",outcome="left"\} 2/)
  t.notMatch(figures.text, /outcome="(CONVERSION_FAILED|CONNECTION_LOST|TIMED_OUT)"/)
  t.notMatch(figures.text, /retrograde_limits_total\{/)
  t.notMatch((await get(proxy.port, 'http://retrograde/')).text, /did not get|site\.test/)
})

t.test('who presses Stop while a page is read', async t => {
  origin.on('http://site.test/page', ({ answer }) => {
    answer.writeHead(200, { 'content-type': 'text/html' })
    answer.write('<title>Slow</title><p>The beginning')
  })
  await stop('http://site.test/page', 'reset')
  t.ok(await until(() => lineOf('/page ') !== undefined))
  t.match(lineOf('/page '), / left 499 /)
  t.notMatch((await get(proxy.port, 'http://retrograde/')).text, /site\.test/)
})

t.test('who presses Stop in the middle of a download', async t => {
  origin.on('http://site.test/file.bin', ({ answer }) => {
    answer.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': 100_000 })
    const timer = setInterval(() => answer.write(Buffer.alloc(100)), 100)
    answer.on('close', () => clearInterval(timer))
  })
  const { end } = await get(proxy.port, 'http://site.test/file.bin', { leaveAt: /\0{100}/ })
  t.equal(end, 'left')
  t.ok(await until(() => lineOf('/file.bin ') !== undefined))
  t.match(lineOf('/file.bin '), / passthrough 200 \d+ bytes left \d+ ms \w+$/)
})

t.test('who has ended its side while a download has stopped in its middle', async t => {
  const ended: number[] = []
  origin.on('http://site.test/silent.bin', ({ answer }) => {
    const began = performance.now()
    answer.writeHead(200, { 'content-type': 'application/zip', 'content-length': 100_000 })
    answer.write(Buffer.alloc(100))
    answer.on('close', () => ended.push(performance.now() - began))
  })
  origin.on('http://site.test/slow.bin', ({ answer }) => {
    answer.writeHead(200, { 'content-type': 'application/zip', 'content-length': 400 })
    let sent = 0
    const timer = setInterval(() => {
      answer.write(Buffer.alloc(100))
      if (++sent === 4) answer.end()
    }, 2200)
    answer.on('close', () => clearInterval(timer))
  })
  const ask = (name: string): Promise<number> =>
    new Promise(resolve => {
      let bytes = 0
      net
        .connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true })
        .on('data', chunk => (bytes += chunk.length))
        .on('error', () => {})
        .on('close', () => resolve(bytes))
        .end(`GET http://site.test/${name} HTTP/1.0\r\n\r\n`)
    })
  const [, whole] = await Promise.all([ask('silent.bin'), ask('slow.bin')])
  t.ok(await until(() => ended.length > 0), 'nothing more is fetched')
  t.ok(ended[0]! < 12_000, `after ${ended[0]} ms`)
  t.ok(await until(() => lineOf('/silent.bin ') !== undefined))
  t.match(lineOf('/silent.bin '), / passthrough 200 100 bytes left \d+ ms \w+$/)
  t.ok(whole > 400, 'one whose site goes on has all of it')
  t.match(lineOf('/slow.bin '), / passthrough 200 400 bytes \d+ ms \w+$/)
})

t.test('a download that breaks at the site is not left', async t => {
  origin.on('http://site.test/broken.bin', ({ answer }) => {
    answer.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': 1000 })
    answer.write(Buffer.alloc(100))
    setTimeout(() => answer.destroy(), 200)
  })
  await get(proxy.port, 'http://site.test/broken.bin')
  t.ok(await until(() => lineOf('/broken.bin ') !== undefined))
  t.notMatch(lineOf('/broken.bin '), /left/)
})
