import t, { type Test } from 'tap'
import { parseSrcset } from '../src/page/images.js'
import { sheetLinks } from '../src/page/sheet-links.js'
import { sizeInAddress } from '../src/page/size-in-address.js'
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

const MIB = 1024 * 1024
const fill = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length))

t.test('images and sheets of a page are found in one pass', t => {
  const set = (name: string): string => `srcset="${fill(`${name}.gif 1w,`, 7900)}"`
  const pages: Readonly<Record<string, string>> = {
    'a long BASE': `<base href="http://cdn.test/12${fill('/uploads/', 7900)}/x.html?11=11">${Array.from({ length: 990 }, (_, at) => `<img src=a${at}22.png>`).join('')}`,
    'tags without end': fill('<img ', MIB),
    'quotes without end': fill('<img src="', MIB),
    'tags within tags': fill('<img a="<img ', MIB),
    'sources for many images': `<picture>${fill(`<source ${set('blank')}>`, 900_000)}${'<img src=blank.gif>'.repeat(800)}`,
    'many long addresses': fill(`<img src="http://cdn.test/12${fill('/uploads/-10x', 7900)}22.png">`, MIB),
    'links without end': fill('<link ', 64_000),
    'many links': fill('<link rel=stylesheet href=a>', 64_000),
    'links of one long base': `<base href="http://cdn.test/${fill('a/', 1900)}">${fill('<link rel=stylesheet href=a>', 60_000)}`
  }
  for (const [what, markup] of Object.entries(pages)) {
    isQuick(t, `images: ${what}`, () => imagesOf(markup))
    isQuick(t, `sheets: ${what}`, () => sheetLinks(Buffer.from(markup), PAGE))
  }
  isQuick(t, 'the size in an address', () => {
    for (let round = 0; round < 100; round++) sizeInAddress(new URL(`http://cdn.test/12${fill('/uploads/', 7900)}x22.html`))
  })
  t.same(imagesOf('<picture><source srcset=a.webp><img src=a.gif></picture><source srcset=b.webp><img src=c.gif><img alt="<img src=no.gif>" src=d.gif><img src=e.gif<img src=f.gif>'), ['http://site.test/12/a.webp', 'http://site.test/12/b.webp', 'http://site.test/12/d.gif', 'http://site.test/12/e.gif%3Cimg'])
  t.same(sheetLinks(Buffer.from('<link/rel=stylesheet href=a.css><link rel="<link" href=no.css><link rel=stylesheet title=">" href=b.css>'), PAGE), ['http://site.test/12/a.css', 'http://site.test/12/b.css'])
  t.end()
})
