import { readFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { isRight, isRightInParts, stepsSettle, writesItselfAgain, type PageCase } from '../fuzz/pages.js'
import { get } from '../helpers/client.js'
import { GOLDEN, goldenFiles } from '../helpers/golden.js'
import { startProxy } from '../helpers/proxy.js'

// What the fuzzers have found, for ever. test/golden/findings/*.txt: the markup, @@@, and who asks for it (a PageCase).

t.test('pages', t => {
  const files = goldenFiles('findings')
  t.ok(files.length >= 10, 'there are some')
  for (const file of files) {
    const [markup = '', settings = '{}'] = readFileSync(join(GOLDEN, 'findings', file), 'utf8')
      .replace(/\n$/, '')
      .split('\n@@@\n')
    const page = { markup, profile: 'nav3', ...(JSON.parse(settings) as Partial<PageCase>) }
    for (const claim of [
      isRight,
      stepsSettle,
      writesItselfAgain,
      ...(page.pageBytes === undefined ? [] : [isRightInParts])
    ]) {
      t.doesNotThrow(() => claim(page), `${file}: ${claim.name}`)
    }
  }
  t.end()
})

t.test('a client that goes away within a form for a page of ours', async t => {
  const proxy = await startProxy(t, {})
  for (const fields of ['Content-Length: 9', 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9']) {
    const socket = net.connect({ port: proxy.port, host: '127.0.0.1' }, () =>
      socket.write(`POST http://retrograde/healthz HTTP/1.0\r\n${fields}\r\n\r\nabc`)
    )
    socket.on('error', () => {})
    await new Promise<void>(resolve => {
      socket.once('data', () => {
        socket.resetAndDestroy()
        resolve()
      })
    })
  }
  t.match(await get(proxy.port, 'http://retrograde/healthz'), { status: 200 }, 'the proxy goes on')
})
