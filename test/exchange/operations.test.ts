import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import type { NetworkInterfaceInfo } from 'node:os'
import t from 'tap'
import { OWN_RULES } from '../../src/clients/rules.js'
import { readConfig } from '../../src/config/config.js'
import { VERSION } from '../../src/config/version.js'
import { checkAddresses } from '../../src/doctor/check-addresses.js'
import { checkAuthorities, checkRoom, checkStore } from '../../src/doctor/check-files.js'
import { checkClock, checkNames, checkSite, unfound } from '../../src/doctor/check-network.js'
import { checkImages } from '../../src/doctor/check-images.js'
import { checkPort } from '../../src/doctor/check-port.js'
import { hasFonts } from '../../src/image/decode/has-fonts.js'
import { serve } from '../../src/serve.js'
import { cheapHash } from '../helpers/cheap-hash.js'
import { ask, get } from '../helpers/client.js'
import { IMAGE_LOOK } from '../helpers/image-look.js'
import { answers, makeCertificates, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'
import { PROGRAM, ROOT } from '../helpers/root.js'

const certificates = makeCertificates(t.testdir())
const noTls = certificates === undefined ? { skip: 'openssl is not there to make certificates' } : {}
const origin = await startOrigin(t, certificates)
const upstream = { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 }
const html = (body: string): string => `<!doctype html><title>A page</title><body>${body}</body>`
/** The id of a visit in its line, which begins with the time. */
const idOf = (line: string): string => line.split(' ')[1] ?? 'no id'
const problem = async (work: () => unknown): Promise<string> => {
  try {
    await work()
  } catch (error) {
    return (error as Error).message
  }
  return 'no problem'
}

async function until(fact: () => boolean, seconds = 30): Promise<boolean> {
  for (let waited = 0; waited < seconds * 1000 && !fact(); waited += 20) await sleep(20)
  return fact()
}

t.test('figures', async t => {
  origin.on('http://site.test/', answers(html('words')))
  origin.on('http://site.test/file.bin', answers(Buffer.alloc(1234), 'application/octet-stream'))
  const proxy = await startProxy(t, upstream)
  await get(proxy.port, 'http://site.test/')
  await get(proxy.port, 'http://site.test/file.bin')
  await get(proxy.port, 'http://10.0.0.1/')
  t.ok(await until(() => proxy.lines.length === 3))
  const figures = await get(proxy.port, 'http://retrograde/metrics')
  t.match(figures, { status: 200, headers: { 'content-type': /^text\/plain; version=0\.0\.4/ } })
  const value = (name: string): number =>
    Number(
      figures.text
        .split('\n')
        .find(line => line.startsWith(`${name} `))
        ?.split(' ')
        .at(-1)
    )
  t.equal(value('retrograde_visits_total{kind="page",outcome="ok"}'), 1)
  t.equal(value('retrograde_visits_total{kind="passthrough",outcome="ok"}'), 1)
  t.equal(value('retrograde_visits_total{kind="error",outcome="ADDRESS_REFUSED"}'), 1)
  t.equal(value('retrograde_visit_seconds_count{kind="page"}'), 1)
  t.equal(value('retrograde_stage_seconds_count{stage="page"}'), 1)
  t.equal(value('retrograde_stage_seconds_count{stage="fetch"}'), 3)
  t.equal(value('retrograde_origin_bytes_total'), html('words').length + 1234)
  t.ok(value('retrograde_client_bytes_total') > 1234)
  t.equal(value('retrograde_conversions_running'), 0)
  t.equal(value('retrograde_conversions_waiting'), 0)
  t.ok(value('retrograde_connections') >= 1)
  t.ok(value('process_resident_memory_bytes') > 0)
  t.equal(value('retrograde_refused_total{reason="ADDRESS_REFUSED"}'), 1)
  t.equal(value('retrograde_processes'), 1 + value('retrograde_image_processes'))
  t.match(figures.text, `retrograde_build_info{version="${VERSION}",node="${process.versions.node}"} 1\n`)
  t.notMatch(figures.text, /site\.test|10\.0\.0\.1/, 'nothing of what was visited')
  const board = readFileSync(join(ROOT, 'docs/grafana.json'), 'utf8')
  const named = new Set(board.match(/(?:retrograde|process)_[a-z_]+/g))
  t.ok(named.size > 15)
  for (const name of named)
    t.match(
      figures.text,
      `# TYPE ${name.replace(/_(?:bucket|sum|count)$/, '')} `,
      `${name} of docs/grafana.json is there`
    )

  t.equal((await get(proxy.port, 'http://retrograde/metrics', { from: '127.0.0.2' })).status, 200)
  const closed = await startProxy(t, {
    ...upstream,
    'metrics-from': '127.0.0.3',
    'allow-clients': '127.0.0.1',
    'max-requests-per-minute': 1
  })
  for (const raw of [
    'GET http://retrograde/metrics HTTP/1.0\r\n\r\n',
    `GET /metrics HTTP/1.0\r\nHost: 127.0.0.1:${closed.port}\r\n\r\n`,
    'GET /metrics\r\n',
    `GET http://127.0.0.1:${closed.port}/metrics HTTP/1.0\r\n\r\n`
  ])
    t.match((await ask(closed.port, raw)).text, /NOT_FOUND_HERE/, 'not for a client')
  t.match(
    (await get(closed.port, 'http://retrograde/metrics', { from: '127.0.0.9' })).text,
    /CLIENT_REFUSED/,
    'nor for others'
  )
  t.match((await get(closed.port, 'http://retrograde/metrics', { from: '127.0.0.3' })).text, /retrograde_visits_total/)
  t.match((await get(closed.port, 'http://retrograde/healthz', { from: '127.0.0.3' })).text, /^ok/)
  t.match(
    (await get(closed.port, 'http://retrograde/', { from: '127.0.0.3' })).text,
    /CLIENT_REFUSED/,
    'that is all that is open to it'
  )
  await get(closed.port, 'http://site.test/')
  await get(closed.port, 'http://site.test/')
  t.match(
    (await get(closed.port, 'http://retrograde/metrics', { from: '127.0.0.3' })).text,
    /retrograde_limits_total\{limit="TOO_MANY_REQUESTS"\} 1/
  )
})

t.test('images that are kept, and what was saved', async t => {
  const proxy = await startProxy(t, upstream)
  const picture = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'red' } })
    .png({ compressionLevel: 0 })
    .toBuffer()
  origin.on('http://site.test/p.png', answers(picture, 'image/png'))
  for (let at = 0; at < 2; at++) t.equal((await get(proxy.port, 'http://site.test/p.png')).status, 200)
  t.ok(await until(() => proxy.lines.length === 2))
  const { text } = await get(proxy.port, 'http://retrograde/metrics')
  t.match(text, 'retrograde_cache_total{what="converted",outcome="miss"} 1\n')
  t.match(text, 'retrograde_cache_total{what="converted",outcome="hit"} 1\n')
  t.match(text, /retrograde_cache_total\{what="original",outcome="miss"\} [12]\n/)
  const saved = Number(/retrograde_saved_bytes_total (\d+)/.exec(text)?.[1])
  t.ok(saved > picture.length && saved < 2 * picture.length, `${saved} bytes`)
})

t.test('long answers are told when they begin', async t => {
  const proxy = await startProxy(t, upstream)
  origin.on('http://site.test/long.bin', answers(Buffer.alloc(2_000_000), 'application/octet-stream'))
  origin.on('http://site.test/short.bin', answers(Buffer.alloc(200_000), 'application/octet-stream'))
  await get(proxy.port, 'http://site.test/long.bin?q=typed')
  await get(proxy.port, 'http://site.test/short.bin')
  t.ok(await until(() => proxy.lines.length === 3))
  t.match(proxy.lines[0], / 127\.0\.0\.1 GET http:\/\/site\.test\/long\.bin\?\.\.\. begins, of 2000000 bytes$/)
  t.equal(idOf(proxy.lines[0]!), idOf(proxy.lines[1]!), 'under the id of the line at its end')
})

t.test('the log names the user', async t => {
  const hash = cheapHash('red fish')
  const proxy = await startProxy(t, { ...upstream, users: `ada:${hash}` })
  origin.on('http://site.test/', answers(html('words')))
  const password = `Proxy-Authorization: Basic ${Buffer.from('ada:red fish').toString('base64')}`
  await get(proxy.port, 'http://site.test/', { headers: [password] })
  t.ok(await until(() => proxy.lines.length === 1))
  t.match(proxy.lines[0], /^\S+ [0-9a-f]{8} ada@127\.0\.0\.1 GET http:\/\/site\.test\/ page 200 .* mosaic$/)
})

t.test('the log as JSON', async t => {
  const proxy = await startProxy(t, { ...upstream, log: 'json' })
  const with_ = await startProxy(t, { ...upstream, log: 'json', 'log-queries': 'on' })
  const off = await startProxy(t, { ...upstream, log: 'off' })
  origin.on('http://site.test/seen', answers(html('words')))
  origin.on('http://site.test/large.bin', answers(Buffer.alloc(300_000), 'application/octet-stream'))
  for (const { port } of [proxy, with_, off])
    await get(port, 'http://ada:secret@site.test/seen?q=typed', {
      headers: ['Cookie: sid=secret', 'Authorization: Basic c2VjcmV0', 'Proxy-Authorization: Basic c2VjcmV0']
    })
  await get(proxy.port, 'http://site.test/large.bin')
  const failed = await get(proxy.port, 'http://nowhere.invalid:25/\r\nforged')
  t.ok(await until(() => proxy.lines.length === 3 && with_.lines.length === 1))
  const [page, file, error] = proxy.lines.map(line => JSON.parse(line) as Record<string, unknown>)
  t.match(page, {
    level: 'info',
    id: /^[0-9a-f]{8}$/,
    client: '127.0.0.1',
    method: 'GET',
    host: 'site.test',
    path: '/seen?...',
    kind: 'page',
    status: 200,
    originBytes: html('words').length,
    bytes: Number,
    ms: Number,
    time: /^\d{4}-\d\d-\d\dT/
  })
  t.equal(page?.profile, 'mosaic', 'what the client was taken for')
  t.match(file, { kind: 'passthrough', bytes: 300_000, path: '/large.bin' }, 'a stream is counted')
  t.match(error, { kind: 'error', failure: 'PORT_REFUSED', status: 403 })
  t.match(failed.text, new RegExp(`PORT_REFUSED .*#${String(error?.id)}`), 'the page names the line of the log')
  t.notMatch(proxy.lines.join('\n'), /secret|c2VjcmV0|typed|\bada\b/)
  t.match(JSON.parse(with_.lines[0]!), { path: '/seen?q=typed' })
  await get(with_.port, 'http://retrograde/settings?a=1&token=0123456789abcdef&images=off')
  t.ok(await until(() => with_.lines.length === 2))
  t.match(
    JSON.parse(with_.lines[1]!),
    { path: '/settings?a=1&token=...&images=off' },
    'no token, though queries are asked for'
  )
  const logIn = 'http://site.test/seen?~charset=utf-8.us-ascii.post.*2Fseen&word=secret'
  await get(with_.port, logIn, { browser: 'tiny' })
  t.ok(await until(() => with_.lines.length === 3))
  t.match(JSON.parse(with_.lines[2]!), { path: '/seen?...' }, 'nor a form that could not come by POST')
  t.notMatch(with_.lines.join('\n'), /secret|c2VjcmV0|\bada\b/, 'asked for queries, not for passwords')
  t.strictSame(off.lines, [])
})

t.test('what is no visit: tunnels, refused CONNECTs, handshakes that fail, bytes that are no request', async t => {
  const echo = net.createServer(socket => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  t.teardown(() => echo.close())
  const { port } = echo.address() as net.AddressInfo
  const folder = t.testdir({
    'blocked.yaml': '- hosts: [blocked.test]\n  reason: not today\n- hosts: [paths.test]\n  path: /x\n'
  })
  const settings = {
    conversions: 1,
    tls: 'tunnel',
    'tunnel-ports': port,
    'allow-hosts': '127.0.0.1',
    'tls-hosts': 'inside.test=on',
    blocked: join(folder, 'blocked.yaml'),
    'connect-timeout-seconds': 2,
    'tunnel-idle-seconds': 1,
    'max-megabytes-per-day': 1
  }
  const proxy = await startProxy(t, settings)
  const json = await startProxy(t, { ...settings, log: 'json' })
  const lineFor = async (part: string, lines = proxy.lines): Promise<string> => {
    await until(() => lines.some(line => line.includes(part)))
    return lines.findLast(line => line.includes(part)) ?? 'no line'
  }
  const through = async (to: number, bytes: string): Promise<void> => {
    const socket = net.connect(to, '127.0.0.1', () =>
      socket.write(`CONNECT 127.0.0.1:${port} HTTP/1.0\r\nProxy-Authorization: Basic c2VjcmV0\r\n\r\n`)
    )
    socket.on('error', () => {})
    await once(socket, 'data')
    socket.end(bytes)
    await once(socket.resume(), 'close')
  }
  await through(proxy.port, 'twelve bytes')
  t.match(
    await lineFor('tunnel'),
    new RegExp(
      `^\\S+ [0-9a-f]{8} 127\\.0\\.0\\.1 CONNECT 127\\.0\\.0\\.1:${port} tunnel client 12 up 12 down bytes \\d+ ms$`
    )
  )
  await through(json.port, 'twelve bytes')
  t.match(JSON.parse(await lineFor('tunnel', json.lines)), {
    id: /^[0-9a-f]{8}$/,
    client: '127.0.0.1',
    kind: 'tunnel',
    place: `127.0.0.1:${port}`,
    outcome: 'client',
    bytesUp: 12,
    bytesDown: 12,
    ms: Number
  })
  await ask(proxy.port, `CONNECT 127.0.0.1:${port} HTTP/1.0\r\n\r\n`)
  t.match(await lineFor('tunnel idle'), /tunnel idle 0 up 0 down/)

  const refusals: ReadonlyArray<readonly [string, string]> = [
    ['blocked.test:443', 'BLOCKED'],
    ['www.blocked.test:443', 'BLOCKED'],
    ['Blocked.Test.:443', 'BLOCKED'],
    ['paths.test:443', 'NAME_(NOT_FOUND|SERVER_SILENT)'],
    ['10.0.0.1:443', 'ADDRESS_REFUSED'],
    ['site.test:25', 'TUNNEL_REFUSED'],
    ['site.test:6667', 'TUNNEL_REFUSED'],
    ['ada:secret@site.test:443', 'BAD_REQUEST'],
    [`${'a'.repeat(5000)}.test:443`, '[A-Z_]+']
  ]
  for (const [target, code] of refusals) {
    const answer = await ask(proxy.port, `CONNECT ${target} HTTP/1.0\r\n\r\n`)
    await until(() => proxy.lines.some(line => answer.text.includes(`#${idOf(line)}`)))
    const line = proxy.lines.at(-1)!
    t.match(
      line,
      new RegExp(`^\\S+ [0-9a-f]{8} 127\\.0\\.0\\.1 CONNECT \\S+ connect ${code} \\d+ ms$`),
      target.slice(0, 40)
    )
    t.ok(answer.text.includes(`#${idOf(line)}`), `${target.slice(0, 40)}: the page names the line`)
    t.ok(line.length < 400, 'a line is a line')
  }
  t.match((await ask(proxy.port, 'CONNECT blocked.test:443 HTTP/1.0\r\n\r\n')).text, /not today/, 'and says why')

  await ask(proxy.port, 'CONNECT inside.test:443 HTTP/1.0\r\nUser-Agent: Noise/1.0\r\n\r\nthis is no TLS at all')
  t.match(await lineFor('handshake'), /CONNECT inside\.test:443 handshake too-old \d+ ms$/)

  const noise = await ask(proxy.port, 'GET / HTTP/1.0\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n')
  const unread = await lineFor('malformed')
  t.match(unread, /^\S+ [0-9a-f]{8} 127\.0\.0\.1 malformed BAD_REQUEST ambiguous-length 0 ms$/)
  t.ok(noise.text.includes(`#${idOf(unread)}`), 'the page names the line')
  const twice = await ask(
    proxy.port,
    'GET http://retrograde/healthz HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nContent-Length: x\r\n\r\n'
  )
  t.match(twice.raw, /ok[^]*400/, 'on a kept connection too')
  t.match(await lineFor('bad-length'), /malformed BAD_REQUEST bad-length/)
  t.notMatch(proxy.lines.concat(json.lines).join('\n'), /secret|c2VjcmV0|\bada\b/)

  const { text } = await get(proxy.port, 'http://retrograde/metrics')
  for (const figure of [
    'connections_total{kind="tunnel",outcome="client"} 1',
    'connections_total{kind="tunnel",outcome="idle"} 1',
    'connections_total{kind="connect",outcome="BLOCKED"} 4',
    'connections_total{kind="handshake",outcome="too-old"} 1',
    'connections_total{kind="malformed",outcome="BAD_REQUEST"} 2',
    'tunnel_bytes_total{way="up"} 12',
    'tunnels 0'
  ])
    t.match(text, `retrograde_${figure}\n`)
  t.match((await ask(proxy.port, `CONNECT 127.0.0.1:${port} HTTP/1.0\r\n\r\n`, { leaveAt: /established/ })).status, 200)
  await through(proxy.port, 'x'.repeat(1_000_000))
  await sleep(50)
  t.match(
    (await ask(proxy.port, `CONNECT 127.0.0.1:${port} HTTP/1.0\r\n\r\n`)).text,
    /DAY_IS_OVER/,
    'bytes of tunnels count'
  )
})

t.test('rules are read again', async t => {
  const folder = t.testdir()
  cpSync(OWN_RULES, folder, { recursive: true })
  const proxy = await startProxy(t, { ...upstream, rules: folder })
  const lines: string[] = []
  const running = await serve(
    readConfig(
      [
        '--port',
        '0',
        '--host',
        '127.0.0.1',
        '--data-dir',
        '',
        '--rules',
        folder,
        '--upstream-proxy',
        upstream['upstream-proxy'],
        '--conversions',
        '1'
      ],
      {}
    ),
    line => lines.push(line)
  )
  t.teardown(() => running.close())
  origin.on('http://site.test/again', answers(html('<p>A sign: \u2603</p>'), 'text/html; charset=utf-8'))
  const text = async (): Promise<string> => (await get(running.port, 'http://site.test/again')).text
  t.match(await text(), /A sign: /)
  writeFileSync(join(folder, 'blocked.yaml'), '- hosts: [site.test\n')
  running.reload()
  t.match(lines.at(-1), / The old rules and settings stay: .*blocked\.yaml/)
  t.match(await text(), /A sign: /, 'nothing has changed')
  writeFileSync(join(folder, 'blocked.yaml'), '[]\n')
  writeFileSync(join(folder, 'charsets/fallbacks.yaml'), '"\u2603": "(a new snowman)"\n')
  const during = Promise.all(Array.from({ length: 5 }, text))
  running.reload()
  t.match(lines.at(-1), / The rules and the settings were read again\.$/)
  for (const page of await during) t.match(page, /A sign: /, 'visits under way are finished')
  t.match(await text(), /A sign: \(a new snowman\)/, 'by new threads')
  writeFileSync(join(folder, 'blocked.yaml'), '- hosts: [site.test]\n')
  running.reload()
  t.match(await text(), /BLOCKED/)
  t.match((await get(proxy.port, 'http://site.test/again')).text, /A sign: /, 'another proxy has its own')
})

t.test('signals', { timeout: 100_000 }, async t => {
  const file = join(t.testdir({ 'settings.yaml': 'allowHosts: []\n' }), 'settings.yaml')
  const child = spawn(process.execPath, [
    PROGRAM,
    'serve',
    '--config',
    file,
    '--port',
    '0',
    '--host',
    '127.0.0.1',
    '--data-dir',
    '',
    '--conversions',
    '1',
    '--upstream-proxy',
    upstream['upstream-proxy'],
    '--shutdown-seconds',
    '20'
  ])
  t.teardown(() => child.kill('SIGKILL'))
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  t.ok(await until(() => /127\.0\.0\.1:\d+/.test(out), 30))
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(out)?.[1])
  child.kill('SIGHUP')
  t.ok(await until(() => out.includes('The rules and the settings were read again.')))
  const hash = cheapHash('red fish')
  writeFileSync(file, `users: ["ada:${hash}"]\nmaxPageBytes: 1MB\noriginalSource: top\nport: 1\n`)
  child.kill('SIGHUP')
  t.ok(await until(() => /These count now: originalSource, users\./.test(out)), 'settings too')
  t.match(out, /These count from the next start on: maxPageBytes\./, 'a flag goes before the file: port is the same')
  t.equal((await get(port, 'http://retrograde/')).status, 407)
  writeFileSync(file, 'images: sideways\n')
  child.kill('SIGHUP')
  t.ok(await until(() => /The old rules and settings stay: .*images: "sideways" is not allowed/.test(out)))
  t.equal((await get(port, 'http://retrograde/')).status, 407, 'nothing has changed')
  writeFileSync(file, 'denyClients: 127.0.0.9\nallowHosts: nas.test\n')
  child.kill('SIGHUP')
  t.ok(await until(() => /count now: .*allowHosts/.test(out)))
  t.equal((await get(port, 'http://retrograde/')).status, 200)
  t.match((await get(port, 'http://retrograde/', { from: '127.0.0.9' })).text, /CLIENT_REFUSED/)
  let end = (): void => {}
  origin.on('http://slow.test/', ({ answer }) => {
    end = () => void answer.writeHead(200, { 'content-type': 'text/html' }).end(html('to the end'))
  })
  const slow = get(port, 'http://slow.test/')
  t.ok(await until(() => origin.asked('http://slow.test/').length === 1))
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await sleep(500)
  const late = net.connect(port, '127.0.0.1')
  const [refused] = (await Promise.race([
    once(late, 'error'),
    once(late, 'connect').then(() => [{ code: 'connected' }])
  ])) as [{ code: string }]
  late.destroy()
  t.equal(refused.code, 'ECONNREFUSED', 'no new visit is taken')
  const ended = Date.now()
  end()
  t.match(await slow, { status: 200, text: /to the end/ }, 'what is under way is finished')
  t.strictSame(await exit, [0, null])
  t.ok(Date.now() - ended < 10_000, 'and nothing is waited for after it')
})

t.test('doctor', async t => {
  const config = (...args: string[]): ReturnType<typeof readConfig> => readConfig(['--data-dir', '', ...args], {})
  const site = new URL('https://secure.test/')

  const server = net.createServer(socket => socket.destroy()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as net.AddressInfo
  t.match(await problem(() => checkPort(port, '127.0.0.1')), /another program listens at port \d+: .*--port/)
  const proxy = await startProxy(t, upstream)
  t.match(await checkPort(proxy.port, '127.0.0.1'), /Retrograde answers/)
  t.match(await checkPort(0, '127.0.0.1'), /is free/)
  t.match(await problem(() => checkPort(0, '192.0.2.1')), /cannot listen at 192\.0\.2\.1.*--host/)

  t.match(
    await problem(() => checkNames(new URL('https://nowhere.invalid/'), config())),
    /nowhere\.invalid is not found .*name servers/
  )
  t.match(await checkNames(new URL('https://localhost/'), config()), /localhost is (127|::1)/)
  t.match(await checkNames(site, config('--upstream-proxy', upstream['upstream-proxy'])), /upstream proxy looks/)
  t.match(
    await problem(() => checkSite(new URL('https://nowhere.invalid/'), config())),
    /NAME_(NOT_FOUND|SERVER_SILENT).*firewall/
  )
  t.match(await problem(() => checkSite(new URL('https://127.0.0.1/'), config())), /ADDRESS_REFUSED/)

  t.equal(checkAuthorities(''), 'those that come with Node')
  t.match(await problem(() => checkAuthorities('/missing.pem')), /missing\.pem.*--extra-ca/)
  const folder = t.testdir({ file: 'x' })
  t.match(await checkStore(join(folder, 'new', 'data')), /can be written/)
  t.match(await problem(() => checkStore(join(folder, 'file'))), /file cannot be written .*--data-dir/)
  t.equal(await checkStore(''), 'nothing is to be remembered')

  const now = Date.UTC(2026, 5, 1)
  t.match(unfound('a.test', 'EAI_AGAIN'), /no name server answers/)
  t.match(unfound('a.test', 'ENOTFOUND'), /a\.test is not found \(ENOTFOUND\)/)
  t.equal(checkRoom(2 * 1024 ** 3), '2048 MB are free')
  t.match(await problem(async () => checkRoom(1024 ** 2)), /the disk is full \(1 MB are free\)/)
  const card = (family: 'IPv4' | 'IPv6', address: string): NetworkInterfaceInfo =>
    ({ family, address, internal: false }) as NetworkInterfaceInfo
  t.equal(checkAddresses({ eth0: [card('IPv4', '192.168.1.9'), card('IPv6', '2001:db8::9')] }, false), '192.168.1.9')
  t.match(checkAddresses({ eth0: [card('IPv4', '172.17.0.2')] }, true), /a container behind a bridge/)
  for (const [interfaces, words] of [
    [{ eth0: [card('IPv6', '2001:db8::9')] }, /no address of IPv4/],
    [{ eth0: [card('IPv4', '169.254.7.7')] }, /no address of IPv4/],
    [{}, /in no network/]
  ] as const)
    t.match(await problem(async () => checkAddresses(interfaces, false)), words)
  t.match(checkClock(new Date(now - 60_000).toUTCString(), now), /^2026-06-01T/)
  t.match(checkClock(undefined, now), /no site to compare/)
  t.match(
    await problem(() => checkClock(new Date(now - 3_600_000).toUTCString(), now)),
    /2026-06-01.*2026-05-31.*set the clock/
  )
  t.match(await problem(() => checkClock(undefined, 0)), /1970.*set the clock/)
  t.type(await hasFonts(), 'boolean')
  t.match(await checkImages(IMAGE_LOOK, 240 * 1024 ** 2), /^they are converted, each with 240 MB at most$/)
  // Node itself does not start with so little: only Linux ends it before it has begun.
  if (process.platform === 'linux')
    t.match(
      await problem(() => checkImages(IMAGE_LOOK, -90 * 1024 ** 2)),
      /^none can be converted \(.*\): see maxImageMemoryBytes/
    )
})

t.test('doctor asks a secure site', noTls, async t => {
  origin.on('https://secure.test/', answers(html('secure')))
  origin.on('https://bad.test/', answers(html('bad')))
  const run = async (...args: string[]): Promise<{ code: number; out: string }> => {
    const child = spawn(process.execPath, [
      PROGRAM,
      'doctor',
      '--data-dir',
      '',
      '--port',
      '0',
      '--upstream-proxy',
      upstream['upstream-proxy'],
      '--extra-ca',
      certificates!.authority,
      ...args
    ])
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    const [code] = (await once(child, 'close')) as [number]
    return { code, out }
  }
  const well = await run('--site', 'https://secure.test/')
  t.match(well.out, /^ok {3}secure site +secure\.test answers 200 through the upstream proxy$/m)
  t.match(well.out, /^ok {3}clock +\d{4}-\S+$/m)
  t.equal(well.code, /^FAIL/m.test(well.out) ? 1 : 0)
  const bad = await run('--site', 'https://bad.test/')
  t.match(bad.out, /^FAIL secure site +bad\.test: BAD_CERTIFICATE .*--extra-ca$/m)
  t.equal(bad.code, 1)
})
