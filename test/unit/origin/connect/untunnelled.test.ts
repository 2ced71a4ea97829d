import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { Agent, Pool } from 'undici'
import { asFailure } from '../../../../src/origin/connect/failure.js'
import { Untunnelled } from '../../../../src/origin/connect/untunnelled.js'

/** What an upstream proxy was asked: addresses, and passwords. */
interface Heard {
  readonly addresses: string[]
  readonly passwords: Array<string | undefined>
}

/** An upstream proxy, and what asks it. */
async function startUpstream(t: Test, status = 200) {
  const heard: Heard = { addresses: [], passwords: [] }
  const server = http.createServer((request, answer) => {
    heard.addresses.push(request.url ?? '')
    heard.passwords.push(request.headers['proxy-authorization'])
    answer.writeHead(status, { connection: 'close' }).end('an answer')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const pools: Pool[] = []
  const tunnels = new Agent()
  const upstream = new Untunnelled({
    proxy: new URL(`http://ada:red@127.0.0.1:${(server.address() as AddressInfo).port}/`),
    seconds: 5,
    create(proxy, options) {
      const pool = new Pool(proxy.origin, options)
      pools.push(pool)
      return pool
    },
    tunnels
  })
  t.teardown(async () => {
    await upstream.destroy()
    server.close()
  })
  const ask = async (origin: string): Promise<string> => {
    const { body } = await upstream.request({ origin, path: '/a?b', method: 'GET', headers: { host: 'x' } })
    return await body.text()
  }
  return { heard, pools, tunnels, upstream, ask }
}

t.test('a site is asked of the proxy by its whole address', async t => {
  const { heard, ask } = await startUpstream(t)
  t.equal(await ask('http://one.test'), 'an answer')
  t.strictSame(heard.addresses, ['http://one.test/a?b'])
  t.strictSame(heard.passwords, [`Basic ${Buffer.from('ada:red').toString('base64')}`])
})

t.test('nothing is kept of a site whose connections have ended', async t => {
  const { pools, ask } = await startUpstream(t)
  for (let site = 0; site < 20; site++) await ask(`http://site${site}.test`)
  await ask('http://site0.test')
  t.equal(pools.length, 21, 'one that comes again is a new one')
  while (!pools.every(({ closed }) => closed)) await new Promise(resolve => setTimeout(resolve, 5))
  t.pass('all are closed')
})

t.test('a proxy that wants another password is at fault, and not the site', async t => {
  const { ask } = await startUpstream(t, 407)
  const error = await ask('http://one.test').then(
    () => undefined,
    (error: unknown) => error
  )
  t.equal(asFailure(error).code, 'UPSTREAM_PROXY')
})

t.test('both ways end together', async t => {
  const { upstream, tunnels, ask } = await startUpstream(t)
  await ask('http://one.test')
  await upstream.close()
  t.equal(tunnels.closed, true)
  await t.rejects(ask('http://one.test'))
})
