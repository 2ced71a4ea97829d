import t from 'tap'
import { pageOf } from '../../../../src/page/paging/page-of.js'
import { turnsFor } from '../../../../src/page/paging/turn-line.js'
import { parse } from '../../../../src/page/tree/parse.js'
import { attribute, bodyOf, elements, plainText } from '../../../../src/page/tree/tree.js'

/** The line of a page, and where its links lead. */
function lineOf(address: string, markup: string): readonly [string, ...string[]] | undefined {
  const { document, announced } = parse(markup, 10_000)
  const url = new URL(address, 'http://example.org')
  const line = turnsFor({ body: bodyOf(document)!, announced }, { url, base: url, charset: 'utf-8' })(to => to.href)
  if (line === undefined) return undefined
  const links = elements(line, 'a').map(link => attribute(link, 'href')!.replace('http://example.org', ''))
  return [plainText(line), ...links]
}

t.test('what leads on from one page of a thread to the next', async t => {
  t.same(
    lineOf(
      '/viewtopic.php?t=12',
      'Goto page <b>1</b>, <a href="viewtopic.php?t=12&amp;start=15">2</a>, <a href="viewtopic.php?t=12&amp;start=30">3</a> <a href="viewtopic.php?t=12&amp;start=15">Next</a>'
    ),
    ['Page 2 >', '/viewtopic.php?t=12&start=15']
  )
  t.same(
    lineOf(
      '/index.php?topic=12.15',
      '<p>Seiten: <a href="index.php?topic=12.0">1</a> [<b>2</b>] <a href="index.php?topic=12.30">3</a></p>'
    ),
    ['< Page 1 | Page 2 | Page 3 >', '/index.php?topic=12.0', '/index.php?topic=12.30']
  )
  t.same(
    lineOf(
      '/threads/lamps.12/page-3',
      '<ul><li class="pageNav-page"><a href="/threads/lamps.12/">1</a></li><li><a href="/threads/lamps.12/page-2">2</a></li><li class="pageNav-page pageNav-page--current"><a href="/threads/lamps.12/page-3">3</a></li></ul>'
    ),
    ['< Page 2 | Page 3', '/threads/lamps.12/page-2']
  )
  t.same(
    lineOf(
      '/YaBB.pl?num=12/15',
      '<font>Pages: <a href="YaBB.pl?num=12/0">1</a> 2 <a href="YaBB.pl?num=12/30">3</a></font>'
    ),
    ['< Page 1 | Page 2 | Page 3 >', '/YaBB.pl?num=12/0', '/YaBB.pl?num=12/30'],
    'the page that is shown has no mark'
  )
})

t.test('what LINK and REL say', async t => {
  t.same(lineOf('/a/', '<link rel=next href="/a/?page=2"><p>Text'), ['Page 2 >', '/a/?page=2'])
  t.same(
    lineOf('/t/lamps?page=2', '<a rel=prev href="/t/lamps">x</a><a rel="next nofollow" href="/t/lamps?page=3">y</a>'),
    ['< Page 1 | Page 2 | Page 3 >', '/t/lamps', '/t/lamps?page=3']
  )
  t.same(
    lineOf('/t/lamps?page=7', '<a rel=next href="/t/lamps?page=8">on</a>'),
    ['Next page >', '/t/lamps?page=8'],
    'some count from 0'
  )
  t.same(lineOf('/lamps/page/3/', '<a href="/lamps/page/4/">Older posts</a>'), ['Page 4 >', '/lamps/page/4/'])
})

t.test('chapters of a handbook', async t => {
  const links = '<link rel=prev href="a.html"><link rel=next href="c.html">'
  t.same(lineOf('/docs/b.html', `${links}<pre>make</pre>`), [
    '< Previous page | Next page >',
    '/docs/a.html',
    '/docs/c.html'
  ])
  t.equal(lineOf('/blog/b.html', `${links}<pre>make</pre>`), undefined, 'other articles of a weblog')
})

t.test('nothing is guessed', async t => {
  t.equal(lineOf('/2024/lamps/', '<a rel=next href="/2024/wicks/">Wicks</a>'), undefined, 'another article')
  t.equal(lineOf('/a', '<p><a href="/b?page=1">1</a> <a href="/b?page=2">2</a></p>'), undefined, 'pages of another')
  t.equal(lineOf('/a', '<p><a href="/a?cpage=1">1</a> <a href="/a?cpage=2">2</a></p>'), undefined, 'pages of comments')
  t.equal(lineOf('/a', '<a href="#2">2</a> <a href="javascript:go(2)">Next</a>'), undefined, 'what scripts do')
  t.equal(lineOf('/post/1200', '<a rel=next href="/post/1207">Next</a>'), undefined, 'numbers of things')
  t.equal(lineOf('/a', '<a class="pager-ajax" rel=next href="/a?page=1">More</a>'), undefined, 'what scripts fetch')
})

t.test('addresses of pages of the same', async t => {
  const differ = (one: string, other: string) =>
    pageOf(new URL(one, 'http://example.org'), new URL(other, 'http://www.example.org'))?.numbers
  t.same(differ('/lamps.html', '/lamps2.html'), [undefined, 2])
  t.same(differ('/t-12-Lamps.html', '/t-12-o10-Lamps.html'), [undefined, 10])
  t.same(differ('/t?id=4&sid=a1', '/t?id=4&sid=b7&start=15'), [undefined, 15], 'who reads is not what is read')
  t.same(differ('/t/page/19', '/t/page/20/'), [19, 20])
  t.equal(differ('/lamps', '/wicks'), undefined)
  t.equal(differ('/t?id=4&sort=old', '/t?id=4&sort=new'), undefined)
  t.equal(differ('/lamps/comment-page-1/', '/lamps/comment-page-2/'), undefined)
})

t.test('numbers of other things than pages', async t => {
  const others = {
    '/2026/11/03/': '<table><tr><td>1<td><a href="/2026/11/02/">2</a><td>3<td><a href="/2026/11/04/">4</a></table>',
    '/archive/2026/11/': '<a href="/archive/2026/10/">10</a> 11 <a href="/archive/2026/12/">12</a>',
    '/prizes/2026': '<a href="/prizes/2025">2025</a> 2026 <a href="/prizes/2027">2027</a>',
    '/shoes?size=40': '<a href="?size=39">39</a> 40 <a href="?size=41">41</a>',
    '/shoes?per=2': '<a href="?per=1">1</a> 2 <a href="?per=3">3</a>',
    '/vote': '1 <a href="/vote?rate=2">2</a> <a href="/vote?rate=3">3</a>',
    '/': '<a rel=prev href="/311/">Previous</a>',
    '/comics/': '<a href="/comics/index.php?id=311">Previous</a>'
  }
  for (const [address, markup] of Object.entries(others))
    t.equal(lineOf(address, `<div>${markup}</div>`), undefined, address)
  t.same(
    lineOf('/newest', '<a rel=next href="/newest?after=471">More</a>'),
    ['Next page >', '/newest?after=471'],
    'such a page has no number'
  )
  t.same(lineOf('/list', '<a href="/list?begin=20">Next</a>'), ['Next page >', '/list?begin=20'])
})
