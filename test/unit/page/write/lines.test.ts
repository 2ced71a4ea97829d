import t from 'tap'
import { convertPage, jobFor, profileOf } from '../../../helpers/context.js'

const LINKS = Array.from({ length: 40 }, (_, at) => `<b>word${at}</b> and <a href="/${at}"><i>link${at}</i></a>`)
const PAGE = `<script></script><title>L</title><h1>L</h1><p>${LINKS.join(' ')}</p><form action="/l"><input name="u"></form>Behind it.`

const written = (profile: string): string =>
  Buffer.from(convertPage(jobFor(Buffer.from(PAGE), profileOf(profile))).body).toString('latin1')

t.test('libwww 3 drops a line break right behind an end tag: a space stands there', async t => {
  const text = written('cern')
  t.notMatch(text, /<\/(B|A|I)>\n(?!<P>|<\/BODY>|<H)\S/, 'no break behind a tag')
  t.ok(
    text.split('\n').some(line => line.length > 150),
    'lines are long'
  )
  t.ok(
    text.split('\n').every(line => line.length < 400),
    'and are broken between words all the same'
  )
})

t.test('other browsers take a line break for a space wherever it stands', async t => {
  t.match(written('mosaic'), /<\/(B|A)>\n\S/)
})

t.test('Dillo goes on in the last line of a form: text behind it has a paragraph of its own', async t => {
  t.match(written('lite'), /<\/FORM>\s*<P>Behind it\./)
  t.match(written('nav3'), /<\/FORM>Behind it\./)
})
