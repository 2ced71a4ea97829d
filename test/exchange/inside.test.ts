import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import t from 'tap'
import { ask, BROWSERS, get } from '../helpers/client.js'
import { startProxy } from '../helpers/proxy.js'
import { startRawOrigin, whole } from '../helpers/raw-origin.js'

/** A machine of the own network: nothing may ever come to it. */
let hits = 0
const canary = net
  .createServer(socket => {
    hits++
    socket.on('error', () => {}).on('data', () => socket.end(whole('<p>CANARY')))
  })
  .listen(0, '127.0.0.2')
await once(canary, 'listening')
t.teardown(() => canary.close())
const { port } = canary.address() as AddressInfo

/** Its address in the notations of the URL Standard, and within IPv6. */
const HOSTS = [
  '127.0.0.2',
  '127.2',
  '127.0.2',
  '2130706434',
  '0x7f000002',
  '0x7F.0.0x2',
  '0177.0.0.2',
  '017700000002',
  '127.0.0.2.',
  '%31%32%37.0.0.2',
  '127%2e0%2E0%2e2',
  '\uFF11\uFF12\uFF17.0.0.\uFF12',
  '127\u30020\u30020\u30022',
  '[::ffff:127.0.0.2]',
  '[::ffff:7f00:2]',
  '[0:0:0:0:0:FFFF:7f00:2]',
  '[::127.0.0.2]',
  '[64:ff9b::7f00:2]',
  '[2002:7f00:2::]',
  'me@127.0.0.2',
  'me:site.test@127.0.0.2'
]

const { at, says } = await startRawOrigin(t)
const settings = {
  'allow-hosts': '127.0.0.1',
  'allow-ports': '1-65535',
  'own-names': 'no-such-name',
  conversions: 1,
  tls: 'tunnel',
  'tunnel-ports': String(port),
  'max-probes': 50
}
const proxy = await startProxy(t, settings)
const nav3 = BROWSERS.nav3.filter(field => !field.startsWith('Proxy')).join('\r\n')
const wire = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')
const own = `127.0.0.1:${proxy.port}`

/** Requests that name an address themselves. */
const REQUESTS: Readonly<Record<string, (host: string) => string>> = {
  absolute: host => `GET http://${host}:${port}/ HTTP/1.0\r\n`,
  https: host => `GET https://${host}:${port}/ HTTP/1.0\r\n`,
  Host: host => `GET / HTTP/1.0\r\nHost: ${host}:${port}\r\n`,
  'a form': host => `POST http://${host}:${port}/ HTTP/1.0\r\nContent-Length: 0\r\n`,
  gateway: host => `GET /http://${host}:${port}/ HTTP/1.0\r\nHost: ${own}\r\n`,
  'gateway, one slash': host => `GET /https:/${host}:${port}/ HTTP/1.0\r\nHost: ${own}\r\n`,
  reader: host => `GET http://retrograde/read?url=${host}:${port}/ HTTP/1.0\r\n`,
  menu: host => `GET http://retrograde/menu?url=http://${host}:${port}/ HTTP/1.0\r\n`,
  image: host => `GET http://retrograde/image?url=${host}:${port}/a.png HTTP/1.0\r\n`,
  'read.php': host => `GET http://retrograde/read.php?a=http://${host}:${port}/ HTTP/1.0\r\n`,
  CONNECT: host => `CONNECT ${host}:${port} HTTP/1.0\r\n`
}

/** Pages that name an address where something is fetched for them, or the browser is sent on. */
const PAGES: Readonly<Record<string, (address: string) => Buffer>> = {
  img: address => whole(`<p>words<img src="${address}a.gif">`),
  srcset: address => whole(`<p>words<img srcset="${address}a.gif 1x, ${address}b.gif 2x">`),
  picture: address => whole(`<p>words<picture><source srcset="${address}a.gif"><img></picture>`),
  sheet: address => whole(`<link rel=stylesheet href="${address}a.css"><p>words`),
  '@import': address => whole(`<style>@import "${address}a.css"; @import url(${address}b.css)</style><p>words`),
  poster: address => whole(`<p>words<video poster="${address}a.jpg" src="${address}a.mp4"></video>`),
  AMP: address => whole(`<link rel=amphtml href="${address}amp"><p>words`),
  base: address => whole(`<base href="${address}"><p>words<img src="a.gif"><link rel=stylesheet href="a.css">`),
  SVG: address =>
    whole(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="9" height="9"><image width="9" height="9" x:href="${address}a.png"/><use href="${address}a.svg#a"/></svg>`,
      'image/svg+xml'
    ),
  refresh: address => whole(`<meta http-equiv=refresh content="0;url=${address}">`),
  Refresh: address => whole('<p>words', 'text/html', `Refresh: 0; url=${address}\r\n`),
  redirect: address =>
    Buffer.from(`HTTP/1.1 302 Found\r\nLocation: ${wire(address)}\r\nContent-Length: 0\r\n\r\n`, 'latin1')
}

t.test('no way leads inside', async t => {
  for (const host of HOSTS) {
    for (const [name, request] of Object.entries(REQUESTS)) {
      const answer = await ask(proxy.port, `${wire(request(host))}${nav3}\r\n\r\n`)
      // A Host that is a machine of the own network is taken for this one.
      if (name === 'Host' && answer.status === 200) t.match(answer.text, /proxy/i, `${name} of ${host}: a page of ours`)
      else
        t.match(
          answer.text,
          /ADDRESS_REFUSED|BAD_REQUEST|BAD_HOST|UNKNOWN_SCHEME|LOOP|No address/,
          `${name} of ${host}`
        )
    }
    for (const [name, bytes] of Object.entries(PAGES)) {
      says('/page', bytes(`http://${host}:${port}/`))
      const answer = await get(proxy.port, at('/page'), { browser: 'nav3' })
      t.ok(answer.status > 0 && !answer.text.includes('CANARY'), `${name} with ${host}`)
      const { location } = answer.headers
      if (location !== undefined)
        t.match(
          (await get(proxy.port, location, { browser: 'nav3' })).text,
          /ADDRESS_REFUSED|BAD_REQUEST|BAD_HOST/,
          `${name}: followed to ${host}`
        )
    }
  }
  t.equal(hits, 0, 'nothing came')
})

t.test('and the way is watched', async t => {
  const open = await startProxy(t, { ...settings, 'allow-hosts': '127.0.0.1,127.0.0.2' })
  t.match(await get(open.port, `http://127.0.0.2:${port}/`), { status: 200, text: /CANARY/ })
  says('/page', PAGES.img!(`http://127.0.0.2:${port}/`))
  await get(open.port, at('/page'), { browser: 'nav3' })
  t.ok(hits >= 2, 'it is found where it is allowed')
})
