import t from 'tap'
import { get } from '../helpers/client.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

// What a site says about keeping its answers, as far as HTTP/1.0 has words for it.

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const origin = await startOrigin(t, undefined)
const { port } = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}`, conversions: 1 })

const NOT_AT_ALL = { pragma: 'no-cache', expires: '0' }
const ONCE = { pragma: undefined, expires: '0' }
const NOTHING = { pragma: undefined, expires: undefined }
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString()
const SOON = inSeconds(3600)

/** What a site says, and what a browser of the time hears: about a page, an image, a file. */
const ROWS: ReadonlyArray<readonly [Record<string, string>, page: object, image: object, file: object]> = [
  [{ 'cache-control': 'no-store, no-cache, must-revalidate' }, NOT_AT_ALL, NOT_AT_ALL, ONCE],
  [{ 'cache-control': 'No-Cache' }, NOT_AT_ALL, ONCE, ONCE],
  [{ 'cache-control': 'no-cache="set-cookie"' }, NOTHING, NOTHING, NOTHING],
  [{ 'cache-control': 'private, max-age=0, must-revalidate' }, NOT_AT_ALL, ONCE, ONCE],
  [{ 'cache-control': 'public, max-age=0' }, ONCE, ONCE, ONCE],
  [{ 'cache-control': 'private', vary: 'Cookie' }, ONCE, ONCE, ONCE],
  [{ pragma: 'no-cache' }, NOT_AT_ALL, ONCE, ONCE],
  [{ expires: 'Thu, 19 Nov 1981 08:52:00 GMT' }, ONCE, ONCE, ONCE],
  [{ expires: '-1' }, ONCE, ONCE, ONCE],
  [{ expires: 'soon' }, ONCE, ONCE, ONCE],
  [{ expires: SOON }, { pragma: undefined, expires: SOON }, NOTHING, { expires: SOON }],
  [{ 'cache-control': 'max-age=60, public', age: '60', expires: SOON }, ONCE, ONCE, ONCE],
  [{ 'cache-control': 's-maxage=600' }, NOTHING, NOTHING, NOTHING],
  [{}, NOTHING, NOTHING, NOTHING]
]

const heard = async (address: string, browser: 'nav3' | 'mosaic' = 'nav3'): Promise<object> => {
  const { headers } = await get(port, address, { browser })
  return { pragma: headers.pragma, expires: headers.expires, cacheControl: headers['cache-control'] }
}

t.test('each word of a site', async t => {
  for (const [at, [said, page, image, file]] of ROWS.entries()) {
    const site = `http://keep${at}.test`
    origin.on(`${site}/page`, answers('<title>T</title><p>Words', 'text/html', said))
    origin.on(`${site}/image`, answers(GIF, 'image/gif', said))
    origin.on(`${site}/a.zip`, answers('PK\x03\x04 bytes', 'application/zip', said))
    t.match(await heard(`${site}/page`), { ...page, cacheControl: undefined }, `page: ${JSON.stringify(said)}`)
    t.match(await heard(`${site}/image`), { ...image, cacheControl: undefined }, `image: ${JSON.stringify(said)}`)
    t.match(await heard(`${site}/a.zip`), { ...file, pragma: undefined }, `file: ${JSON.stringify(said)}`)
  }
})

t.test('a time in seconds is a date', async t => {
  origin.on(
    'http://aged.test/',
    answers('<p>Words', 'text/html', { 'cache-control': 'private, max-age=600', age: '60' })
  )
  const { headers } = await get(port, 'http://aged.test/')
  const seconds = (Date.parse(headers.expires ?? '') - Date.now()) / 1000
  t.ok(Math.abs(seconds - 540) <= 2, `${seconds} seconds`)
  t.equal(headers.pragma, undefined)
})

t.test('all parts of a long page', async t => {
  const long = `<title>T</title>${'<p>Some words of a long page.</p>'.repeat(20_000)}`
  origin.on('http://long.test/', answers(long, 'text/html', { 'cache-control': 'no-store' }))
  t.match(await heard('http://long.test/', 'mosaic'), NOT_AT_ALL)
  t.match(await heard('http://long.test/?~part=2', 'mosaic'), NOT_AT_ALL)
  t.equal(origin.asked('http://long.test/').length, 1, 'the second part was kept')
})
