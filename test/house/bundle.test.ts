import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { ROOT } from '../helpers/root.js'

/** Beside package.json and the rules, as dist/ is. */
const FOLDER = '.build/bundled'

const make = `import('./packaging/bundle.mjs').then(({ bundle }) => bundle(${JSON.stringify(FOLDER)}))`
execFileSync(process.execPath, ['--input-type=module', '-e', make], { cwd: ROOT })

/** Names of the packages of which something is in the files, as their maps say. */
function packagesIn(folder: string): Set<string> {
  const maps = readdirSync(folder, { recursive: true }).filter(file => String(file).endsWith('.map'))
  const texts = maps.map(file => readFileSync(join(folder, String(file)), 'utf8'))
  const sources = texts.flatMap(text => (JSON.parse(text) as { sources: string[] }).sources)
  return new Set(sources.flatMap(source => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []))
}

t.test('what is in the few files has its licences beside them', async t => {
  const text = readFileSync(join(ROOT, FOLDER, 'THIRD-PARTY-LICENSES'), 'utf8')
  const names = packagesIn(join(ROOT, FOLDER))
  t.ok(names.size > 40, `${names.size} packages`)
  for (const name of names) t.ok(new RegExp(`^${name.replaceAll('.', '\\.')} \\d\\S* \\(`, 'm').test(text), name)
})

function answerOf(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'user-agent': 'Mozilla/3.0 (Win95; I)', accept: 'image/gif, image/jpeg, */*' }
    http
      .get({ host: '127.0.0.1', port, path, headers }, answer => {
        void answer.toArray().then(chunks => resolve(Buffer.concat(chunks as Buffer[]).toString('latin1')), reject)
      })
      .on('error', reject)
  })
}

/** Starts the program, and gives the port at which it listens. */
async function start(t: Test, ...more: string[]): Promise<number> {
  const settings = ['--port', '0', '--host', '127.0.0.1', '--data-dir', '', ...more]
  const program = spawn(process.execPath, [join(ROOT, FOLDER, 'retrograde.cjs'), 'serve', ...settings])
  t.teardown(() => program.kill())
  let said = ''
  program.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
  for await (const line of createInterface(program.stdout)) {
    const port = Number(/^ {2}\S+:(\d+)$/.exec(line)?.[1] ?? 0)
    if (port === 0) continue
    program.stdout.resume()
    return port
  }
  throw new Error(said)
}

t.test('what is loaded late is found in them: certificates, the client of the shared store', async t => {
  const port = await start(t, '--tls', 'on')
  t.match(await answerOf(port, 'http://retrograde/ca.pem'), /BEGIN CERTIFICATE/)

  const store = net.createServer()
  await once(store.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => store.close())
  const connected = once(store, 'connection') as Promise<[net.Socket]>
  await start(t, '--shared-store', `redis://127.0.0.1:${(store.address() as AddressInfo).port}/0`)
  const [socket] = await connected
  t.teardown(() => socket.destroy())
  t.match(String(await once(socket, 'data')), /^\*\d/, 'a command of Redis')
})

t.test('the program runs from them: its pages, its threads, its processes', async t => {
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const site = http.createServer(({ url }, answer) => {
    if (url === '/picture') answer.setHeader('content-type', 'image/png').end(picture)
    else answer.setHeader('content-type', 'text/html').end('<main><p>A page of <b>today</b></p></main>')
  })
  await once(site.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => site.close())
  const port = await start(t, '--allow-hosts', '127.0.0.1')
  const there = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  t.match(await answerOf(port, 'http://retrograde/'), /<TITLE>/i)
  t.match(await answerOf(port, `${there}/page`), /A page of <B>today/i)
  t.match(await answerOf(port, `${there}/picture`), /^GIF8/)
})
