import sharp from 'sharp'
import t, { type Test } from 'tap'
import { readSize } from '../../src/image/sizes/read-size.js'
import { get, type Browser } from '../helpers/client.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

// Maps that a site looks up itself: the place that was hit comes behind the address of the link.

const origin = await startOrigin(t, undefined)
const { port } = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}`, conversions: 1 })

const chart = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#08c' } })
  .png()
  .toBuffer()
origin.on('http://atlas.test/chart.png', answers(chart, 'image/png'))
const map = (image: string, href = '/cgi-bin/map'): string =>
  `<!doctype html><title>Atlas</title><p>The coast in one picture.</p><a href="${href}"><img ${image} ismap alt="Chart"></a>`
/** What a page says of its map, and the picture that is sent for it. */
async function seen(browser: Browser): Promise<{ href: string; width: number; height: number }> {
  const { text } = await get(port, 'http://atlas.test/', { browser })
  const [, href = '', src = ''] = /<A HREF="([^"]+)"><IMG SRC="([^"]+)"[^>]* ISMAP/.exec(text) ?? []
  const completed = (address: string): string => new URL(address.replaceAll('&amp;', '&'), 'http://atlas.test/').href
  const { body } = await get(port, completed(src), { browser })
  return { href: completed(href), ...(readSize(body, 2_000_000) ?? { width: 0, height: 0 }) }
}

/** Hits the picture that is sent where these parts of its sides are; the address that the site is asked for. */
async function hit(browser: Browser, across: number, down: number): Promise<string> {
  const { href, width, height } = await seen(browser)
  const from = origin.seen.length
  await get(port, `${href}?${Math.floor((width - 1) * across)},${Math.floor((height - 1) * down)}`, { browser })
  return origin.seen.slice(from).at(0)?.address ?? ''
}

/** Whether the site was told of a place that is this one within the pixels that were lost. */
function isNear(t: Test, address: string, [x, y]: readonly [number, number]): void {
  const [, across = '', down = ''] = /\?(\d+),(\d+)$/.exec(address) ?? []
  t.ok(Math.abs(Number(across) - x) <= 2 && Math.abs(Number(down) - y) <= 2, `${x},${y}: ${address.slice(-60)}`)
}

for (const browser of ['nav3', 'mosaic'] as const)
  t.test(`a map that is sent smaller, for ${browser}`, async t => {
    for (const image of ['src="/chart.png"', 'src="/chart.png" width="1200" height="900"']) {
      origin.on('http://atlas.test/', answers(map(image)))
      t.ok((await seen(browser)).width < 1000, 'it is smaller')
      isNear(t, await hit(browser, 1, 1), [1199, 899])
      isNear(t, await hit(browser, 0.5, 0.25), [600, 225])
      isNear(t, await hit(browser, 0, 0), [0, 0])
    }
  })

t.test('where the link leads', async t => {
  origin.on('http://atlas.test/', answers(map('src="/chart.png"', '/cgi-bin/find?layer=2')))
  t.match(await hit('nav3', 1, 1), /\/cgi-bin\/find\?layer=2\?\d{4},\d{3}$/)
  origin.on('http://atlas.test/', answers(map('src="/chart.png"', `/cgi-bin/${'far/'.repeat(300)}map`)))
  t.match((await seen('nav3')).href, /\/~\w{12}$/, 'too long an address is a short one')
  isNear(t, await hit('nav3', 1, 1), [1199, 899])
  origin.on('http://atlas.test/', answers(map('src="/chart.png" width="300" height="225"')))
  t.equal((await seen('nav3')).href, 'http://atlas.test/cgi-bin/map', 'nothing is said of one that is not smaller')
})

t.test('a link that is followed as it stands', async t => {
  origin.on('http://atlas.test/', answers(map('src="/chart.png"')))
  const { href } = await seen('nav3')
  await get(port, href)
  t.equal(origin.seen.at(-1)?.address, 'http://atlas.test/cgi-bin/map')
})
