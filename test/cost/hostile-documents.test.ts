import t from 'tap'
import { checkPage } from '../helpers/check-page.js'
import { convertPage, cpuMilliseconds, jobFor, profileOf } from '../helpers/context.js'

t.test('hostile documents end, and are pages', async t => {
  const rows: ReadonlyArray<readonly [string, string]> = [
    ['text/plain', `${' '.repeat(500_000)}x`],
    ['text/plain', 'http://a.example/ '.repeat(30_000)],
    [
      'text/plain',
      'a line of text that is longer than the eighty columns of the client, so that it flows and flows\n\n'.repeat(
        20_000
      )
    ],
    ['text/markdown', '>'.repeat(100_000)],
    ['text/markdown', '['.repeat(20_000)],
    ['text/markdown', '| a '.repeat(20_000)],
    ['text/markdown', '**a'.repeat(80_000)],
    ['text/markdown', `${'**a'.repeat(5000)}\n\n`.repeat(4)],
    ['application/json', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['application/json', `"${'\\"'.repeat(200_000)}`],
    ['text/xml', '<!--'.repeat(200_000)],
    ['text/xml', '<a>'.repeat(200_000)],
    ['text/xml', `<rss version="2.0"><channel>${'<item><title>x</title></item>'.repeat(20_000)}</channel></rss>`],
    [
      'text/xml',
      `<rss version="2.0"><channel><item><title>x</title><description>${'&lt;font&gt;&lt;p&gt;'.repeat(10_000)}</description></item></channel></rss>`
    ],
    [
      'text/xml',
      '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss version="2.0"><channel><title>&b;&b;</title></channel></rss>'
    ],
    [
      'text/html',
      `<map name=m>${'<area href=x coords=1,2,3,4>'.repeat(20_000)}</map><img usemap=#m width=100 height=100 src=x>`
    ],
    [
      'text/html',
      `<img usemap=#m width=100 height=100 src=x><map name=m><area shape=poly href=x coords="${'1,2,'.repeat(200_000)}"></map>`
    ],
    ['text/html', `<p>x<noframes>${'<font><p>'.repeat(9000)}</noframes>`]
  ]
  for (const [contentType, text] of rows) {
    const before = cpuMilliseconds()
    const result = convertPage(jobFor(Buffer.from(text), profileOf('nav3'), { contentType, url: 'http://site.test/x' }))
    const name = `${contentType} ${text.slice(0, 30)}`
    t.ok(cpuMilliseconds() - before < 10_000, `${name}: ends`)
    t.same(result.failures, [], `${name}: no step fails`)
    t.same(checkPage(result.body, profileOf('nav3')).problems, [], `${name}: valid`)
  }
})
