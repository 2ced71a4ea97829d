import t from 'tap'
import { get, type Answer, type GetOptions } from '../helpers/client.js'
import { answers, startOrigin, type SeenRequest } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

// Pages of all sites stand side by side at our own host (views, short addresses) and behind the gateway: to a browser
// they are one site there. Here one of them, evil.test, looks for what another one, bank.test, has given the browser.

const origin = await startOrigin(t, undefined)
const proxy = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 })

const LONG = 'x'.repeat(2000)
/** Netscape 4 keeps its own cookies, and has scripts. */
const visit = (address: string, options: GetOptions = {}): Promise<Answer> =>
  get(proxy.port, address, { browser: 'html4', ...options })
const atGateway = (path: string, options: GetOptions = {}): Promise<Answer> =>
  get(proxy.port, path, {
    browser: 'html4',
    ...options,
    headers: [`Host: 127.0.0.1:${proxy.port}`, ...(options.headers ?? [])]
  })
const last = (host: string): SeenRequest => origin.seen.filter(({ address }) => address.includes(`//${host}/`)).at(-1)!

origin.on(
  'http://evil.test/long',
  answers(
    '<title>Evil</title><form action="http://bank.test/pay" method=post><input name=to></form><img src="http://bank.test/pixel.gif">'
  )
)
/** The short address of a page, as a redirect to it gives it to the browser. */
async function shortAddress(long: string): Promise<string> {
  origin.on('http://evil.test/go', ({ answer }) => void answer.writeHead(302, { location: long }).end())
  const {
    status,
    headers: { location = '' }
  } = await visit('http://evil.test/go')
  t.match(
    { status, location },
    { status: 302, location: /^http:\/\/retrograde\/~[0-9a-z]{12}$/ },
    'it is too long for the browser'
  )
  return location
}

t.test('no site learns where the proxy is from a Referer', async t => {
  origin.on('http://bank.test/', answers('<title>Bank</title>'))
  const names = [
    'retrograde',
    `127.0.0.1:${proxy.port}`,
    '127.0.0.1:3128',
    `localhost:${proxy.port}`,
    `localhost.:${proxy.port}`,
    '192.168.7.9:8080',
    '[::ffff:192.168.7.9]:8080',
    '10.0.0.1',
    'proxy.local:8080',
    `[::1]:${proxy.port}`
  ]
  for (const name of names) {
    for (const path of ['/', '/settings?token=1', '/http://evil.test/secret', '/read?url=evil.test/']) {
      await visit('http://bank.test/', { headers: [`Referer: http://${name}${path}`] })
      t.equal(last('bank.test').headers.referer, undefined, `${name}${path}`)
    }
  }
  await visit('http://bank.test/', { headers: ['Referer: http://evil.test/secret'] })
  t.equal(last('bank.test').headers.referer, 'http://evil.test/', 'other sites are named')
})

t.test('cookies of one site are not kept for our own host', async t => {
  origin.on(
    'http://bank.test/article',
    answers('<title>Bank</title><p>text', 'text/html', { 'set-cookie': 'sid=secret; Path=/' })
  )
  for (const address of [
    'http://retrograde/read?url=bank.test/article',
    'http://retrograde/menu?url=bank.test/article'
  ]) {
    t.equal((await visit(address)).headers['set-cookie'], undefined, address)
  }
  t.equal((await atGateway('/http://bank.test/article')).headers['set-cookie'], undefined, 'behind the gateway')
  t.match((await visit('http://bank.test/article')).headers['set-cookie'], /^sid=secret/, 'at its own host it is')
  const short = await shortAddress(`http://evil.test/long?${LONG}`)
  for (const address of [short, 'http://retrograde/read?url=evil.test/long']) {
    t.equal((await visit(address, { headers: ['Cookie: sid=secret'] })).status, 200)
    t.equal(
      last('evil.test').headers.cookie,
      undefined,
      `${address}: what the browser keeps for our own host stays here`
    )
  }
})

t.test('SameSite holds for pages that our own host shows', async t => {
  const jar: GetOptions = { browser: 'mosaic', from: '127.0.0.2' }
  origin.on(
    'http://bank.test/login',
    answers('<title>Bank</title>', 'text/html', {
      'set-cookie': ['strict=1; SameSite=Strict; Path=/', 'lax=1; SameSite=Lax; Path=/']
    })
  )
  for (const path of ['pay', 'page', 'pixel.gif']) origin.on(`http://bank.test/${path}`, answers('<title>Bank</title>'))
  await get(proxy.port, 'http://bank.test/login', jar)
  const cookiesOf = async (path: string, referer: string, options: GetOptions = {}): Promise<string | undefined> => {
    await get(proxy.port, `http://bank.test/${path}`, {
      ...jar,
      ...options,
      headers: [`Referer: ${referer}`, ...(options.headers ?? [])]
    })
    return last('bank.test').headers.cookie
  }
  const post: GetOptions = {
    method: 'POST',
    body: 'to=evil',
    headers: ['Content-Type: application/x-www-form-urlencoded']
  }
  const short = await shortAddress(`http://evil.test/long?${LONG}`)
  const foreign = [
    short,
    'http://evil.test/',
    'http://retrograde/read?url=evil.test/long',
    `http://retrograde/read?url=${short.slice(7)}`,
    'http://retrograde/~0000000000',
    'http://retrograde/read.php?a=evil.test',
    'http://RETROGRADE/',
    'http://retrograde/nothing'
  ]
  for (const referer of foreign) {
    t.equal(await cookiesOf('pay', referer, post), undefined, `a form of ${referer}`)
    t.equal(await cookiesOf('page', referer), 'lax=1', `a link of ${referer}`)
    t.equal(await cookiesOf('pixel.gif', referer), undefined, `an image of ${referer}`)
  }
  for (const referer of [
    'http://bank.test/',
    'http://retrograde/read?url=bank.test/page',
    'http://retrograde/',
    'http://retrograde/search?q=bank'
  ]) {
    t.equal(await cookiesOf('page', referer), 'strict=1; lax=1', `a link of ${referer}`)
  }
})

t.test('a password for one site is not asked for in the name of another', async t => {
  for (const host of ['bank.test', 'evil.test'])
    origin.on(
      `http://${host}/private`,
      answers('<title>Who</title>', 'text/html', { 'www-authenticate': 'Basic realm="Bank"' }, 401)
    )
  t.equal((await visit('http://bank.test/private')).headers['www-authenticate'], 'Basic realm="Bank"')
  t.equal((await atGateway('/http://bank.test/private')).headers['www-authenticate'], 'Basic realm="bank.test: Bank"')
  t.equal((await atGateway('/http://evil.test/private')).headers['www-authenticate'], 'Basic realm="evil.test: Bank"')
  const password = ['Authorization: Basic eDp5']
  const view = await visit('http://retrograde/read?url=evil.test/private', { headers: password })
  t.match(view, { status: 403, text: /LOGIN_NOT_HERE/ }, 'our own host does not ask for sites, and says so')
  t.equal(view.headers['www-authenticate'], undefined)
  t.equal(last('evil.test').headers.authorization, undefined, 'and says nothing to them')
  await visit('http://bank.test/private', { headers: password })
  t.equal(last('bank.test').headers.authorization, 'Basic eDp5')
})

t.test('nothing that runs is shown at our own host', async t => {
  const page = '<script>steal()</script>'
  for (const [type, name] of [
    ['text/html', 'page.html'],
    ['image/svg+xml', 'a.svg'],
    ['text/plain', 'a.txt'],
    ['application/octet-stream', 'x'],
    ['text/javascript', 'x.js'],
    ['application/xhtml+xml', 'y%20%22z']
  ]) {
    origin.on(`http://evil.test/${name!}`, answers(page, type))
    const saved = {
      'content-type': 'application/octet-stream',
      'content-disposition': /^attachment; filename="[\w.-]+"$/
    }
    t.match(
      await atGateway(`/http://evil.test/${name!}?~view=raw`),
      { status: 200, text: page, headers: saved },
      `${type!} behind the gateway`
    )
    const own = await visit(`http://evil.test/${name!}?~view=raw`)
    t.match(
      own,
      { text: page, headers: { 'content-type': type!, 'content-disposition': undefined } },
      `${type!} at its own host`
    )
  }
  origin.on('http://evil.test/raw', answers(page))
  const short = await shortAddress(`http://evil.test/raw?${LONG}&~view=raw`)
  t.match(
    await visit(short),
    {
      text: page,
      headers: { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename="raw"' }
    },
    'at a short address'
  )
  origin.on('http://evil.test/a.zip', answers('PK', 'application/zip'))
  t.match(
    await atGateway('/http://evil.test/a.zip'),
    { headers: { 'content-type': 'application/zip' } },
    'others are what they are'
  )
})
