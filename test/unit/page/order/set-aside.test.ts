import t from 'tap'
import { mainPartOf } from '../../../../src/page/order/main-part.js'
import { setAside } from '../../../../src/page/order/set-aside.js'
import { plainText } from '../../../../src/page/tree/tree.js'
import { pageLines } from '../../../helpers/context.js'
import { knownContent } from '../../../helpers/known-content.js'

const TEXT = 'A storm lamp burns for a whole night in any wind, and its glass keeps out the rain and the spray.'
const KNOWN = {
  'Storm lamp': 0.7,
  'A storm lamp': 0.9,
  'What a': 0.6,
  'How the': 0.6,
  'Where to': 0.6,
  Anna: 0.3,
  Metal: 0.4
}

/** The beginnings of what waits of a page: lists of contents, and others. */
function waiting(between: string, below = ''): { contents: string[]; others: string[] } {
  const { content, body } = knownContent(`<h1>Storm lamp</h1>${between}<p>${TEXT}</p>${below}`, KNOWN)
  const main = mainPartOf(content, { title: 'Storm lamp', url: new URL('https://lamps.test/17') }, body)!
  const { contents, others } = setAside(main.opening, { content, body, title: 'Storm lamp', lines: pageLines })
  const begin = (texts: string[]): string[] => texts.map(text => text.split(' ').slice(0, 3).join(' '))
  return { contents: begin(contents.map(plainText)), others: begin(others.map(plainText)) }
}

const HEADINGS = ['What a lamp is good for', 'How the wick of it is trimmed', 'Where to buy oil by barrels']
const SECTIONS = HEADINGS.map(heading => `<h2>${heading}</h2><p>${TEXT}</p>`).join('')
const listOf = (lines: readonly string[], tag = 'li'): string =>
  `<div>${lines.map(line => `<${tag}>${line}</${tag}>`).join('')}</div>`

t.test('the headings of a text, said above it, are a list of contents', async t => {
  const links = HEADINGS.map((heading, at) => `<a href="/lamps/17?s=${at}">${heading}</a>`)
  t.same(
    waiting(listOf(links), SECTIONS),
    { contents: ['What a lamp'], others: [] },
    'with few entries, to other pages'
  )
  t.same(waiting(listOf(HEADINGS, 'button'), SECTIONS), { contents: [], others: ['What a lamp'] }, 'without links')
  t.same(waiting(listOf(links)), { contents: [], others: [] }, 'not where no headings follow')
  t.same(
    waiting(listOf([...HEADINGS, '<input name=a> Else', 'More', 'Most']), SECTIONS),
    { contents: [], others: [] },
    'nor with fields and as many other lines'
  )
})

t.test('a short text that is said again waits, but no heading and no part of an entry', async t => {
  const byline = '<div>By Anna Strand at noon</div>'
  t.same(waiting(`${byline}<hr>${byline}`).others, ['By Anna Strand'])
  t.same(waiting(`${byline}<hr>${byline.replaceAll('div', 'h2')}`).others, [])
  const entry = '<li><b>Brass lamp</b><div>By Anna Strand at noon</div></li>'
  t.same(waiting(`<ul>${entry.repeat(4)}</ul>`).others, [])
})

t.test('what a page shows when one points at a word waits; the word stays', async t => {
  const bio = 'Anna Strand has kept the light of the northern cape for thirty years with a brother.'
  t.same(waiting(`<div>Written by <div class="author-popover"><p>Anna Strand</p><p>${bio}</p></div></div>`).others, [
    'Anna Strand has'
  ])
  t.same(waiting(`<div>Metal <div class="tool-tip">${bio}</div></div>`).others, ['Anna Strand has'])
  t.same(waiting(`<div>Metal <div class="words">${bio}</div></div>`).others, [], 'not what nothing calls so')
})

t.test('a paragraph that asks to have letters sent waits', async t => {
  const asks = 'A storm lamp is what we write of each week. Sign up for our newsletter to have it sent.'
  t.same(waiting(`<p>${asks}</p>`).others, ['A storm lamp'])
  t.same(waiting(`<p>${asks.replace('Sign up for our newsletter', 'Write to the keeper')}</p>`).others, [])
})

t.test(
  'what a list can be narrowed down by waits, and a box that is called so for it stays with the goods in it',
  async t => {
    const goods = ['Brass', 'Glass', 'Iron', 'Tin'].map(
      name => `<div><img src="/${name}.jpg" width=300 height=300><b>${name} lamp</b><span>48.00 EUR</span></div>`
    )
    const kinds = ['Brass lamps', 'Glass lamps', 'Iron lamps', 'Tin lamps'].map(name => `<div>${name} (3)</div>`)
    t.same(waiting(`<div class="filters">${kinds.join('')}</div>`).others, ['Brass lamps (3)Glass'])
    t.same(waiting(`<div class="with-filters">${goods.join('')}</div>`).others, [])
  }
)
