import t from 'tap'
import { withLeadPicture } from '../../../../../src/page/kinds/shown/lead-picture.js'
import { knownContent } from '../../../../helpers/known-content.js'

const PROSE = 'A lamp of brass with a wick of two centimetres that burns for twelve hours and never sticks in the cold.'

/** What is shown above the text of an article besides its title: pictures as their addresses, and captions. */
function above(markup: string, told = ''): string[] {
  const { survey } = knownContent(`<main><h1>Lamp</h1>${markup}<p>${PROSE}</p><p>${PROSE}</p></main>`, {}).content
  const text = new Set(survey.blocks.filter(block => block.text === PROSE))
  const seen = withLeadPicture(survey, text, () => told)
  return survey.blocks
    .filter(block => seen.has(block) && !text.has(block))
    .map(({ text, pictures: [image] }) => image?.attrs.find(({ name }) => name === 'src')?.value ?? text.trim())
}

const figure = (caption: string): string =>
  `<figure><img src=lamp.jpg width=600 height=400><figcaption>${caption}</figcaption></figure>`

t.test('the picture that leads an article', t => {
  t.same(above('<figure><img src=lamp.jpg></figure>'), ['lamp.jpg'], 'in a figure')
  t.same(above('<p><img src=brass-lamp.jpg></p>'), [], 'not any')
  t.same(above('<p><img src=brass-lamp.jpg></p>', '/a/brass-lamp-600x400.png'), ['brass-lamp.jpg'], 'unless it is told')
  t.same(above('<figure class=author><img src=lamp.jpg></figure>'), [], 'nor one of a person')
  t.end()
})

t.test('the one that the page tells', t => {
  const told = '/a/brass-lamp-600x400.png'
  const image = '<img src=/brass-lamp.jpg>'
  t.same(above(`<div class=widget>${image}</div>`, told), ['/brass-lamp.jpg'], 'in a box of any name')
  t.same(above(`<div class=widget>${image}</div>`), [])
  t.same(above(`<nav>${image}</nav>`, told), [], 'but for a menu')
  t.same(above('<div class=widget><img src=/brass-lamp.jpg width=80></div>', told), [], 'nor a small one')
  t.same(above(`<p>${image}<img src=/brass-lamp.svg></p>`, told), [], 'nor beside a copy')
  t.same(above(`<div class=logo>${image}</div>`, told), [], 'nor a logo')
  t.same(above('<div class=widget><img src=/a/lampion.jpg></div>', '/lampion.jpg'), [], 'nor by a word alone')
  t.same(above(`<a href=/l>${image} All of our lamps of brass</a>`, told), [], 'nor with the words of another page')
  const behind = `<p>${PROSE}</p><div class=share>${image}</div>`
  t.same(above(behind, told), ['/brass-lamp.jpg'], 'behind the first sentences')
  t.same(above(`<figure><img src=room.jpg></figure>${behind}`, told), ['room.jpg'], 'unless another one leads')
  t.end()
})

t.test('what is said below it', t => {
  t.same(above(figure('A lamp of 1903')), ['lamp.jpg', 'A lamp of 1903'])
  t.same(above(figure('Photo: Ann')), ['lamp.jpg'], 'not whose it is, by its words')
  t.same(above(figure('<span class=caption__credit>Ann Lamp</span>')), ['lamp.jpg'], 'nor by its name')
  t.same(above(figure('<span class=credit-cards>Cards</span> of 1903')), ['lamp.jpg', 'Cards of 1903'], 'with a text')
  t.same(
    above(figure('<a href=/a/best-credit-cards>Cards</a>')),
    ['lamp.jpg', 'Cards'],
    'an address names nothing of a picture'
  )
  t.end()
})
