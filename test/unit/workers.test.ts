import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import sharp from 'sharp'
import t from 'tap'
import { createFairQueue } from '../../src/async/fair-queue.js'
import { OWN_RULES } from '../../src/clients/rules.js'
import { convertImage } from '../../src/image/convert.js'
import type { ImageOptions } from '../../src/image/options.js'
import { boundSvg, SVG_LIMITS } from '../../src/image/decode/svg-bounds.js'
import { createWorkers, type Asker, type WorkersOptions } from '../../src/workers/pool.js'
import { createPageThreads } from '../../src/workers/page-threads.js'
import { flagsToBegin, threadFlags } from '../../src/workers/v8/thread-flags.js'
import { jobFor, profileOf } from '../helpers/context.js'
import { IMAGE_LOOK } from '../helpers/image-look.js'
import { PROGRAM, ROOT } from '../helpers/root.js'

const MIB = 1024 * 1024
const LOOK: ImageOptions = {
  ...IMAGE_LOOK,
  maxWidth: 300,
  maxHeight: 300,
  limits: { ...IMAGE_LOOK.limits, maxPixels: 5e7, timeoutSeconds: 100 }
}
const OPTIONS: WorkersOptions = {
  places: 2,
  mostWaiting: 50,
  timeoutSeconds: 100,
  waitSeconds: 100,
  maxImageMemoryBytes: 240 * MIB,
  rulesFolder: OWN_RULES
}
const never = (): AbortSignal => new AbortController().signal
const of = (client: string, signal = never()): Asker => ({ client, signal })
const svg = (inner: string, attributes = ''): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500" ${attributes}>${inner}</svg>`)
/** librsvg takes minutes for it, though it is short. */
const ENDLESS = svg(
  `<filter id="f">${'<feTurbulence numOctaves="200" baseFrequency="0.1"/>'.repeat(200)}</filter><rect filter="url(#f)" width="500" height="500"/>`
)
const SMALL = svg('<rect width="50" height="50" fill="#f00"/>')

t.test('turns by client', async t => {
  const queue = createFairQueue({
    places: 4,
    mostOfClient: 2,
    mostWaiting: 3,
    waitMilliseconds: 60_000,
    refuse: () => new Error('refused'),
    tooLate: () => new Error('too late')
  })
  const order: string[] = []
  const enter = async (client: string, signal = never()): Promise<() => void> => {
    const leave = await queue.enter(client, signal)
    order.push(client)
    return leave
  }
  const [first, second] = await Promise.all([enter('a'), enter('a')])
  const gone = new AbortController()
  const waiting = [enter('a', gone.signal).catch((error: Error) => error.message), enter('a'), enter('a')]
  await t.rejects(queue.enter('a', never()), /refused/, 'only so many of a client wait')
  const others = await Promise.all([enter('b'), enter('c')])
  t.strictSame(order, ['a', 'a', 'b', 'c'], 'the other half is free for others')
  t.strictSame(queue.load(), { running: 4, waiting: 3 })
  const late = [enter('b'), enter('d')]
  gone.abort(new Error('left'))
  t.equal(await waiting[0], 'left')
  others[1]()
  await sleep(0)
  t.strictSame(order.slice(4), ['b'], 'the place goes to one whose turn it is')
  first()
  first()
  await sleep(0)
  t.strictSame(order.slice(4), ['b', 'd'], 'each client in turn, whoever came first; leaving twice frees one place')
  second()
  await sleep(0)
  t.strictSame(order.slice(4), ['b', 'd', 'a'])
  for (const leave of [...(await Promise.all(late)), others[0]]) leave()
  for (const leave of (await Promise.all(waiting.slice(1))) as Array<() => void>) leave()
  t.strictSame(queue.load(), { running: 0, waiting: 0 }, 'nothing is left')
  await t.rejects(queue.enter('a', gone.signal), /left/)

  const hasty = createFairQueue({
    places: 1,
    mostOfClient: 1,
    mostWaiting: 3,
    waitMilliseconds: 1,
    refuse: () => new Error('refused'),
    tooLate: () => new Error('too late')
  })
  const leave = await hasty.enter('a', never())
  await t.rejects(hasty.enter('b', never()), /too late/, 'a wait has an end')
  leave()
  t.strictSame(hasty.load(), { running: 0, waiting: 0 })
})

t.test('one client does not keep the pages of all others', async t => {
  const workers = createWorkers(OPTIONS)
  t.teardown(workers.close)
  const heavy = jobFor(Buffer.from('<p>words <b>and</b> more '.repeat(30_000)), profileOf('nav3'))
  const done: string[] = []
  const left = Array.from({ length: 30 }, () => new AbortController())
  const many = left.map(({ signal }) =>
    workers.page(heavy, of('greedy', signal)).then(
      () => done.push('greedy'),
      () => {}
    )
  )
  await workers.page(jobFor(Buffer.from('<p>small'), profileOf('nav3')), of('modest'))
  done.push('modest')
  t.ok(done.indexOf('modest') < 5, `after ${done.indexOf('modest')} of 30`)
  for (const one of left) one.abort()
  await Promise.all(many)
  t.strictSame(workers.load(), { running: 0, waiting: 0 }, 'those that are given up are gone')
})

t.test('V8 gets the flags that it knows', async t => {
  const flags = ['--no-allocation-site-pretenuring', '--max-inlined-bytecode-size-cumulative=200']
  t.strictSame(threadFlags('11.3.244.8-node.26'), [...flags, '--interrupt-budget=300000'])
  t.strictSame(threadFlags('13.6.233.17-node.26'), flags)
  t.strictSame(flagsToBegin('13.6.233.17-node.26'), [])
  const { stderr, stdout } = spawnSync(process.execPath, [join(dirname(PROGRAM), 'retrograde.cjs'), '--version'])
  t.match(stdout.toString(), /^\d+\.\d+\.\d+\n$/)
  t.equal(stderr.toString(), '', 'nor does that of the command complain')
})

t.test('threads begin with the first work, or when it is announced', async t => {
  let begun = 0
  // Other tests of this process may begin threads meanwhile.
  const megabytes = 111
  const count = ({ resourceLimits }: Worker): void =>
    void (resourceLimits?.maxOldGenerationSizeMb === megabytes && begun++)
  process.on('worker', count)
  t.teardown(() => process.off('worker', count))
  const threads = createPageThreads({ places: 2, rulesFolder: OWN_RULES, maxThreadMemoryBytes: megabytes * MIB })
  t.teardown(threads.end)
  const page = async (): Promise<string> => {
    const job = jobFor(Buffer.from('<p>words'), profileOf('nav3'))
    const made = await threads.run<{ body: Uint8Array }>(job, { name: 'convertPage', signal: never() })
    return 'result' in made ? Buffer.from(made.result.body).toString('latin1') : made.failed
  }
  threads.collect('collect')
  t.equal(begun, 0, 'nothing to collect')
  threads.ready()
  threads.ready()
  await sleep(0) // Node tells of a new thread in its next turn
  t.equal(begun, 1, 'one is kept ready')
  t.match(await page(), /words/)
  t.equal(begun, 1, 'and does the work')
  await threads.end()
  t.match(await page(), /words/, 'work after the end')
  t.equal(begun, 2, 'begins another')
})

t.test('a thread begins with what require() may load, and has all that its work can do', async t => {
  const [entry, work] = ['page-thread.cjs', 'page-worker.js'].map(name => join(ROOT, '.build/src/workers', name))
  const thread = new Worker(
    `const { parentPort } = require('node:worker_threads')
    const found = require(${JSON.stringify(entry)})
    const isModule = require('node:util').types.isModuleNamespaceObject(found)
    import(${JSON.stringify(pathToFileURL(work!).href)}).then(async work => {
      const missing = []
      for (const [name, value] of Object.entries(work)) if ((await found[name]) !== value) missing.push(name)
      parentPort.postMessage({ isModule, missing, none: Object.keys(work).length === 0 })
    })`,
    { eval: true, workerData: { rulesFolder: OWN_RULES } }
  )
  t.teardown(() => thread.terminate())
  const expected = { isModule: false, missing: [], none: false }
  t.strictSame(await once(thread, 'message'), [expected], 'its end is not that of the proxy')
})

t.test('threads that cannot begin', async t => {
  const folder = t.testdir({ 'later.mjs': "export const f = () => 'done'" })
  const warned: string[] = []
  const listen = ({ message }: Error): void => void warned.push(message)
  process.on('warning', listen)
  t.teardown(() => process.off('warning', listen))
  const entry = join(folder, 'entry.mjs')
  const threads = createPageThreads({ places: 2, rulesFolder: OWN_RULES, entry })
  t.teardown(threads.end)
  const work = (): Promise<unknown> => threads.run(undefined, { name: 'f', signal: never() })
  for (const _ of '1234')
    await t.rejects(work(), /find module|Terminating/, 'nothing waits for a thread that will not come')
  t.match(warned[0], /^A thread for pages has ended: Cannot find module/)
  copyFileSync(join(folder, 'later.mjs'), entry)
  await work().catch(() => undefined) // It may still come to a thread that began before.
  t.equal(await work(), 'done', 'once they can, they do')
})

t.test('an image that goes on and on is ended with its process', async t => {
  const workers = createWorkers(OPTIONS)
  t.teardown(workers.close)
  const gone = new AbortController()
  const left = workers.image(ENDLESS, LOOK, of('a', gone.signal)).then(
    () => 'made',
    () => 'left'
  )
  t.equal((await workers.image(SMALL, LOOK, of('b'))).type, 'image/gif', 'that of another client is made meanwhile')
  gone.abort()
  t.equal(await left, 'left', 'it does not go on when its client has left')
  t.equal((await workers.image(SMALL, LOOK, of('a'))).type, 'image/gif', 'and the next one is made')
  const { processes, ended } = await workers.imageProcesses()
  t.equal(ended, 0, 'that nobody waits for it is no failure')
  t.ok(processes <= 2, `${processes} processes`)

  const greedy = new AbortController()
  const many = '123'.split('').map(() => workers.image(ENDLESS, LOOK, of('greedy', greedy.signal)).catch(() => 'left'))
  t.strictSame(workers.load(), { running: 2, waiting: 1 }, 'one client has all places')
  t.equal((await workers.image(SMALL, LOOK, of('b'))).type, 'image/gif', 'but for one that others find free')
  t.strictSame(workers.load(), { running: 2, waiting: 1 })
  greedy.abort()
  t.strictSame(await Promise.all(many), ['left', 'left', 'left'])

  const hasty = createWorkers({ ...OPTIONS, timeoutSeconds: 2 })
  t.teardown(hasty.close)
  await t.rejects(hasty.image(ENDLESS, LOOK, of('a')), { code: 'CONVERSION_FAILED', detail: /2 seconds/ })
  t.match(await hasty.imageProcesses(), { processes: 0, bytes: 0, ended: 1 })
})

t.test('an image that takes too much memory', async t => {
  const workers = createWorkers({ ...OPTIONS, maxImageMemoryBytes: 32 * MIB })
  t.teardown(workers.close)
  const large = await sharp({ create: { width: 6000, height: 6000, channels: 3, background: '#888' } })
    .png({ progressive: true })
    .toBuffer()
  await t.rejects(workers.image(large, LOOK, of('a')), { code: 'CONVERSION_FAILED' })
  t.equal((await workers.image(SMALL, LOOK, of('a'))).type, 'image/gif')
  const { bytes } = await workers.imageProcesses()
  if (process.platform === 'linux') t.ok(bytes > 10 * MIB && bytes < 200 * MIB, `${bytes} bytes`)
  const roomy = createWorkers(OPTIONS)
  t.teardown(roomy.close)
  t.equal((await roomy.image(large, LOOK, of('a'))).width, 300, 'it can be made where there is more')
})

t.test('what a drawing may have in it', async t => {
  const many = (text: string, times: number): string => text.repeat(times)
  const png = await sharp({ create: { width: 1000, height: 1000, channels: 3, background: '#888' } })
    .png()
    .toBuffer()
  const within: Readonly<Record<string, Buffer>> = {
    'a picture': svg('<g><path d="M0 0L9 9"/><use href="#a"/><text id="a">words</text></g>'),
    'what is no drawing': Buffer.from('<svg <a'),
    'some blanks of a text': svg(`<text>a${many(' ', 50_000)}b</text>`),
    'a gradient for many': svg(
      `<linearGradient id="g">${many('<stop/>', 5)}</linearGradient>${many('<rect fill="url(#g)"/>', 20_000)}`
    ),
    'one image within it': svg(`<image href="data:image/png;base64,${png.toString('base64')}"/>`),
    'words that are not drawn': svg(`<desc>${many('a', 50_000)}</desc>`),
    'names of namespaces': Buffer.from(
      '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;" width="9" height="9"/>'
    )
  }
  for (const [what, drawing] of Object.entries(within)) t.doesNotThrow(() => boundSvg(drawing), what)
  const nested = Array.from(
    { length: 9 },
    (_, at) => `<g id="g${at}">${many(`<use xlink:href="#g${at - 1}"/>`, 10)}</g>`
  ).join('')
  const beyond: Readonly<Record<string, Buffer>> = {
    bytes: svg(`<path d="M0 0${many('L1 1', SVG_LIMITS.bytes / 4)}"/>`),
    elements: svg(many('<a/>', SVG_LIMITS.elements)),
    letters: svg(`<text>${many('a', SVG_LIMITS.characters + 1)}</text>`),
    'letters in pieces': svg(`<text>${many('<tspan>a</tspan>b', SVG_LIMITS.characters / 2)}c</text>`),
    'letters of another namespace': svg(`<s:text>${many('a', SVG_LIMITS.characters + 1)}</s:text>`),
    'letters by CDATA': svg(`<text><![CDATA[${many('a', SVG_LIMITS.characters + 1)}]]></text>`),
    'letters by references': svg(`<text>${many('&#97;', SVG_LIMITS.characters + 1)}</text>`),
    'letters that are repeated': svg(`<text id="t">${many('a', 1000)}</text>${many('<use href="#t"/>', 10)}`),
    'elements within each other': svg(many('<g>', SVG_LIMITS.depth)),
    'letters that a pattern repeats': svg(
      `<pattern id="p"><text>${many('a', 1000)}</text></pattern>${many('<rect fill="url(#p)"/>', 11)}`
    ),
    'letters that a pattern repeats by its style': svg(
      `<pattern id="p"><text>${many('a', 1000)}</text></pattern>${many('<rect style="stroke:red;fill : url( #p )"/>', 11)}`
    ),
    'markers at each point': svg(
      `<marker id="m">${many('<rect/>', 1000)}</marker><path marker-mid="url(#m)" d="M0 0${many('L1 1', 300)}"/>`
    ),
    'blanks of a long text': svg(`<text>${many('a ', 60_000)}</text>`),
    'words of HTML': svg(`<foreignObject>${many('a ', 110_000)}</foreignObject>`),
    'points of a path': svg(`<path d="M0 0${many('L1 1', 600_000)}"/>`),
    'style sheets': svg(`<style>${many('.a{fill:red}', 6000)}</style>`),
    'a drawing within it': svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
    'images within it': svg(many(`<image href="data:image/png;base64,${png.toString('base64')}"/>`, 51)),
    'USE within USE': svg(nested, 'xmlns:xlink="http://www.w3.org/1999/xlink"'),
    'USE of itself': svg('<g id="a"><use href="#a"/></g>'),
    'entities within entities': Buffer.from(
      `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "${many('&a;', 10)}">]><svg><text>&b;</text></svg>`
    ),
    'markup in an entity': Buffer.from('<!DOCTYPE svg [<!ENTITY a "<text>aaa</text>">]><svg>&a;</svg>'),
    'letters by an entity': Buffer.from(
      `<!DOCTYPE svg [<!ENTITY a "${many('a', 100)}">]><svg><text>${many('&a;', 101)}</text></svg>`
    ),
    'entities of its own': Buffer.from('<!DOCTYPE svg [<!ENTITY % a "b"> %a;]><svg/>'),
    'a charset that hides markup': Buffer.from('<?xml version="1.0" encoding="UTF-7"?><svg>+ADw-text+AD4-</svg>')
  }
  for (const [what, drawing] of Object.entries(beyond))
    t.throws(() => boundSvg(drawing), { code: 'IMAGE_TOO_LARGE' }, what)
})

t.test('each side of an image is bounded', async t => {
  const flat = await sharp({ create: { width: 4000, height: 2, channels: 3, background: '#888' } })
    .png()
    .toBuffer()
  const limits = (maxSide: number): ImageOptions => ({ ...LOOK, limits: { ...LOOK.limits, maxSide } })
  await t.rejects(convertImage(flat, limits(3999)), { code: 'IMAGE_TOO_LARGE' })
  await t.rejects(convertImage(await sharp(flat).rotate(90).png().toBuffer(), limits(3999)), {
    code: 'IMAGE_TOO_LARGE'
  })
  t.equal((await convertImage(flat, limits(4000))).width, 300)
  const tall = await sharp({ create: { width: 1, height: 2, channels: 3, background: '#888' } })
    .png()
    .toBuffer()
  tall.writeUInt32BE(40_000_000, 20)
  await t.rejects(convertImage(tall, LOOK), { code: /IMAGE_/ }, 'few pixels, but many rows')
})
