import t from 'tap'
import type { SiteRule } from '../../src/page/site-rule.js'
import { checkPage } from '../helpers/check-page.js'
import { convertPage, cpuMilliseconds, jobFor, profileOf } from '../helpers/context.js'

t.test('hostile pages of sites with rules', t => {
  const site: SiteRule = {
    site: 'site.test',
    why: 'a test',
    keep: ['.k', 'i > b > i'],
    remove: ['.r', 'div div div div div .q', '[title*=x]'],
    article: ['.k'],
    summary: true
  }
  const many = (times: number, piece: string): string => piece.repeat(times)
  const pages = [
    many(90_000, '<b class=r>x</b>'),
    many(40_000, '<div class=k>'),
    many(40_000, '<div>') + many(20_000, '<p class=q>'),
    many(30_000, '<i><b>'),
    `<p class=k title="${many(500_000, 'x')}">`,
    many(20_000, '<p class=k>a<p class=r>b'),
    many(20_000, '<meta property="og:title" content="x"><meta itemprop=name content=y>')
  ]
  for (const markup of pages) {
    for (const view of ['page', 'reader'] as const) {
      const before = cpuMilliseconds()
      const { body, failures } = convertPage(
        jobFor(Buffer.from(markup), profileOf('nav3'), {
          url: 'http://site.test/',
          contentType: 'text/html; charset=utf-8',
          view,
          choices: { images: 'inline', originalSource: 'off' },
          site
        })
      )
      t.same(failures, [], `${markup.slice(0, 30)}, ${view}: no step fails`)
      t.same(checkPage(body, profileOf('nav3')).problems, [], `${markup.slice(0, 30)}, ${view}`)
      t.ok(cpuMilliseconds() - before < 30_000, 'it ends')
    }
  }
  t.end()
})
