import t from 'tap'
import { headlineOf } from '../../../../src/page/article/headline.js'
import { parse } from '../../../../src/page/tree/parse.js'
import { readTold } from '../../../../src/page/told/told.js'
import { bodyOf } from '../../../../src/page/tree/tree.js'
import type { Page } from '../../../../src/page/step.js'

function bylineOf(markup: string): string {
  const { document } = parse(markup, 10_000)
  const page: Pick<Page, 'document' | 'body' | 'title' | 'data'> = {
    document,
    body: bodyOf(document)!,
    title: 'Lamps',
    data: []
  }
  return headlineOf(page as Page, readTold(page), new URL('https://lamps.test/list')).byline
}

t.test('who has written a page, not who has made what it lists', async t => {
  t.equal(bylineOf('<p class="byline">Ann Wick</p>'), 'Ann Wick')
  const names = ['Ada', 'Ben', 'Cy', 'Dot', 'Eve', 'Flo']
  t.equal(bylineOf(names.map(name => `<p class="authorName">${name} Wick</p>`).join('')), '', 'many of one class')
  const book = (name: string): string =>
    `<div itemscope itemtype="http://schema.org/Book"><b itemprop="name">${name}’s lamps</b> <i itemprop="author">${name} Wick</i></div>`
  t.equal(bylineOf(names.map(book).join('')), '', 'books')
  const link = (name: string, at = 'author'): string => `<a href="/${at}/${name.length}/">${name}</a>`
  t.equal(bylineOf(link('Ann Wick')), 'Ann Wick', 'a link to her page')
  t.equal(bylineOf(link('Ann Wick', 'lamps')), '', 'to another one')
  t.equal(bylineOf(`${link('All by Ann')}${link('Ann Wick')}`), 'Ann Wick', 'to what she has written')
  t.equal(bylineOf(names.map(name => link(`${name} ${'W'.repeat(names.indexOf(name))}`)).join('')), '', 'to many')
  t.equal(bylineOf('<p class="byline">23:59:59</p>'), '', 'a time is no name')
})
