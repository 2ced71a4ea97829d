import t from 'tap'
import type { PageJob } from '../../../../src/page/convert.js'
import { convertPage, jobFor, profileOf } from '../../../helpers/context.js'
import { times } from '../../../helpers/hostile-pages.js'

const PARAGRAPH =
  'The keeper of the lighthouse counted the ships that passed, wrote their names into his book, and lit the lamp at dusk, as he had done.'

t.test('each part of a long page has the line to its source', async t => {
  const long = times(300, at => `<section><p>${at}. ${PARAGRAPH}</p></section>`)
  const partsOf = (changes: Partial<PageJob>): string[] =>
    convertPage({
      ...jobFor(Buffer.from(long), profileOf('nav3'), changes),
      parts: { address: 'http://www.example.com/news/page.html', number: 1, mostBytes: 20_000 }
    }).bodies.map(body => Buffer.from(body).toString())
  const SOURCE = />Original\s+source<\/A> \(on\s+modern site\)/
  for (const originalSource of ['bottom', 'top'] as const) {
    const parts = partsOf({ choices: { images: 'inline', originalSource, figures: 'on' } })
    t.equal(parts.length, 3)
    for (const [at, part] of parts.entries()) {
      const place = part.search(SOURCE)
      t.equal(part.split(SOURCE).length, 2, `${originalSource}: once`)
      t.ok(originalSource === 'top' ? place < 500 : part.length - place < 500, `${originalSource} of part ${at + 1}`)
      t.notMatch(part, /<HR>\s*<HR>/)
    }
  }
  const reader = partsOf({ view: 'reader' })
  t.equal(reader.length, 3)
  t.ok(
    reader.every(part => part.split(SOURCE).length === 2),
    'an article has it below its title, then at the end'
  )
  t.notMatch(partsOf({ choices: { images: 'inline', originalSource: 'off' } }).join(''), SOURCE, 'off is off')
})
