import t from 'tap'
import { withoutBeside } from '../../../../../src/page/kinds/beside/beside-text.js'
import { knownContent } from '../../../../helpers/known-content.js'

const PROSE = 'A lamp of brass with a wick of two centimetres that burns for twelve hours and never sticks in the cold.'
const TEXT = `<p>${PROSE}</p><p>${PROSE}</p>`
const ANSWER = 'We have had one of those in our kitchen for a year, and it has never failed us.'

/** What is left of a page besides two paragraphs, all of which would be shown. */
function said(markup: string): string[] {
  const { survey } = knownContent(markup, {}).content
  const left = withoutBeside(survey, new Set(survey.blocks))
  return survey.blocks
    .filter(block => left.has(block) && block.words > 0 && block.text !== PROSE)
    .map(({ text }) => text.trim())
}

t.test('what was written to a page', t => {
  const comments = (name: string, one = 'comment'): string =>
    `<h1>Lamp</h1>${TEXT}<div ${name}><div class=${one}><p>${ANSWER}</p></div></div><p>End`
  t.same(said(comments('id=comments')), ['Lamp', 'End'])
  t.same(said(comments('id=kommentare class=box', 'kommentar')), ['Lamp', 'End'], 'by its German name')
  t.same(said(comments('class=comment-list')), ['Lamp', 'End'], 'by two words')
  t.same(said(comments('id=comments', 'chapter')), ['Lamp', ANSWER, 'End'], 'not a chapter about comments')
  t.same(said(comments('id=how-to-answer-comments', 'chapter')), ['Lamp', ANSWER, 'End'], 'nor one with a longer name')
  const bare = [1, 2].map(at => `<div class=comment>Bert, 10:3${at}<br>${ANSWER}</div>`).join('')
  t.same(said(`<h1>Lamp</h1>${TEXT}${bare}<p>End`), ['Lamp', 'End'], 'each by its name')
  const entries = `<p class=comments>2 <a class=comment href=/>comments</a></p>`
  t.equal(said(`${TEXT}${entries}<p>Two</p>${entries}`).length, 3, 'nor those of the entries of a list')
  t.equal(said(`<p>${PROSE}<div id=comments><p class=comment>${ANSWER}</div>`).length, 1, 'nor behind next to no text')
  t.end()
})

t.test('columns', t => {
  const side = `<p>${ANSWER}</p><p>Wicks of last year</p>`
  t.same(said(`<div id=main>${TEXT}</div><div id=sidebar class=widget-area>${side}</div>`), [], 'a named one')
  t.same(said(`<div class=seitenleiste>${side}</div>${TEXT}`), [], 'in German, before the text')
  t.equal(said(`<div class=text-with-sidebar>${TEXT}${side}</div>`).length, 2, 'not what holds one')
  t.equal(said(`<div id=content class=sidebar-left>${side}</div>${TEXT}`).length, 2, 'nor the text beside one')
  t.equal(said(`<div id=sidebar>${TEXT}${side}</div>`).length, 2, 'nor one that holds all of the text')
  const told = `<h3>Brass</h3><p>${ANSWER.repeat(5)}</p><h3>Tin</h3><p>${ANSWER.repeat(5)}</p>`
  t.equal(
    said(`${TEXT.repeat(5)}<div class=sidebar>${told}</div>`).length,
    4,
    'nor a text of its own, as magazines have'
  )
  const pages = '<p><a href=/>Wicks of all of the years that we have had so far</a></p>'
  t.same(said(`${TEXT.repeat(5)}<div class=sidebar>${told}${pages.repeat(2)}</div>`), [], 'unless it leads elsewhere')
  const row = (cells: string): string => `<tr>${cells}</tr>`
  const text = `<td>${TEXT.repeat(4)}</td>`
  const menu = row('<td colspan=3><a href=/>Lamps</a> | <a href=/w>Wicks</a></td>')
  const layout = `<table>${menu}${row('<td>Brass lamps</td>')}${row(`<td>Menu</td>${text}<td>Clear, 12 degrees</td>`)}</table>`
  t.same(said(layout), ['Brass lamps'], 'cells beside the one with the text, and links above it')
  t.same(
    said(`<table>${row(`${text}<td>${ANSWER.repeat(4)}</td>`)}</table>`),
    [ANSWER.repeat(4)],
    'not a second column'
  )
  t.same(
    said(`<p>${PROSE.repeat(9)}</p><table>${row('<td>Brass</td><td>$9</td>')}</table>`).slice(1),
    ['Brass', '$9'],
    'a table'
  )
  t.end()
})

t.test('columns that are called by the side on which they stand', t => {
  const side = `<h4>About me</h4><p>${ANSWER}</p>`
  const main = `<div class=text>${TEXT.repeat(4)}</div>`
  t.same(said(`<div><div class=col-left>${side}</div>${main}</div>`), [])
  t.same(said(`<div>${main}<div id=rechts>${side}</div></div>`), [], 'in German')
  t.same(said(`<div>${main}<div class=right><p>${ANSWER}</p></div></div>`), [ANSWER], 'not without a heading or a link')
  t.equal(said(`<div>${main}<div class=right><h1>Lamp</h1>${side}</div></div>`).length, 3, 'nor one with the title')
  t.equal(
    said(`<div class=text>${TEXT.repeat(4)}<div class=right>${side}</div></div>`).length,
    2,
    'nor a box in the text'
  )
  t.equal(
    said(`<div><div class=left>${TEXT.repeat(4)}</div><div class=text>${side}</div></div>`).length,
    2,
    'nor the text'
  )
  t.end()
})
