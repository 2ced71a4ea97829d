import t from 'tap'
import { findPosts } from '../../../../src/page/posts/find-posts.js'
import { threadOf } from '../../../../src/page/posts/thread.js'
import { readTold } from '../../../../src/page/told/told.js'
import { createElement } from '../../../../src/page/tree/tree.js'
import { knownContent } from '../../../helpers/known-content.js'

const SENTENCE = 'Trim the wick each day, fill the lamp in daylight, and keep the glass clean of soot and of oil. '
const comment = (who: string, around = '', text = 'text'): string =>
  `<div class="comment">${around}<p><a class="author" href="/users/${who}">${who}</a> <time>May 3, 2020</time></p>
  <div class="comment-body"><div class="${text}"><p>${who}: ${SENTENCE}</p></div></div></div>`

/** How many posts a page is a thread of; 0 where it is none. */
function postsIn(markup: string): number {
  const { content } = knownContent(markup, { '': 0.9 })
  const told = readTold({ body: createElement('body'), data: [] })
  return threadOf({ content, told, title: 'Lamp' }, findPosts(content.survey, false))?.posts.length ?? 0
}

t.test('a long text with comments is a thread where its readers have written it as well', t => {
  const page = (text: string, after = ''): string =>
    `<h1>Lamp</h1><div class="description"><div class="${text}"><p>${SENTENCE.repeat(9)}</p></div></div>
    ${comment('ada', '', 'md')}${comment('ben', '', 'md')}${after}`
  t.equal(postsIn(page('md')), 2)
  t.equal(postsIn(page('entry')), 0, 'an article is not written as comments are')
  t.equal(postsIn(page('md', `<p>${SENTENCE.repeat(9)}</p>`)), 0, 'comments stand last')
  t.end()
})

t.test('the same where readers vote on it and on its comments', t => {
  const vote = '<div class="voters"><a href="/vote">4</a></div>'
  const page = (above: string, each: string): string =>
    `<h1>Lamp</h1>${above}<div class="story"><p>${SENTENCE.repeat(9)}</p></div>${comment('ada', each)}${comment('ben', each)}`
  t.equal(postsIn(page(vote, vote)), 2)
  t.equal(postsIn(page('', vote)), 0, 'on comments alone they vote below articles too')
  t.equal(postsIn(page(vote, '')), 0)
  t.end()
})
