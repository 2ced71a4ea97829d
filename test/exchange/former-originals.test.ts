import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import t from 'tap'
import { get } from '../helpers/client.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

// Images whose own bytes have given way to those of others, while what was made of them is still there.

const origin = await startOrigin(t, undefined)
const { port } = await startProxy(t, {
  'upstream-proxy': `http://127.0.0.1:${origin.port}`,
  conversions: 1,
  'max-image-cache-bytes': 1024 * 1024
})

/** Nothing makes noise smaller: some 150 KB. */
const noise = (): Promise<Buffer> =>
  sharp(randomBytes(220 * 220 * 3), { raw: { width: 220, height: 220, channels: 3 } })
    .png()
    .toBuffer()

const ETAG = '"of the site"'
const [LASTING, ASKED] = ['http://lasting.test/a.png', 'http://asked.test/a.png'] as const
const headersOf = (address: string): Record<string, string> =>
  address === LASTING ? { 'cache-control': 'max-age=3600' } : { 'cache-control': 'no-cache', etag: ETAG }

for (const address of [LASTING, ASKED]) {
  const bytes = await noise()
  origin.on(address, ({ request, answer }) => {
    const isKnown = request.headers['if-none-match'] === ETAG
    answer.writeHead(isKnown ? 304 : 200, { 'content-type': 'image/png', ...headersOf(address) })
    answer.end(isKnown ? undefined : bytes)
  })
}

const visit = (address: string, browser: 'nav3' | 'mosaic' = 'nav3') => get(port, address, { browser })
const conditions = (address: string): unknown[] => origin.asked(address).map(({ headers }) => headers['if-none-match'])

t.test('they are shown again to whom they were shown', async t => {
  const before = [await visit(LASTING), await visit(ASKED)]
  for (let at = 0; at < 4; at++) {
    const address = `http://others.test/${at}.png`
    origin.on(address, answers(await noise(), 'image/png', { 'cache-control': 'max-age=3600' }))
    await visit(address)
  }
  const after = [await visit(LASTING), await visit(ASKED)]
  t.ok(after.every(({ status, body }, at) => status === 200 && body.equals(before[at]!.body)))
  t.strictSame(conditions(LASTING), [undefined], 'without a question, where the site says how long it lasts')
  t.strictSame(conditions(ASKED), [undefined, ETAG], 'else after one whether it is still the same')
})

t.test('another kind of browser, and another view, have them fetched again', async t => {
  t.equal((await visit(LASTING, 'mosaic')).status, 200)
  t.strictSame(conditions(LASTING), [undefined, undefined])
  t.equal((await visit(ASKED, 'mosaic')).status, 200)
  t.strictSame(conditions(ASKED), [undefined, ETAG, undefined], 'with all of their bytes')
})
