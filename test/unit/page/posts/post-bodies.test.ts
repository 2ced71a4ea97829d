import t from 'tap'
import { surveyBlocks } from '../../../../src/page/content/blocks.js'
import { findPosts } from '../../../../src/page/posts/find-posts.js'
import { threadOf } from '../../../../src/page/posts/thread.js'
import { readTold } from '../../../../src/page/told/told.js'
import { parse } from '../../../../src/page/tree/parse.js'
import { bodyOf, createElement, plainText } from '../../../../src/page/tree/tree.js'
import { knownContent } from '../../../helpers/known-content.js'

const WHO = ['ada', 'ben', 'eve']

/** Who has written what, of all posts that a page is found to have. */
const postsIn = (markup: string): string[] =>
  findPosts(
    surveyBlocks(bodyOf(parse(markup, 10_000).document)!, () => false),
    false
  ).flatMap(({ posts }) =>
    posts.map(({ who, body }) => `${who}: ${plainText(body.element).replace(/\s+/g, ' ').trim()}`)
  )

t.test('the words of another post in a quotation are no post of their own', t => {
  const post = (who: string, said: string): string =>
    `<li class="post"><a class="username" href="/u">${who}</a> <span class="date">May 3, 2020</span>
    <div id="post_message_${who.length}">${said}</div></li>`
  const quoted = '<div class="bbcode_quote"><div class="quote_container"><div class="message">Colza?</div></div></div>'
  t.same(
    postsIn(WHO.map(who => post(who, `${quoted}<p>${who} never.</p>`)).join('')),
    WHO.map(who => `${who}: Colza?${who} never.`)
  )
  t.end()
})

t.test('what a customer says in a quotation is a review', t => {
  const review = `<article class="featured-review"><b class="author">Ada</b><blockquote class="review-quote">
    <p class="review-text">It burns long.</p></blockquote></article>`
  t.same(postsIn(review), ['Ada: It burns long.'])
  t.end()
})

t.test('a comment is the element that is called so, where who has written it stands above', t => {
  const row = (who: string): string =>
    `<tr class="thing"><td><span class="head"><a href="user?id=${who}">${who}</a> <span class="age">2 hours ago</span></span>
    <div class="comment"><div class="grey">Colza, ${who}.</div></div></td></tr>`
  t.same(
    postsIn(`<table>${WHO.map(row).join('')}</table>`),
    WHO.map(who => `${who}: Colza, ${who}.`)
  )
  t.end()
})

t.test('a heading with nothing but a number and a moment in it is no title of an entry', t => {
  const post = (heading: string, who: string): string =>
    `<div class="post"><h2>${heading}</h2><p class="author">${who}</p><div class="postmsg"><p>${who}: Colza burns long, and it smokes less than all other oils that we have tried in these lamps.</p></div></div>`
  const isThread = (headings: readonly string[]): boolean => {
    const { content } = knownContent(WHO.map((who, at) => post(headings[at]!, who)).join(''), { '': 0.9 })
    const told = readTold({ body: createElement('body'), data: [] })
    return threadOf({ content, told, title: 'Lamp' }, findPosts(content.survey, false)) !== undefined
  }
  t.ok(isThread(['#1 May 25, 2016 11:36:35 pm', '#2 Jun 2, 2016 09:00:00 am', '#3 Jun 3, 2016 10:00:00 am']))
  t.notOk(isThread(['Wicks of wool, June 2, 2016', 'Glass, June 5, 2016', 'Oil, June 9, 2016']))
  t.end()
})
