import t from 'tap'
import { teasersIn } from '../../../../../src/page/kinds/others/teasers.js'
import { withoutBoxes } from '../../../../../src/page/kinds/shown/article-boxes.js'
import { knownContent } from '../../../../helpers/known-content.js'

const PROSE = 'A lamp of brass with a wick of two centimetres that burns for twelve hours and never sticks in the cold.'
const TEXT = `<p>${PROSE}</p>`.repeat(4)
const LIFE = 'Ann has made lamps of brass since she was a child, and lives in Sofia with her two cats.'

/** What is left of an article besides its four paragraphs, all of which would be shown. */
function said(markup: string, isSigned = true, isArticle = true): string[] {
  const { content } = knownContent(markup, { Try: 0.7, Wicks: 0.95, '': 0.5 })
  const { blocks } = content.survey
  const left = withoutBoxes(content, new Set(blocks), { isSigned, isArticle, teasers: teasersIn(blocks) })
  return blocks
    .filter(block => left.has(block) && block.words > 0 && block.text !== PROSE)
    .map(({ text }) => text.trim())
}

t.test('who has written an article', t => {
  const above = `<p class=author>By Ann</p>${TEXT}`
  t.same(said(above), [], 'above it, where it stands there already')
  t.same(said(above, false), ['By Ann'], 'but not where it does not')
  t.same(said(`${TEXT}<div class=autor><p>Ann</p><p>${LIFE}</p></div>`), [], 'what is told of that person below it')
  t.same(said(`<div class=author><p>${LIFE}</p></div>${TEXT}`), [LIFE], 'not above it')
  t.same(said(`${TEXT}<p class=author>Ann</p>${TEXT}`), ['Ann'], 'nor within the text')
  const entry = '<p>The lamp</p><p class=author>Ann</p>'
  t.equal(said(`${TEXT}${entry.repeat(4)}`).length, 8, 'nor those of entries')
  t.end()
})

t.test('what the site wants', t => {
  const box = '<div class=post-cta><p>Try our lamps today</p></div>'
  t.same(said(`${TEXT}${box}<p>End</p>`), ['End'])
  t.same(said(`${TEXT}${box}<p>or</p>${box}<p>End</p>`), ['End'], 'and the word between two of them')
  t.same(said(`${TEXT}${box}<p>Or not</p>${box}<h2>End</h2>${box}`), ['Or not', 'End'], 'but no text, nor a heading')
  t.same(said(`${TEXT}<div>Best prices: ${box}</div><p>End</p>`), ['End'], 'and its label')
  t.same(said(`${TEXT}<div>Prices: ${box}<p>End</p></div>`), ['Prices:', 'End'], 'if that says nothing of others')
  t.equal(said(`${TEXT}${box}<p>End</p>`, true, false).length, 2, 'not where the page is no article')
  t.equal(
    said(`${TEXT}<div class=cta><p>Wicks are sold by the yard</p></div>`).length,
    1,
    'nor what surely is a part of it'
  )
  t.end()
})

t.test('lists of links behind an article', t => {
  const list = (items: string): string => `<main><article>${TEXT}</article><div class=x>${items}</div></main><p>End</p>`
  const links = '<p><a href=/1>Lamps of last year</a></p><p><a href=/2>How wicks are cut</a></p>'
  t.same(said(list(links)), ['End'])
  t.equal(said(list(links), true, false).length, 3, 'not where the page is no article: they may be what it is about')
  t.equal(said(list(`${links}<p>${PROSE} Twice.</p>`)).length, 4, 'nor with a paragraph')
  t.same(said(list('<p><a href=/1>Lamps of last year</a></p>')), ['Lamps of last year', 'End'], 'nor one link')
  t.equal(said(`<main>${TEXT}<div class=x>${links}</div>${TEXT}</main>`).length, 2, 'nor those within the text')
  t.end()
})

t.test('other stories below a text, and not those of a front page', t => {
  const story = (at: number): string => `<div><h3><a href=/${at}>The lamp of room ${at}</a></h3><p>${LIFE}</div>`
  const stories = `<div>${TEXT}</div><section>${story(1)}${story(2)}${story(3)}</section>`
  t.same(said(stories), [])
  t.equal(said(`${stories}${story(4)}${story(5)}`).length, 10, 'where they are most of what is shown')
  t.end()
})
