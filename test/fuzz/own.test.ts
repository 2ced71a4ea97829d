import fc from 'fast-check'
import iconv from 'iconv-lite'
import t from 'tap'
import { charsetNamed } from '../../src/charset/charsets.js'
import { html, frame } from '../../src/portal/html.js'
import { address, text } from './markup.js'
import { CHARSET_NAMES, PROFILES, profileFor } from './pages.js'
import { fuzz, none } from './run.js'
import { convertPage, jobFor } from '../helpers/context.js'

// Pages of our own go through no step that makes addresses fit: whatever a template puts into one, the writer must not
// let it end its value, its tag or its scheme.

interface OwnPage {
  readonly profile: string
  readonly charset: string | undefined
  readonly address: string
  readonly words: string
}

/** Letters that charsets without them fold to quotes and brackets, and the rest of the address of an attack. */
const odd = fc
  .array(
    fc.constantFrom(
      '"',
      "'",
      '<',
      '>',
      '&',
      '&#34;',
      '\u201C',
      '\uFF02',
      '\uFF1C',
      '\uFF1E',
      '\u2039',
      '\u00AB',
      '\uFF1A',
      'javascript',
      ':',
      'data:',
      '\0',
      '\t',
      '\n',
      ' ',
      '\uD800',
      'x',
      '//h.example/',
      ' onclick=x',
      '%22',
      '?q='
    ),
    { maxLength: 8 }
  )
  .map(parts => parts.join(''))

const page: fc.Arbitrary<OwnPage> = fc.record({
  profile: fc.constantFrom(...PROFILES.keys()),
  charset: fc.option(fc.constantFrom(...CHARSET_NAMES), { nil: undefined, freq: 2 }),
  address: fc.oneof(odd, address),
  words: text
})

const TAG = /<(\/?)([A-Z][A-Z0-9]*)((?: [A-Z]+(?:=(?:[A-Za-z0-9]+|"[^"<>]*"))?)*)>/g
const EXPECTED = new Set([
  'HTML',
  'HEAD',
  'TITLE',
  'BODY',
  'A',
  'P',
  'FORM',
  'INPUT',
  'IMG',
  'BR',
  'LINK',
  'BASE',
  'META',
  'FONT'
])

/** Every tag of ours is whole, there is none that we did not write, and no address runs. */
function isClosed(made: OwnPage): void {
  const profile = profileFor({ markup: '', ...made })
  const { address: to, words } = made
  const own = frame(
    'Own',
    html`<p><a href="${to}">${words}</a><form action="${to}"><p><input name=q value="${words}"><input type=submit></form><p><img src="${to}" alt="${words}">`
  )
  const { body } = convertPage(
    jobFor(Buffer.from(own.text), profile, { view: 'portal', contentType: 'text/html; charset=utf-8' })
  )
  const written = iconv.decode(Buffer.from(body), charsetNamed(profile.text.charset)!.iconv)
  const rest = written
    .replace(/^<!DOCTYPE[^>]*>/, '')
    .replace(TAG, (_tag, _end, name: string) => (EXPECTED.has(name) ? '' : `<${name}>`))
  const runs = [...written.matchAll(/ (?:HREF|SRC|ACTION)="?([^">]*)/g)]
    .map(([, value]) => value!)
    .filter(value => /^[\0-\x20]*(javascript|vbscript|data|file|about|blob)[\0-\x20]*:/i.test(value))
  none([
    ...(/<|>/.test(rest) ? [`no tag of ours: ${/[^]{0,40}[<>][^]{0,40}/.exec(rest)![0]}`] : []),
    ...runs.map(value => `runs: ${value}`)
  ])
}

t.test('addresses in our own pages', async t => await fuzz(t, 'own pages', 0.5, page, isClosed))

t.test('what a template may not do', async t => {
  const written = (to: string): string =>
    Buffer.from(
      convertPage(
        jobFor(
          Buffer.from(frame('Own', html`<p><a href="${to}">words</a>`).text),
          profileFor({ markup: '', profile: 'html4' }),
          { view: 'portal' }
        )
      ).body
    ).toString('latin1')
  t.match(written('/a?b="><script>'), /HREF="\/a\?b=%22%3E%3Cscript%3E"/)
  t.match(
    written('http://x.test/\u201D\uFF02'),
    /HREF="http:\/\/x\.test\/%E2%80%9D%EF%BC%82"/,
    'a quote that the charset lacks'
  )
  for (const bad of ['javascript:x', ' java\tscript:x', '\x01data:text/html,x', 'file:///etc', 'x-odd:y'])
    t.match(written(bad), /HREF="#top"/, bad)
  for (const good of ['/x', '?q=1', 'mailto:a@b.test', 'ftp://f.test/']) t.match(written(good), /HREF="(?!#top)/, good)
})
