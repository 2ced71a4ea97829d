import t from 'tap'
import { get } from '../helpers/client.js'
import { answers, makeCertificates, redirects, startOrigin, type Handler } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

// Redirects that browsers of the time do not follow, or follow in the wrong way.

const certificates = makeCertificates(t.testdir())
const origin = await startOrigin(t, certificates)
const { port } = await startProxy(t, {
  'upstream-proxy': `http://127.0.0.1:${origin.port}`,
  ...(certificates === undefined ? {} : { 'extra-ca': certificates.authority }),
  conversions: 1
})

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const FORM = 'Content-Type: application/x-www-form-urlencoded'
const image = answers(GIF, 'image/gif', { 'cache-control': 'max-age=3600' })

/** Answers with what came. */
const echoes: Handler = ({ request, answer, seen }) =>
  void request.on('end', () => {
    answer.setHeader('content-type', 'text/plain')
    answer.end(`${request.method ?? ''} ${request.headers['content-type'] ?? ''} [${seen.body.toString('latin1')}]`)
  })

t.test('a form whose address has moved', async t => {
  origin.on('http://forms.test/send308', redirects('/send/', 308))
  origin.on('http://forms.test/send307', redirects('http://other.forms.test/send/', 307))
  origin.on('http://forms.test/send/', echoes)
  origin.on('http://other.forms.test/send/', echoes)
  for (const path of ['send308', 'send307']) {
    const { status, text } = await get(port, `http://forms.test/${path}`, {
      method: 'POST',
      headers: [FORM, 'Authorization: Basic YTpi', 'Cookie: own=1', 'Referer: http://forms.test/page?secret'],
      body: 'a=1&b=2',
      browser: 'html4'
    })
    t.match({ status, text }, { status: 200, text: /POST application\/x-www-form-urlencoded \[a=1&(amp;)?b=2\]/ }, path)
  }
  const [there] = origin.asked('http://other.forms.test/send/')
  t.match(there?.headers, { authorization: undefined, cookie: undefined, referer: 'http://forms.test/' })
  t.match(origin.asked('http://forms.test/send/')[0]?.headers, { authorization: 'Basic YTpi' }, 'the same host')
  const asked = await get(port, 'http://forms.test/send308')
  t.match(asked, { status: 302, headers: { location: 'http://forms.test/send/' } }, 'a GET is left to the client')
  origin.on('http://forms.test/after', redirects('/send/', 303))
  t.equal((await get(port, 'http://forms.test/after', { method: 'POST', body: 'a=1' })).status, 302, '303 makes a GET')
})

t.test('a form of several parts, and one that is too long', async t => {
  origin.on('http://parts.test/send', redirects('/send/', 307))
  origin.on('http://parts.test/send/', echoes)
  const part = (bytes: number): string =>
    `--xx\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${'a'.repeat(bytes)}\r\n--xx--\r\n`
  const send = (body: string) =>
    get(port, 'http://parts.test/send', {
      method: 'POST',
      headers: ['Content-Type: multipart/form-data; boundary=xx'],
      body
    })
  t.match((await send(part(100_000))).text, /POST multipart\/form-data; boundary=xx \[--xx/)
  t.equal(origin.asked('http://parts.test/send/')[0]?.body.length, part(100_000).length)
  t.match((await send(part(600_000))).text, /Form not delivered.*FORM_MOVED/s)
  origin.on('http://parts.test/round', redirects('/round', 307))
  t.match((await get(port, 'http://parts.test/round', { method: 'POST', body: 'a' })).text, /REDIRECT_LOOP/)
  origin.on('http://parts.test/inside', redirects('http://127.0.0.1/', 307))
  t.match((await get(port, 'http://parts.test/inside', { method: 'POST', body: 'a' })).text, /ADDRESS_REFUSED/)
  origin.on('http://parts.test/mail', redirects('mailto:a@b.test', 307))
  t.match((await get(port, 'http://parts.test/mail', { method: 'POST', body: 'a' })).text, /BAD_REDIRECT/)
})

t.test('a form that goes on by https', { skip: certificates === undefined }, async t => {
  origin.on('http://secure.test/send', redirects('https://site.test/send', 308))
  origin.on('https://site.test/send', echoes)
  const { text } = await get(port, 'http://secure.test/send', { method: 'POST', headers: [FORM], body: 'a=1' })
  t.match(text, /POST .*\[a=1\]/)
})

t.test('an image that has moved', async t => {
  origin.on('http://pics.test/old.gif', redirects('http://cdn.test/new', 301))
  origin.on('http://pics.test/twice.gif', redirects('/old.gif', 307))
  origin.on('http://cdn.test/new', ({ answer }) => {
    answer.setHeader('set-cookie', 'theirs=1')
    answer.writeHead(200, { 'content-type': 'image/gif', 'cache-control': 'max-age=3600' }).end(GIF)
  })
  for (const path of ['old.gif', 'twice.gif']) {
    const { status, headers } = await get(port, `http://pics.test/${path}`, {
      browser: 'html4',
      headers: ['Referer: http://pics.test/page?secret', 'Cookie: own=1', 'Authorization: Basic YTpi']
    })
    t.match({ status, type: headers['content-type'] }, { status: 200, type: 'image/gif' }, path)
    t.equal(headers['set-cookie'], undefined, 'no cookie of another host')
  }
  for (const { headers } of origin.asked('http://cdn.test/new'))
    t.match(headers, { authorization: undefined, cookie: undefined, referer: 'http://pics.test/' })
  await get(port, 'http://pics.test/old.gif', { browser: 'html4' })
  t.equal(origin.asked('http://pics.test/old.gif').length, 3, 'where it leads is asked each time')
})

t.test('images without an ending, and what is none', async t => {
  origin.on('http://pics.test/show', redirects('/real'))
  origin.on('http://pics.test/real', image)
  const dillo = { headers: ['Accept: image/png,image/*;q=0.8,*/*;q=0.5'] }
  const shown = await get(port, 'http://pics.test/show?id=1', dillo)
  t.match(shown, { status: 200, headers: { 'content-type': 'image/gif' } })
  t.equal((await get(port, 'http://pics.test/show', { browser: 'html4' })).status, 302, 'a page may be meant')
  origin.on('http://pics.test/round.gif', redirects('/round.gif?again'))
  t.match(await get(port, 'http://pics.test/round.gif'), { status: 200, headers: { 'content-type': 'image/gif' } })
  origin.on('http://pics.test/inside.gif', redirects('http://127.0.0.1/a.gif'))
  t.match(await get(port, 'http://pics.test/inside.gif'), { status: 200, headers: { 'content-type': 'image/gif' } })
})
