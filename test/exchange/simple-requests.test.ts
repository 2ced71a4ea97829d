import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import t from 'tap'
import { ask } from '../helpers/client.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

// HTTP/0.9: no fields, no status, no redirect.

const folder = t.testdir()
writeFileSync(
  join(folder, 'news.test.yaml'),
  '- why: The same in text alone. Not compared with the site yet.\n  redirect: { host: text.news.test }\n'
)
const origin = await startOrigin(t, undefined)
const proxy = await startProxy(t, {
  'upstream-proxy': `http://127.0.0.1:${origin.port}/`,
  conversions: 1,
  sites: folder
})
origin.on('http://news.test/a', answers('<title>A</title><p>The large face'))
origin.on('http://text.news.test/a', answers('<title>A</title><p>The text alone <a href="/b">next</a>'))

t.test('the page that a rule leads to comes at once', async t => {
  const { raw } = await ask(proxy.port, 'GET http://news.test/a\r\n')
  t.match(raw, /The text alone <A HREF="http:\/\/text\.news\.test\/b">/)
  t.equal(origin.asked('http://news.test/a').length, 0)
  t.match((await ask(proxy.port, 'GET http://news.test/a?~site=off\r\n')).raw, /The large face/)
})

t.test('other clients are sent on', async t => {
  const { status, headers } = await ask(proxy.port, 'GET http://news.test/a HTTP/1.0\r\n\r\n')
  t.equal(status, 302)
  t.equal(headers.location, 'http://text.news.test/a')
})
