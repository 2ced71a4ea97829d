import t from 'tap'
import { get } from '../helpers/client.js'
import { answers, startOrigin, type Handler } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

// Addresses as people type them and as some clients write them.

const origin = await startOrigin(t, undefined)
const { port, lines } = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}`, conversions: 1 })
const own = `http://127.0.0.1:${port}`
const HOST = { headers: [`Host: 127.0.0.1:${port}`] }

const page = answers('<title>T</title><p>HELLO HELLO')
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`
const asksFor =
  (pair: string): Handler =>
  exchange =>
    exchange.request.headers.authorization === basic(pair)
      ? page(exchange)
      : answers('<p>NO', 'text/html', { 'www-authenticate': 'Basic realm="Club"' }, 401)(exchange)

origin.on('http://club.test/', asksFor('joy:l&ve'))
origin.on('http://token.test/', asksFor('abc:'))
origin.on(
  'http://shop.test/in/',
  answers(
    '<!doctype html><p><a href="a.html">a</a> <a href="http://shop.test/b">b</a> <a href="//other.test/c">c</a> <img src=d.gif>' +
      '<form action="/e" method=post><input name=f></form>'
  )
)
origin.on('http://shop.test/in/a.html', page)
origin.on('http://xn--mller-kva.test/', page)
origin.on('http://site.test/', page)
origin.on('http://site.test/page', page)
origin.on(
  'http://links.test/',
  answers('<p><a href="http://joy:l%26ve@club.test/">in</a> <a href="https://abc@token.test/">by</a>')
)

t.test('a name and a password in an address', async t => {
  t.match((await get(port, 'http://joy:l%26ve@club.test/')).text, /HELLO HELLO/)
  t.match((await get(port, 'http://joy:l&ve@club.test/')).text, /HELLO HELLO/, 'as it is typed')
  t.match((await get(port, 'http://abc@token.test/')).text, /HELLO HELLO/, 'a name alone')
  t.match((await get(port, '/http://joy:l%26ve@club.test/', HOST)).text, /HELLO HELLO/, 'behind our own address')
  t.match((await get(port, 'http://retrograde/read?url=joy:l%26ve@club.test/')).text, /HELLO HELLO/, 'in a view')
  t.equal((await get(port, 'http://joy:hate@club.test/')).status, 401, 'a wrong one')
  const typed = { headers: [`Authorization: ${basic('joy:l&ve')}`] }
  t.match((await get(port, 'http://joy:hate@club.test/', typed)).text, /HELLO HELLO/, 'what is typed since counts')
  t.match(
    (await get(port, 'http://links.test/')).text,
    /HREF="http:\/\/joy:l%26ve@club\.test\/">in<.*HREF="http:\/\/abc@token\.test\/">by</s,
    'a link keeps it'
  )
  t.notMatch(lines.join('\n'), /joy|l&ve|l%26ve|hate/, 'none of it is in the log')
  t.notMatch(origin.seen.map(({ address }) => address).join('\n'), /@/, 'nor in what a site is asked for')
})

t.test('what a page that was asked for so links to', async t => {
  const { text } = await get(port, 'http://joy:l%26ve@shop.test/in/')
  for (const kept of ['HREF="http://joy:l%26ve@shop.test/in/a.html"', 'SRC="http://joy:l%26ve@shop.test/in/d.gif"'])
    t.match(text, kept, 'relative addresses keep the name and the password')
  t.match(text, 'ACTION="http://joy:l%26ve@shop.test/e"')
  for (const own of ['HREF="http://shop.test/b"', 'HREF="http://other.test/c"', 'HREF="http://shop.test/in/">Original'])
    t.match(text, own, 'others have what their page has written')
  await get(port, 'http://joy:l%26ve@shop.test/in/a.html', { headers: ['Referer: http://joy:l%26ve@shop.test/in/'] })
  const asked = origin.seen.find(({ address }) => address === 'http://shop.test/in/a.html')
  t.match(asked?.headers, { authorization: basic('joy:l&ve'), referer: 'http://shop.test/in/' })
})

t.test('the name of a host', async t => {
  t.match((await get(port, 'http://m\xfcller.test/')).text, /HELLO HELLO/, 'in Latin-1')
  t.match((await get(port, 'http://m%FCller.test/')).text, /HELLO HELLO/, 'in Latin-1, encoded')
  t.match((await get(port, 'http://m\xc3\xbcller.test/')).text, /HELLO HELLO/, 'in UTF-8')
  t.match((await get(port, '/http://m\xfcller.test/', HOST)).text, /HELLO HELLO/, 'behind our own address')
  t.match((await get(port, 'http://\xff\xfe%00.test/')).text, /BAD_REQUEST/, 'bytes that are no name')
  t.match((await get(port, 'http://site.test./page')).text, /HELLO HELLO/, 'with a dot at its end')
  t.match((await get(port, 'http://retrograde./')).text, /Today's web/, 'ours with a dot at its end')
  t.match((await get(port, 'http://site.test../page')).text, /BAD_HOST/, 'with two')
})

t.test('addresses behind our own in other forms', async t => {
  const rows: ReadonlyArray<readonly [string, string | undefined]> = [
    ['/site.test/', `${own}/http://site.test/`],
    ['/www.site.test', `${own}/http://www.site.test/`],
    ['/site.test:8080/a/b.html?c=d', `${own}/http://site.test:8080/a/b.html?c=d`],
    ['/?http://site.test/page', `${own}/http://site.test/page`],
    ['/?https://site.test/page?a=b', `${own}/http://site.test/page?a=b`],
    ['/?url=http%3A%2F%2Fsite.test%2Fpage', `${own}/http://site.test/page`],
    ['/favicon.ico', undefined],
    ['/robots.txt', undefined],
    ['/index.html', undefined],
    ['/wpad.dat', undefined],
    ['/nothing', undefined],
    ['/?q=words', undefined],
    ['/', undefined]
  ]
  for (const [path, location] of rows) {
    const { headers } = await get(port, path, HOST)
    t.equal(headers.location, location, path)
  }
  t.match((await get(port, `${own}/http://joy:l%26ve@club.test/`)).headers, {
    location: 'http://joy:l%26ve@club.test/'
  })
  t.notMatch(lines.join('\n'), /joy|l%26ve/, 'no name is in the log')
  const asked = await get(port, 'http://retrograde/site.test/page')
  t.match(asked, { status: 302, headers: { location: 'http://site.test/page' } }, 'by the proxy')
  t.equal((await get(port, 'http://retrograde/site.test/', { method: 'POST', body: 'a=b' })).status, 404, 'no form')
})
