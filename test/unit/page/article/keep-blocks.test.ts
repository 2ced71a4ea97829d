import t from 'tap'
import { keepNodes, nodesOf } from '../../../../src/page/article/keep-blocks.js'
import { isText, plainText } from '../../../../src/page/tree/tree.js'
import { knownContent } from '../../../helpers/known-content.js'

t.test('a heading stays between two parts of a text that stay, in the same element', t => {
  const shown = (markup: string): string[] => {
    const { survey, chosen } = knownContent(markup, { Oil: 0.9, Salt: 0.9 }).content
    return [...nodesOf(survey, chosen)].filter(isText).map(({ value }) => value.trim())
  }
  t.same(shown('<div><p>Oil</p><h3>Lamps</h3><p>Salt</p></div>').sort(), ['Lamps', 'Oil', 'Salt'])
  t.same(
    shown('<div><p>Oil</p><h3>More lamps</h3><p>Beside</p><p>Salt</p></div>'),
    ['Oil', 'Salt'],
    'not above the rest'
  )
  t.same(shown('<div><p>Oil</p></div><h3>Lamps</h3><div><p>Salt</p></div>'), ['Oil', 'Salt'], 'nor between elements')
  t.same(shown('<div><p>Oil</p><p>Lamps</p><p>Salt</p></div>'), ['Oil', 'Salt'], 'nor what is no heading')
  t.end()
})

t.test('lines of brackets alone stay with the code that they end', t => {
  const code = (lines: readonly string[]): string =>
    `<pre><code>${lines.map(line => `<div>${line}</div>`).join('')}</code></pre>`
  const shown = (markup: string): string[] => {
    const { survey, chosen } = knownContent(markup, { light: 0.9, return: 0.9, Oil: 0.9 }).content
    return [...nodesOf(survey, chosen)].filter(isText).map(({ value }) => value.trim())
  }
  t.same(shown(`<p>Oil</p>${code(['light () {', 'return oil', '}'])}`).sort(), ['Oil', 'light () {', 'return oil', '}'])
  t.same(
    shown(`<p>Oil</p>${code(['return', 'Copy all of this', '}'])}`),
    ['return', 'Oil'].toSorted(),
    'not if it goes'
  )
  t.same(shown('<p>Oil</p><div>}</div>'), ['Oil'], 'nor elsewhere')
  t.end()
})

t.test('what a tick in a cell says to those who hear the page stays, and nothing else that is for them', t => {
  const shown = (markup: string): string => {
    const { content, body } = knownContent(markup, { Oil: 0.9, Yes: 0.9, Ships: 0.9 })
    keepNodes(body, nodesOf(content.survey, content.chosen))
    return plainText(body).replace(/\s+/g, ' ').trim()
  }
  const yes = '<i></i><span class=sr-only>Yes</span>'
  t.equal(shown(`<table><tr><th>Oil<td>${yes}</table><p>Ships`), 'OilYesShips')
  t.equal(shown(`<table><tr><th>Oil<td>Ships ${yes}</table>`), 'OilShips')
  t.equal(shown(`<p>Oil</p><div>${yes}</div>`), 'Oil')
  t.end()
})

t.test('a row of which a cell stays is whole, in a table of which enough stays', t => {
  const shown = (rows: string, around = 'Lamps '.repeat(99)): string[] => {
    const markup = `<table><tbody>${rows}</tbody></table><p>${around}</p>`
    const { survey, chosen } = knownContent(markup, { Oil: 0.9, Salt: 0.9 }).content
    return [...nodesOf(survey, chosen)].filter(isText).map(({ value }) => value.trim())
  }
  const row = (...cells: readonly string[]): string => `<tr>${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>`
  const oil = row('Oil of whales', 'three pints')
  t.same(shown(oil + row('Salt', '2 kg')).sort(), ['2 kg', 'Oil of whales', 'Salt', 'three pints'])
  t.same(shown(row('Oil of whales', '3 pt', '<a href=/buy>Buy</a>')).sort(), ['3 pt', 'Oil of whales'], 'no link alone')
  t.same(shown(oil + row('Wick', 'one')).sort(), ['Oil of whales', 'three pints'], 'no other row')
  t.same(shown(row('Oil', 'three pints') + row('Wick', 'of the best cotton')), ['Oil'], 'not where little stays')
  t.same(shown(row('Oil '.repeat(20), 'word '.repeat(25))), ['Oil '.repeat(20).trim()], 'nor of a layout')
  t.end()
})
