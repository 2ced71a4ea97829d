import t from 'tap'
import { createSheetReader, type ReadSheets } from '../../src/page/css/sheets/read-sheets.js'
import { sheetLinks } from '../../src/page/needs/sheet-links.js'
import { convertPage, cpuMilliseconds, jobFor, profileOf } from '../helpers/context.js'
import { collectGarbage } from '../helpers/cost.js'

/**
 * Reading a sheet takes hundredths of a second; these would take minutes if time grew with the square of the length.
 */
const MOST_MILLISECONDS = 3000

const rulesOf = (text: string): ReturnType<ReadSheets> => createSheetReader()([{ media: '', text }])

t.test('hostile sheets end', t => {
  const hostile = [
    'a{',
    '{',
    '}',
    '(',
    'a:(',
    '[({',
    '/*',
    '/* */',
    '"',
    '"\n',
    '\\',
    '@',
    '@media{',
    '@media ',
    ';',
    ':',
    'a,',
    'a{b:c!',
    'a{display:none}',
    'b{}',
    '@media (min-width:1px){a{display:none}}',
    '*{display:none}',
    'url(',
    '<!--',
    'a{display:none;&b{',
    ' ',
    '\0',
    'a ',
    '\\0 ',
    '[a=',
    'a{position:absolute;clip:rect(1px '
  ]
  for (const piece of hostile) {
    for (const text of [
      piece.repeat(10_000_000 / piece.length),
      `a{display:none;${piece.repeat(100_000)}`,
      `${piece.repeat(100_000)}{display:none}`,
      `@media ${piece.repeat(100_000)}{a{display:none}}`,
      `a{display:${piece.repeat(100_000)}}`
    ]) {
      const before = cpuMilliseconds()
      const rules = rulesOf(text)
      const took = cpuMilliseconds() - before
      if (took > MOST_MILLISECONDS) t.fail(`${piece}: ${Math.round(took)} ms`)
      if (rules.screen.length > 6000) t.fail(`${piece}: ${rules.screen.length} rules`)
    }
  }
  t.equal(rulesOf('.a{display:none}').screen.length, 1, 'and the next sheet is read')
  t.end()
})

t.test('many rules for elements of as many classes', t => {
  const many = (piece: string, n: number): string =>
    Array.from({ length: n }, (_, at) => piece.replaceAll('{}', String(at))).join('')
  const markup = `<!doctype html><style>${many('.c{} .d>p{display:none}', 6000)}</style>${many('<p class="c{} d">x', 2000)}`
  const before = cpuMilliseconds()
  convertPage(jobFor(Buffer.from(markup), profileOf('nav3')))
  const took = cpuMilliseconds() - before
  t.ok(took < MOST_MILLISECONDS, `${Math.round(took)} ms`)
  t.end()
})

t.test('links to sheets in hostile heads are found in time', t => {
  const started = cpuMilliseconds()
  for (const piece of [
    '<link ',
    '<!--',
    '-->',
    '<link rel=stylesheet href=',
    '<link a="',
    '<base href=x>',
    '<link rel=stylesheet href=a>'
  ])
    sheetLinks(Buffer.from(piece.repeat(30_000)), new URL('https://site.test/dir/page'))
  t.ok(cpuMilliseconds() - started < MOST_MILLISECONDS, 'hostile heads end')
  t.end()
})

t.test('a sheet that is kept does not keep the page that it was cut out of', t => {
  const read = createSheetReader()
  const [pages, characters] = [30, 1_000_000]
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < pages; i++) {
    const page = Buffer.alloc(characters, `<p>${i} `).toString('latin1') + `.a${i} { display: none } .b { color: red }`
    read([{ media: '', text: page.slice(characters) }])
  }
  collectGarbage()
  const grown = process.memoryUsage().heapUsed - before
  t.ok(grown < (pages * characters) / 10, `${grown} bytes are kept of ${pages * characters}`)
  t.end()
})
