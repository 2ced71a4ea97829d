import { once } from 'node:events'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { checkPage } from './helpers/check-page.js'
import { get, type Answer, type Browser } from './helpers/client.js'
import { profileOf } from './helpers/context.js'
import { answers, startOrigin } from './helpers/origin.js'
import { startProxy } from './helpers/proxy.js'

// What is too long for an old browser: addresses and pages, over sockets.

const origin = await startOrigin(t, undefined)
const upstream = { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 }
const html = (body: string, title = 'A page'): string => `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`

function isPage (t: Test, answer: Answer, status: number, words: RegExp, browser: Browser = 'mosaic'): void {
  t.equal(answer.status, status, `${String(words)}: status`)
  const { problems, text, title } = checkPage(answer.body, profileOf(browser))
  t.strictSame(problems, [], `${String(words)}: valid`)
  t.match(`${title} ${text}`, words)
}

const LONG = `/long?session=${'x'.repeat(1200)}`

t.test('short addresses', async t => {
  const folder = t.testdir()
  const first = await startProxy(t, { ...upstream, 'data-dir': folder })
  origin.on('http://site.test/page', answers(html(`<p>A <a href="${LONG}&a=1#place">link</a></p><p><img src="/photo${LONG}" width=40 height=30 alt=Boats></p>
<form action="${LONG.replace('?', '/')}"><input name=q value=boats><input type=submit></form><form action="${LONG}" method=post><input name=q><input type=submit></form>`)))
  origin.on('http://site.test/long', ({ request, answer, seen }) => void once(request, 'end').then(() => answer.writeHead(200, { 'content-type': 'text/html' }).end(html(`<p>The long page, got ${seen.method} [${seen.body.toString()}]`))))
  origin.on(`http://site.test${LONG.replace('?', '/')}`, ({ request, answer }) => answer.writeHead(200, { 'content-type': 'text/html' }).end(html(`<p>Looked for ${/q=.*/.exec(request.url ?? '')?.[0] ?? ''}`)))
  origin.on('http://site.test/photo/long', answers(await sharp({ create: { width: 100, height: 75, channels: 3, background: '#cc3300' } }).png().toBuffer(), 'image/png'))

  const page = await get(first.port, 'http://site.test/page')
  isPage(t, page, 200, /A link/)
  const addresses = [...page.text.matchAll(/(?:HREF|SRC|ACTION)="(http:\/\/retrograde\/~[^"]*)"/g)].map(([, address]) => address!)
  t.equal(addresses.length, 4, page.text)
  t.match(addresses[0], /^http:\/\/retrograde\/~[0-9a-z]{10}#place$/, 'a place in the page stays outside')
  const [link = '', image = '', search = '', order = ''] = addresses.map(address => address.replace(/#.*/, ''))

  const check = async (port: number, name: string): Promise<void> => {
    isPage(t, await get(port, link), 200, /The long page, got GET/)
    t.equal(origin.seen.at(-1)!.address, `http://site.test${LONG}&a=1`, `${name}: the origin sees the real one`)
    const picture = await get(port, image)
    t.strictSame([picture.headers['content-type'], picture.body.readUInt16LE(6), picture.body.readUInt16LE(8)], ['image/gif', 40, 30], `${name}: an image in its size`)
    isPage(t, await get(port, `${search}?q=red+boats`), 200, /Looked for q=red\+boats/)
    isPage(t, await get(port, order, { method: 'POST', body: 'q=1', headers: ['Content-type: application/x-www-form-urlencoded'] }), 200, /got POST \[q=1\]/)
    isPage(t, await get(port, link.toUpperCase().replace('HTTP://RETROGRADE', 'http://retrograde'), { browser: 'html4' }), 200, /The long page/, 'html4')
    isPage(t, await get(port, `http://retrograde/read?url=${link.slice(7)}`), 200, /The long page/)
    isPage(t, await get(port, '/~0123456789', { headers: [`Host: 127.0.0.1:${port}`] }), 404, /SHORT_ADDRESS_GONE/)
  }
  await check(first.port, 'at once')
  const gateway = await get(first.port, '/http://site.test/page', { headers: [`Host: 127.0.0.1:${first.port}`] })
  t.ok(gateway.text.includes(`HREF="http://127.0.0.1:${first.port}/~${link.slice(-10)}#place"`), 'the same key behind the proxy’s own address')
  isPage(t, await get(first.port, `/~${link.slice(-10)}`, { headers: [`Host: 127.0.0.1:${first.port}`] }), 200, /The long page/)
  await first.close()
  const second = await startProxy(t, { ...upstream, 'data-dir': folder })
  await check(second.port, 'after a restart')

  isPage(t, await get(second.port, 'http://retrograde/~zzzzzzzzzz'), 404, /SHORT_ADDRESS_GONE/)
  isPage(t, await get(second.port, 'http://retrograde/read?url=retrograde/~zzzzzzzzzz'), 404, /SHORT_ADDRESS_GONE/)
  t.equal((await get(second.port, 'http://retrograde/~zzzzzzzzzz', { headers: ['Accept: image/gif, image/jpeg'] })).headers['content-type'], 'image/gif', 'a blank image in the place of one')
  await get(second.port, 'http://site.test/page', { headers: [`Referer: ${link}`] })
  t.equal(origin.seen.at(-1)!.headers.referer, `http://site.test${LONG}&a=1`, 'an origin never sees a short one')

  origin.on('http://site.test/moved', answers('', 'text/html', { location: `${LONG}&a=1` }, 302))
  const moved = await get(second.port, 'http://site.test/moved')
  t.strictSame([moved.status, moved.headers.location], [302, link], 'a redirect to a long one')
  isPage(t, moved, 302, /Moved/)
  await second.close()

  const strict = await startProxy(t, { conversions: 1 })
  origin.on('http://127.0.0.1/', answers(''))
  isPage(t, await get(strict.port, link), 404, /SHORT_ADDRESS_GONE/)
  await strict.close()
  const guarded = await startProxy(t, { conversions: 1, 'allow-hosts': '127.0.0.1' })
  origin.on(`http://127.0.0.1:${origin.port}/inside`, answers(html(`<a href="http://10.0.0.1${LONG}">x</a>`)))
  const inside = /http:\/\/retrograde\/~\w+/.exec((await get(guarded.port, `http://127.0.0.1:${origin.port}/inside`)).text)?.[0] ?? ''
  isPage(t, await get(guarded.port, inside), 403, /ADDRESS_REFUSED/)
  await guarded.close()
})
