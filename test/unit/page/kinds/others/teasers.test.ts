import t from 'tap'
import { isFrontPage, teasersIn } from '../../../../../src/page/kinds/others/teasers.js'
import { knownContent, textsOf } from '../../../../helpers/known-content.js'

const ABOUT = 'It burns for a whole night, and longer.'
const teaser = (at: number): string => `<div><a href=/${at}>Lamp of brass ${at}</a><p>${ABOUT}</div>`

/** The texts of a page that are teasers. */
const said = (markup: string): string[] => textsOf(teasersIn(knownContent(markup, {}).content.survey.blocks))

t.test('links with what is said of other pages below them', t => {
  t.same(said(`${teaser(1)}${teaser(2)}`), [ABOUT, ABOUT, 'Lamp of brass 1', 'Lamp of brass 2'])
  t.same(said(`${teaser(1)}<p>${ABOUT}`), [], 'not one alone')
  t.same(said(`${teaser(1)}${teaser(2)}`.replaceAll(ABOUT, 'New')), [], 'not where nothing is said of them')
  t.same(said(`${teaser(1)}${teaser(2)}`.replaceAll('href=/', 'href=#')), [], 'not questions above their answers')
  t.same(said(`${teaser(1)}${teaser(2)}`.replaceAll(ABOUT, ABOUT.repeat(20))), [], 'not a text of some length')
  const title = `<h1><a href=/0>All lamps of brass</a></h1><p>${ABOUT}`
  t.notOk(said(`${title}${title}`).length, 'not the title of the page')
  t.equal(said(`${teaser(1)}${teaser(2)}<p>${ABOUT.repeat(20)}`).length, 4, 'the text goes on behind them')
  t.end()
})

t.test('where a page is mostly such links, they are what it is about', t => {
  const isFront = (markup: string): boolean => {
    const { blocks } = knownContent(markup, {}).content.survey
    return isFrontPage(teasersIn(blocks), new Set(blocks))
  }
  const teasers = `${teaser(1)}${teaser(2)}`
  t.notOk(isFront(`<p>${ABOUT.repeat(20)}</p>${teasers}`))
  t.ok(isFront(`<p>${ABOUT}</p>${teasers}`))
  t.end()
})
