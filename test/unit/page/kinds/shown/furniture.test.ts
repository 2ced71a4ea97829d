import t from 'tap'
import { teasersIn } from '../../../../../src/page/kinds/others/teasers.js'
import { withoutFurniture } from '../../../../../src/page/kinds/shown/furniture.js'
import { pageLines } from '../../../../helpers/context.js'
import { knownContent } from '../../../../helpers/known-content.js'

const PROSE = 'A lamp of brass with a wick of two centimetres that burns for twelve hours and never sticks in the cold.'
const TEXT = `<h1>Lamp</h1><p>${PROSE}</p><p>${PROSE}</p>`

/** What is left of a page behind its two paragraphs, all of which would be shown. */
function said(markup: string, isForSale = false, likely = 0.5, title = 'Lamp'): string[] {
  const { content } = knownContent(`<main>${TEXT}${markup}</main>`, { '': likely })
  const { blocks } = content.survey
  const told = { isForSale, lines: pageLines, title, teasers: teasersIn(blocks) }
  const left = withoutFurniture(content, new Set(blocks), told)
  return blocks
    .filter(block => left.has(block) && block.words > 0 && block.text !== PROSE)
    .map(({ text }) => text.trim())
}

t.test('boxes that ask for an address, and other pages far below', t => {
  const box = (heading: string): string => `<div><h3>${heading}</h3><p>One each morning, in your mailbox.</div><p>End`
  for (const heading of ['Subscribe to our newsletter', 'Newsletter abonnieren', 'Подпишитесь на рассылку'])
    t.same(said(box(heading)), ['Lamp', 'End'], heading)
  t.equal(said(box('How a newsletter is set')).length, 4, 'not a text about them')
  t.equal(said('<h3>Newsletter abonnieren</h3><p>One each morning.').length, 3, 'nor what stands in no box')
  const other = (at: number): string => `<div><a href=/${at}>Lamp ${at}</a><p>It burns longer.</div>`
  const others = `<div><h3>Related articles</h3>${other(1)}${other(2)}</div><p>End`
  t.same(said(others, false, 0.8), ['Lamp', 'End'], 'other pages by their heading and their links')
  t.equal(said(others.replaceAll('<a href', '<b id'), false, 0.8).length, 7, 'not without links, where they are likely')
  const links = '<p>Das könnte dir auch gefallen</p><div><a href=/s>Sun</a> <a href=/m>Moon</a></div>'
  t.same(said(`<div><p>Oil</p>${links}<p>Fire</p></div>`, false, 0.8), ['Lamp', 'Oil', 'Fire'], 'links behind a label')
  const answer = `<li><p>Ann wrote on 3 May</p><p>${'It burns well. '.repeat(9)}</p></li>`
  const written = `<h3>14 Reaktionen zu &ldquo;Lamp&rdquo;</h3><ol>${answer.repeat(9)}</ol>`
  const deep = `${`<p>${PROSE}</p>`.repeat(2)}<div>${written}</div>`
  t.same(said(deep, false, 0.8), ['Lamp'], 'what was written to a text, however long')
  t.end()
})

t.test('other pages between paragraphs, in a box that begins with what they are', t => {
  const other = (at: number): string =>
    `<div><h3><a href=/${at}>Lamp of brass ${at}</a></h3><p>It burns much longer than all others.</div>`
  const box = (head: string): string => `<div><h4>${head}</h4>${other(1)}${other(2)}</div>`
  const text = `<p>${PROSE} ${PROSE} ${PROSE}</p>`
  const left = (head: string): number => said(`${text}${box(head)}${text}`, false, 0.8).length
  t.equal(left('Related stories from the museum'), 3)
  t.equal(left('Lamps of the museum'), 8, 'not by another name')
  t.end()
})

t.test('boxes that ask about cookies', t => {
  const box = (inner: string): string => `<div class=cookie-box><p>We set cookies to see who comes. ${inner}</div>`
  t.same(said(box('<a href=/c>More</a>')), ['Lamp'])
  t.equal(said(box('').replace('cookies', 'lamps')).length, 2, 'not what waits for consent alone')
  t.equal(said(box('<h2>Cookies</h2>')).length, 3, 'nor the part of a handbook')
  t.equal(said(box(''), false, 0.5, 'How cookies are set').length, 2, 'nor a page about them')
  t.end()
})

t.test('what weblogs say of an entry', t => {
  const link = '<a href=/a>Brass</a>'
  for (const line of [
    `Filed under: ${link}`,
    `Abgelegt unter ${link} und ${link}`,
    `Tags für diesen Artikel: ${link}, ${link}`,
    `This entry was posted in ${link} and tagged ${link}. Bookmark the ${link}.`,
    `Dieser Beitrag wurde unter ${link} abgelegt und mit ${link} verschlagwortet.`,
    `Geschrieben von Anna in ${link} um 10:30 | ${link}`,
    'TrackBack-URL: http://lamps.example/tb.cgi/12',
    'Keine Trackbacks',
    'Kommentare (8)',
    'Laisser un commentaire',
    `Запись опубликована в рубрике ${link} с метками ${link}. Добавьте в закладки ${link}.`,
    '2 Gedanken zu &ldquo;Lamp&rdquo;',
    `anna, 18:04 Uhr | ${link} | <a href=/b>Kommentar verfassen</a>`,
    `Hat dir der Artikel gefallen? Dann abonniere ${link}!`,
    `If you liked this post, consider subscribing to ${link}.`,
    'Empfohlener redaktioneller Inhalt',
    'La suite après cette publicité',
    'Tu dirección de correo electrónico no será publicada.',
    `<a href=/p>Artikel drucken</a> · <a href=/m>Artikel versenden</a>`
  ])
    t.same(said(`<p>${line}</p><p>End`), ['Lamp', 'End'], line)
  for (const line of [
    'Filed under the lid you find a number',
    'Tags: brass',
    'This entry was new to me',
    'This article is being cross-posted at our club.',
    'Geschrieben von Anna',
    'If you liked this lamp, so did we.'
  ])
    t.same(said(`<p>${line}</p>`), ['Lamp', line], line)
  const entries = [1, 2, 3, 4].map(
    at => `<div class=entry><p class=meta>Filed under: <a href=/${at}>Brass</a></p></div>`
  )
  t.equal(said(entries.join('')).length, 5, 'those of the entries of a list stay')
  const dated = [1, 2, 3, 4].map(
    at => `<div class=a${at}><div class=details>${at} May, <a href=/${at}>Brass</a></div></div>`
  )
  const bare = dated.join('').replace('Brass</a>', 'Brass</a> - <a href=/c>Add a comment</a>')
  t.equal(said(bare).length, 5, 'also where only one of them says what can be done with it')
  t.same(
    said('<div class=entry-footer><p>Anna, 10:30 <a href=/a>Brass</a></p></div>'),
    ['Lamp'],
    'the foot of an entry'
  )
  t.equal(
    said(`<div class=entry-footer><p>${PROSE} Twice. <a href=/a>Brass</a></p></div>`).length,
    2,
    'not with a text'
  )
  t.end()
})

t.test('what stands beside what any page is about', t => {
  t.same(said('<ol class=breadcrumb><li><a href=/>Shop</a><li>Lamps</ol><p>End'), ['Lamp', 'End'], 'a trail')
  t.same(
    said('<div class=filters><p>Price<p><label><input type=checkbox> Brass</label></div><p>End'),
    ['Lamp', 'End'],
    'what a list can be narrowed down by'
  )
  t.same(said('<div class=filters><p>Coffee filters</div>'), ['Lamp', 'Coffee filters'], 'filters without a field')
  t.same(said('<div class=author-bio><p>Ann lives in Sofia.</div>'), ['Lamp'], 'the life of the author')
  t.same(said('<p class=author>By Ann'), ['Lamp', 'By Ann'], 'who that is stays')
  t.same(said('<h3>About the author</h3><p>Ann.<h3>Notes</h3><p>One'), ['Lamp', 'Notes', 'One'], 'by its heading')
  const asks =
    '<div class=in-article-newsletter><p>Lamps by mail<p>One a week, and you can end it at any time.</div><p>End'
  t.same(said(asks), ['Lamp', 'End'], 'a box in which the site asks for an address')
  t.same(said('<form><p>Members<p>Name <input><p>Word <input type=password></form><p>End'), ['Lamp', 'End'], 'a log-in')
  t.same(said('<form><p>Write to us<p>Name <input></form>').length, 3, 'but no other form')
  const turning = '<p><a href=/wick>Previous</a><p><a href=/glass>Next</a><p>The wick<p>The glass'
  t.same(said(`<div>${turning}</div><p>End`), ['Lamp', 'End'], 'what turns pages')
  t.equal(said(`<div><h2>Soot</h2>${turning}</div>`).length, 6, 'unless a title stands among it')
  const slides = '<div><p><a href=#>Previous</a><p>The wick<p><a href=#>Next</a></div>'
  t.same(said(slides), ['Lamp', 'Previous', 'The wick', 'Next'], 'not what turns slides')
  const filed = '<p class=post-tags>Tags: <a href=/a>Brass</a>, <a href=/b>Wicks</a></p>'
  t.same(said(`${filed}<p>End`), ['Lamp', 'End'], 'what it is filed under')
  t.equal(said(filed.repeat(4)).length, 5, 'unless those are of entries')
  t.same(
    said('<p class=postmetadata>This entry was posted on 3 May. You can follow it through the <a href=/f>feed</a>.'),
    ['Lamp'],
    'what a weblog says of its entry'
  )
  t.same(said('<p><a href=/>&laquo; Zurück zur Übersicht</a><p><a href=#>Back to top</a>'), ['Lamp'], 'the way back')
  t.equal(said('<p>Back to <a href=/wick>the wick</a>').length, 2, 'a sentence with a link')
  t.same(said('<p>How useful was this post?<p>Average rating 5 / 5.'), ['Lamp'], 'a box to rate it')
  t.same(said('<blockquote><a href=/p>A post shared by Ann (@ann)</a></blockquote>'), ['Lamp'], 'around a picture')
  t.same(said('<p>Comments are closed.'), ['Lamp'], 'what cannot be written')
  t.same(said('<p>Sign in to add it to your list'), ['Lamp'], 'what is for members')
  t.equal(said('<p>Sign in to the router', false, 0.9).length, 2, 'a step of a handbook')
  t.same(said(`<div class=filters><input><p>${'Brass '.repeat(99)}`).length, 2, 'most of a page is not beside it')
  t.end()
})

t.test('who is told of in a box, and what is not to be relied on', t => {
  const box = (label: string): string =>
    `<div><div>${label}</div><div>Ann Wick has made lamps for years.</div></div><p>End`
  const text = `<p>${PROSE}</p>`
  for (const label of ['About the author', 'Über die Autorin', 'Acerca del autor', '関于作者'])
    t.same(said(`${text}${box(label)}`), ['Lamp', 'End'], label)
  t.equal(said(`${text}${box('About the lamp')}`).length, 4, 'another label')
  t.equal(said(`${text}<p>About the author</p><p>Ann has made lamps</p>`).length, 3, 'a label needs a box')
  const small = 'Lamps are shown for illustration and may differ from those sold.'
  t.same(said(`<p class="feature-disclaimer">${small}</p>`), ['Lamp'], 'by its name')
  t.same(said(`<div class="affiliate-disclosure"><p>${small}</p></div>`), ['Lamp'], 'how the site earns its money')
  t.equal(said(`<div class="disclosure"><p>${small}</p></div>`).length, 2, 'what opens when it is pressed')
  t.equal(said('<p class=disclaimer>In May').length, 2, 'a short note')
  t.equal(said(`<div class=disclaimer><h2>Lamps</h2><p>${small}</p></div>`).length, 3, 'a part with a heading')
  t.end()
})

t.test('a text that goes on behind links to other pages', t => {
  const links = '<h4>Related articles</h4><ul><li><a href=/s>Sun</a><li><a href=/m>Moon</a></ul>'
  const oil = '<p>Its oil is made of the seeds of a plant that grows by the sea.</p>'
  t.same(said(links), ['Lamp'])
  t.same(said(`${links}${oil}`), ['Lamp', 'Its oil is made of the seeds of a plant that grows by the sea.'])
  const card = (name: string): string => `<li><a href=/${name}>${name}</a>${oil}`
  t.same(said(`<h4>Related articles</h4><ul>${card('Sun')}${card('Moon')}</ul>`), ['Lamp'], 'what they say of those')
  t.same(said('<p><a href=/n>Newsletter abonnieren</a></p>'), ['Lamp'], 'a link alone')
  t.equal(said('<ul><li><a href=/n>Newsletter abonnieren</a></ul>').length, 2, 'one of a list')
  t.end()
})

t.test('what stands beside goods', t => {
  const both = (markup: string, shown: readonly string[], name: string): void => {
    t.same(said(markup, true), ['Lamp'], name)
    t.same(said(markup), ['Lamp', ...shown], `${name}, on another page`)
  }
  both('<div class=tool-tip>Lumen are light</div>', ['Lumen are light'], 'what a term means')
  both('<div class=product-reviews><h4>Fine</h4></div>', ['Fine'], 'reviews')
  both('<h2>Reviews (2)</h2><h4>Fine</h4>', ['Reviews (2)', 'Fine'], 'reviews by their heading')
  both('<div><h2>Kundenbewertungen</h2></div><h3>Gut</h3>', ['Kundenbewertungen', 'Gut'], 'in another language')
  t.end()
})

t.test('what stands below a heading that names other pages, or is of the site', t => {
  t.same(said('<h2>Archive</h2><h3>May</h3><p>The wick</p><h2>End</h2>'), ['Lamp', 'End'], 'all that it ever said')
  t.same(said('<h3>12 comments:</h3><p>Fine</p><h3>End</h3>'), ['Lamp', 'End'], 'comments that are in no posts')
  t.same(said('<h3>Ein Gedanke zu „Lampen“</h3><p>Gut</p><h2>End</h2>'), ['Lamp', 'End'], 'in another language')
  t.equal(said('<h3>One answer</h3><p>Fine</p>').length, 3, 'an answer that is content')
  for (const heading of ['Kommentare (2)', 'Vos commentaires', 'Uw reactie'])
    t.same(said(`<h3>${heading}</h3><p>Fine</p><h3>End</h3>`), ['Lamp', 'End'], heading)
  t.equal(said('<h3>Vos commentaires</h3><p>Fine</p>', false, 0.95).length, 3, 'what surely is content')
  t.same(said('<h2>Who curated this article?</h2><p>Ann</p><h2>End</h2>'), ['Lamp', 'End'], 'the author')
  t.same(said('<h2>Advertisement: our book</h2><p>Buy it</p><h2>End</h2>'), ['Lamp', 'End'], 'an advertisement')
  t.same(said('<h2>Manage consent preferences</h2><p>Strict</p><h2>End</h2>'), ['Lamp', 'End'], 'cookies')
  t.same(said('<h2>Related articles</h2><p>Wicks</p><h2>End</h2>'), ['Lamp', 'End'], 'other pages')
  t.same(said('<h2>Weitere Beiträge</h2><p>Dochte</p><h2>End</h2>'), ['Lamp', 'End'], 'in another language')
  t.same(said('<div><b>You may also like</b><ul><li>Wicks</ul></div><p>End'), ['Lamp', 'End'], 'by a label in a box')
  t.same(said('<p>You may also like<p>Wicks'), ['Lamp', 'You may also like', 'Wicks'], 'a label needs a box')
  t.equal(said('<h2>Related articles</h2><p>Wicks</p>', false, 0.8).length, 3, 'what surely is content stays')
  t.equal(said(`<h2>Related articles</h2><p>${PROSE} ${PROSE} ${PROSE}</p>`).length, 3, 'and what is most of it')
  t.equal(said('<h2>Related work in the archive</h2><p>Wicks</p>').length, 3, 'a part of a treatise')
  t.end()
})

t.test('how a shop sends what it sells', t => {
  const part = '<h3>Shipping &amp; returns</h3><p>Within five days</p>'
  t.same(said(part, true), ['Lamp'])
  t.equal(said(part).length, 3, 'on a page that sells nothing')
  t.end()
})

t.test('what a site says on each of its pages', t => {
  const notices = [
    'JavaScript is disabled. For a better experience, please enable JavaScript in your browser.',
    "Thanks for letting us know we're doing a good job!",
    'Did this help? Please give feedback by clicking below',
    'Advertisement - Members see no ads'
  ]
  t.same(said(notices.map(text => `<p>${text}`).join('') + '<p>End'), ['Lamp', 'End'])
  t.same(said('<p>Thanks for letting the lamp burn.'), ['Lamp', 'Thanks for letting the lamp burn.'])
  t.end()
})
