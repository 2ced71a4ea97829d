import t from 'tap'
import { convertPage, jobFor, profileOf } from '../../../helpers/context.js'

t.test('"Article images" counts no logo', async t => {
  const page = `<!doctype html><title>Ferry</title><img src="/img/site-logo.png" width=400 height=90>
<h1>Ferry</h1><p>The ferry sails again. <img src="/harbour.jpg" width=400 height=300></p>`
  const { body } = convertPage(jobFor(Buffer.from(page), profileOf('cern')))
  const text = Buffer.from(body).toString('latin1').replace(/\s+/g, ' ')
  t.match(text, /Article images: <A HREF="[^"]*harbour\.jpg[^"]*">\[1\]<\/A> \|/)
  t.notMatch(text, /logo/)
})

t.test('a sign beside its words says nothing, and alone what it shows', async t => {
  const shown = (markup: string): string =>
    Buffer.from(convertPage(jobFor(Buffer.from(`<title>Ferry</title><h1>Ferry</h1>${markup}`), profileOf('nav3'))).body)
      .toString('latin1')
      .replace(/\s+/g, ' ')
  const sign = '<img src="/s.png" width=40 height=40 alt="Anchor Icon">'
  t.match(shown(`<p>${sign} Pier 4</p>`), /ALT=""/)
  t.match(shown(`<p><a href="/pier">${sign} Pier 4</a></p>`), /ALT=""/)
  t.match(shown(`<p><a href="/pier">${sign}</a> Pier 4</p>`), /ALT="?Anchor"?/, 'a link needs a word')
  t.match(shown(`<table><tr><th>Pier<th>Deck<tr><td>${sign}<td>2</table>`), /ALT="?Anchor"?/)
  t.match(
    shown('<p><img src="/s.png" width=400 height=300 alt="A pop icon at the pier"> Pier 4</p>'),
    /ALT="A pop icon/
  )
})

t.test('links to images leave most of the links that a browser holds to the page', async t => {
  const photos = Array.from({ length: 30 }, (_, at) => `<img src="/harbour${at}.jpg" width=400 height=300>`).join('')
  const linksFor = (profile: string): number =>
    Buffer.from(convertPage(jobFor(Buffer.from(`<p>The ferry sails. ${photos}</p>`), profileOf(profile))).body)
      .toString('latin1')
      .match(/>\[\d+\]</g)?.length ?? 0
  t.equal(linksFor('cern'), 20)
  t.equal(linksFor('tiny'), 5)
})

t.test('what a picture in a table answers is said where it is not seen', async t => {
  const shown = (markup: string, profile: string): string =>
    Buffer.from(convertPage(jobFor(Buffer.from(`<!doctype html><main>${markup}</main>`), profileOf(profile))).body)
      .toString('latin1')
      .replace(/\s+/g, ' ')
  const table = (file: string): string =>
    `<table><tr><th>Ship<th>Bar<th>Deck</tr><tr><td>Tern<td><img src="${file}" width=34 height=33 alt=""><td>2</tr></table>`
  t.match(shown(table('/img/green-tick.png'), 'text'), /Tern<TD>\[x\]<TD>2|Tern<TD>\u00e2\u009c\u0093<TD>2/)
  t.match(shown(table('/img/tick.png'), 'nav3'), /ALT="\[x\]"/)
  t.match(shown(table('/img/cross.png?v=2'), 'nav3'), /ALT="\[ \]"/)
  for (const file of [
    '/img/clear.gif',
    '/img/cross-country.jpg',
    '/img/harbour.jpg',
    '/tick/',
    'data:image/png;base64,tick'
  ])
    t.notMatch(shown(table(file), 'nav3'), /ALT="\[/, file)
  t.notMatch(shown('<p><img src="/tick.png" width=34 height=33 alt=""> A bar</p>', 'nav3'), /ALT="\[/)
})
