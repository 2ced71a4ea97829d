import t from 'tap'
import { get } from '../helpers/client.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const origin = await startOrigin(t, undefined)
const proxy = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 })
/** Straight to the sites, none of which is there. */
const near = await startProxy(t, { conversions: 1, 'connect-timeout-seconds': 2 })

const COPY = 'HREF="http://web.archive.org/web/http://'

t.test('a site that cannot be reached', async t => {
  const page = await get(near.port, 'http://gone.invalid/dir/page.html?a=b')
  t.match(page.text, /NAME_(NOT_FOUND|SERVER_SILENT)/)
  t.match(page.text, `${COPY}gone.invalid/dir/page.html?a=b"`)
  const behind = await get(near.port, '/http://gone.invalid/x', {
    headers: [`Host: 127.0.0.1:${near.port}`]
  })
  t.match(behind.text, `HREF="http://127.0.0.1:${near.port}/http://web.archive.org/web/http://gone.invalid/x"`)
  const form = await get(near.port, 'http://gone.invalid/send', { method: 'POST', body: 'a=b' })
  t.match(form.text, /NAME_(NOT_FOUND|SERVER_SILENT)/)
  t.notMatch(form.text, /web\.archive\.org/, 'what a form sent is in no archive')
  for (const address of ['http://web.archive.org.invalid/', 'http://gone.invalid/'])
    t.match((await get(near.port, address)).text, COPY, address)
  for (const address of ['http://10.0.0.1/', 'http://gone.invalid:25/', 'http://nodots/'])
    t.notMatch(
      (await get(near.port, address)).text,
      /web\.archive\.org/,
      `${address} is refused by us, or nobody else's`
    )
})

t.test("a site's own page that says that there is none", async t => {
  const page = '<!doctype html><title>Oops</title><p>There is nothing here. <a href="/">Home</a>'
  for (const status of [404, 410, 500, 503]) {
    origin.on(`http://site.test/${status}`, answers(page, 'text/html', {}, status))
    t.match((await get(proxy.port, `http://site.test/${status}`)).text, `${COPY}site.test/${status}"`, `${status}`)
  }
  origin.on('http://site.test/here', answers(page))
  t.notMatch((await get(proxy.port, 'http://site.test/here')).text, /web\.archive\.org/)
  t.notMatch((await get(proxy.port, 'http://site.test/404', { method: 'POST', body: 'a=b' })).text, /web\.archive\.org/)
})

t.test('who has chosen to have no such link has none', async t => {
  const { text } = await get(proxy.port, 'http://retrograde/settings', { browser: 'nav3' })
  const token = /token"? VALUE="?([0-9a-f]{16})/.exec(text)?.[1] ?? ''
  const saved = await get(proxy.port, `http://retrograde/settings?token=${token}&archive=off`, { browser: 'nav3' })
  t.match(saved.text, /Saved/)
  t.notMatch((await get(proxy.port, 'http://site.test/404', { browser: 'nav3' })).text, /web\.archive\.org/)
})
