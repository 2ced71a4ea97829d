import t from 'tap'
import { linePieces, wrappedLine } from '../../../../src/page/write/preformatted.js'
import { random } from '../../../helpers/context.js'

const COLUMNS = 20
const LETTERS = [
  'a',
  'bc',
  ' ',
  '  ',
  '\t',
  '\n',
  '\n',
  '\n\n',
  '&',
  ' & ',
  '<',
  'é',
  'a word of more than the columns',
  '\u{1F600}'
]

const write = {
  escaped: (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
  // Where no reference is known, & becomes a word that depends on the spaces beside it.
  spelt: (text: string): string => (text.includes('&') ? text.replace(/&(?! \S)/g, ' and ').trim() : text)
}

t.test('text of PRE in pieces is what it is line by line', t => {
  const below = random(21)
  let several = 0
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: below(30) }, () => LETTERS[below(LETTERS.length)]!).join('')
    for (const [name, spell] of Object.entries(write)) {
      let pieced = ''
      for (const piece of linePieces(text, COLUMNS, name === 'escaped')) {
        if (piece.fits && piece.text.includes('\n')) several++
        pieced +=
          '\n'.repeat(piece.breaks) + (piece.fits ? spell(piece.text) : wrappedLine(piece.text, 0, COLUMNS, spell).text)
      }
      const lines = text
        .split('\n')
        .map(line => wrappedLine(line, 0, COLUMNS, spell).text)
        .join('\n')
      if (pieced !== lines) t.equal(pieced, lines, `${name}: ${JSON.stringify(text)}`)
    }
  }
  t.ok(several > 1000, 'pieces of several lines were among them')
  t.end()
})

t.test('the first line of a text goes on from what stands before it', t => {
  t.strictSame(
    [...linePieces('a\tb\n\tc\nd\n\n', COLUMNS, true)],
    [
      { breaks: 0, text: 'a\tb', fits: false },
      { breaks: 1, text: '        c\nd', fits: true },
      { breaks: 2, text: '', fits: true }
    ]
  )
  t.end()
})
