import t from 'tap'
import { withoutRepeatedWays } from '../../../../src/page/kinds/repeated-ways.js'
import { knownContent } from '../../../helpers/known-content.js'

function said(entry: (at: number) => string, entries = 3): string[] {
  const markup = Array.from({ length: entries }, (_, at) => `<div>${entry(at)}</div>`).join('')
  const { survey } = knownContent(`<main>${markup}</main>`, { '': 0.5 }).content
  const left = withoutRepeatedWays(survey, new Set(survey.blocks))
  return survey.blocks.filter(block => left.has(block) && block.words > 0).map(({ text }) => text.trim())
}

t.test('links that all entries have lead where the entry leads', async t => {
  const entry = (at: number): string =>
    `<h2><a href=/${at}>Lamp ${at}</a></h2><p>It burns.</p><p><a href=/${at}>Read all</a>`
  t.same(said(entry), ['Lamp 0', 'It burns.', 'Lamp 1', 'It burns.', 'Lamp 2', 'It burns.'])
  t.equal(said(entry, 2).length, 6, 'two may say so')
  t.equal(said(at => entry(at).replace('<p><a href=/', '<p><a href=/buy/')).length, 9, 'what leads elsewhere')
  t.equal(said(at => (at > 0 ? entry(at) : `${entry(at)}<p><a href=/x>Read all</a>`)).length, 10, 'some of them')
  t.equal(said(at => `<p>Lamp ${at}<p><a href=/${at}>Read all</a>`).length, 6, 'the only way there')
})

t.test('the shops where each thing can be bought stay together', async t => {
  const shops = (at: number): string =>
    `<p><a href=https://one.test/${at}>Shop One</a></p><p><a href=https://two.test/${at}>Shop Two</a></p>`
  const entry = (at: number): string => `<p>Trim the <a href=https://one.test/${at}>Lamp ${at}</a>.</p>${shops(at)}`
  t.equal(said(entry).filter(text => text.startsWith('Shop')).length, 6)
})
