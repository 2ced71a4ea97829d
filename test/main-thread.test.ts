import t, { type Test } from 'tap'
import { parseSrcset } from '../src/page/images.js'
import { unsizedImages } from '../src/page/unsized-images.js'
import { cpuMilliseconds, displayOf, profileOf } from './helpers/context.js'

/** All clients wait while one thing is done. What is asked for here takes a few milliseconds; each took seconds once. */
const MOST_MILLISECONDS = 400

function isQuick (t: Test, what: string, act: () => unknown): void {
  const before = cpuMilliseconds()
  act()
  const milliseconds = cpuMilliseconds() - before
  t.ok(milliseconds < MOST_MILLISECONDS, `${what}: ${Math.round(milliseconds)} ms`)
}

const PAGE = new URL('http://site.test/12/page.html')
const client = { profile: profileOf('nav3'), display: displayOf('col256') }
const imagesOf = (markup: string): string[] => [...unsizedImages(Buffer.from(markup), PAGE, client).values()].map(url => url.href)

t.test('a srcset is read in one pass', t => {
  for (const [what, srcset] of Object.entries({ blanks: ' '.repeat(60_000), 'blanks and a letter': `a${' '.repeat(60_000)}b`, descriptors: `a${' 1w'.repeat(20_000)} b`, 'a long word': `${'a'.repeat(60_000)} z`, parentheses: `a ${'('.repeat(60_000)}`, commas: ','.repeat(60_000), 'commas behind a word': `a${','.repeat(60_000)} b` })) isQuick(t, what, () => parseSrcset(srcset))
  isQuick(t, 'names of placeholders', () => imagesOf(`<img src="/${'blank-'.repeat(1300)}">`.repeat(120)))
  t.end()
})
