import t from 'tap'
import { asksForCookies, tellsInterests } from '../../../src/page/article/site-notices.js'
import { mainPartOf } from '../../../src/page/order/main-part.js'
import { setAside } from '../../../src/page/order/set-aside.js'
import { closest, plainText } from '../../../src/page/tree/tree.js'
import { pageLines } from '../../helpers/context.js'
import { contentIn } from '../../helpers/likely-content.js'

const URL = new globalThis.URL('https://lamps.test/storm-lamp')
const TEXT =
  'The keeper of the lighthouse counted the ships that passed, wrote their names into his book, and lit the lamp at dusk, as he had done.'
const FACTS = 'Weight: 3 kg. Height: 40 cm. Burns for nine hours with one filling of oil, in rain and in wind too.'

/** What of a page can wait, in words. */
function waits(markup: string, title = 'The lamp'): string[] {
  const { content, body } = contentIn(markup)
  const main = mainPartOf(content, { title, url: URL }, body)
  if (main === undefined) return ['nothing is content']
  return setAside(main.opening, { content, body, title, lines: pageLines }).others.map(element => plainText(element))
}

const startOf = (markup: string, title: string): string => {
  const { content, body } = contentIn(markup)
  const start = mainPartOf(content, { title, url: URL }, body)?.start
  return start === undefined ? '' : plainText(closest(start, 'h1', 'h2', 'p', 'div')!)
}

t.test('small things that cannot be content wait together, and facts stay', async t => {
  const small = '<div>View all 51</div><div>Free returns and a friendly chat</div><div>Our story in five parts</div>'
  const text = `<p data-p=".9">${TEXT}</p>`
  t.same(
    waits(`<h1 data-p=".6">The lamp</h1>${small}${text}`),
    ['View all 51', 'Free returns and a friendly chat', 'Our story in five parts'],
    'each is short, and together they are not'
  )
  t.same(waits(`<h1 data-p=".6">The lamp</h1><div>View all 51</div>${text}`), [], 'one alone takes no room')
  t.same(
    waits(`<h1 data-p=".6">The lamp</h1>${small}<div>$ 12.50</div><div>In stock</div>${text}`).length,
    3,
    'what it costs, and whether it can be had'
  )
  t.same(
    waits(
      `<h1 data-p=".6">The lamp</h1><div><div>By</div><div>Anna Strand</div></div><div>Share it with the people who you know, wherever they may be on the sea</div>${text}`
    ),
    ['Share it with the people who you know, wherever they may be on the sea'],
    'the name behind "By" is of the byline'
  )
})

t.test('what is said twice waits once', async t => {
  const byline = '<div>By Anna Strand, keeper of the lamp, updated on 3 May 2025 at noon</div>'
  t.equal(waits(`<h1 data-p=".6">The lamp</h1>${byline}<hr>${byline}<p data-p=".9">${TEXT}</p>`).length, 1)
})

t.test('how the site earns its money waits, even below a subtitle', async t => {
  const notice =
    'We may earn a commission from links on this page, but we only recommend lamps that have burnt in our own hands.'
  const page = (likelihood: number): string =>
    `<h1 data-p=".6">The lamp</h1><p data-p=".6">What a lamp is good for on a coast without a harbour</p><p data-p="${likelihood}">${notice}</p><p data-p=".95">${TEXT}</p>`
  t.same(waits(page(0.7)), [notice])
  t.same(waits(page(0.95)), [], 'what surely is content says something else as well')
  t.same(waits(page(0.7), 'Affiliate links and what they pay'), [], 'the page may be about it')
  const [block] = contentIn(`<p data-p=".7">${notice}</p>`).content.survey.blocks
  t.notOk(asksForCookies(block!, 'The lamp'))
  const { content } = contentIn(`<p data-p=".7">${TEXT}</p>`)
  t.notOk(tellsInterests(content.survey.blocks[0]!, content, 'The lamp'))
})

t.test('what is named as a disclosure waits, however likely it is content', async t => {
  const notice = 'We may earn a commission from links on this page, which pays for the lamps that we burn.'
  const page = (name: string): string =>
    `<h1 data-p=".6">The lamp</h1><div class="${name}"><p data-p=".95">${notice}</p></div><p data-p=".95">${TEXT}</p>`
  t.same(waits(page('site-disclosure')), [notice])
  t.same(waits(page('part')), [])
})

t.test('what a list can be narrowed down by waits, above goods without a paragraph', async t => {
  const goods = ['Storm', 'Ship', 'Oil'].map(name => `<li data-p=".7"><h3>${name} lamp of brass</h3><b>$ 12</b></li>`)
  const ranges = [0, 25, 50, 75, 100, 125, 150].map(from => `$${from} to $${from + 25} (${from + 9})`)
  const box = (name: string): string => `<li><label><input type="checkbox">${name}</label></li>`
  const page = (facets: string): string =>
    `<h1 data-p=".6">Lamps</h1>${facets}<ul>${goods.join('')}${goods.join('')}</ul>`
  t.equal(waits(page(`<div><ul>${ranges.map(box).join('')}</ul></div>`), 'Lamps').length, 1, 'check boxes')
  t.equal(
    waits(page(`<div><ul>${ranges.map(name => `<li><a href="/f">${name}</a></li>`).join('')}</ul></div>`), 'Lamps')
      .length,
    1,
    'links'
  )
  t.equal(
    waits(
      page(
        `<div class="facet-list" data-p=".3"><p>Colours: brass, copper, iron</p><p>Heights: small, middle, large</p><p>Makers: Anna, Bert, Carla</p></div>`
      ),
      'Lamps'
    ).length,
    1,
    'by its name, though it is not so unlikely'
  )
  t.same(waits(page(`<div class="facet-list" data-p=".6">${FACTS}</div>`), 'Lamps'), [], 'but not what may be content')
  const button = (name: string): string =>
    `<li><button data-p=".8">${name} <i>Refine by metal: ${name}</i></button></li>`
  const metals = `<p data-p=".1">Metal</p><ul>${['Brass', 'Copper', 'Iron', 'Tin'].map(button).join('')}</ul>`
  t.equal(
    waits(page(`<div><div><p>Sort by what you like</p></div>${metals}${metals}</div>`), 'Lamps').length,
    1,
    'buttons that say so to who hears the page, however likely, with what stands around them'
  )
  const box2 = `${box('Brass')}${box('Copper')}${box('Iron')}${box('Tin')}${box('Zinc')}${box('Lead')}`
  t.equal(
    waits(page(`<div class="filters"><h3 data-p=".6">Metal of the lamps</h3><ul>${box2}${box2}</ul></div>`), 'Lamps')
      .length,
    1,
    'fields by their name, though one of them looks like content'
  )
  const counted = Array.from(
    { length: 12 },
    (_, at) => `<li><input type="radio" name="k"><label>Kind</label> <b>${at + 80}</b></li>`
  )
  t.equal(
    waits(
      `<form>${page(`<div><h3>Kind of lamp</h3><ul>${counted.join('')}</ul></div>`)}${FACTS.repeat(3)}</form>`,
      'Lamps'
    ).length,
    1,
    'many fields with how many there are of each, in the form of the list'
  )
})

t.test('the only heading of the first level begins the content', async t => {
  const box =
    '<div data-p=".6">Free delivery of all lamps and of all oil to any harbour of the coast, on each day but Sunday.</div>'
  const row = `<div data-p=".7">${['Brass', 'Ship', 'Oil'].map(name => `<a href="/${name}">${name} lamps for you</a>`).join('')}</div>`
  const text = `<p data-p=".9">${TEXT} ${TEXT} ${TEXT} ${TEXT} ${TEXT}</p>`
  const page = (before: string, heading = '<h1 data-p=".4">What a storm lamp is for</h1>'): string =>
    startOf(`${before}${heading}${text}`, 'Lamps of the coast')
  t.equal(page(row.repeat(20)), 'What a storm lamp is for', 'however many links were taken for content')
  t.equal(page(box.repeat(2)), 'What a storm lamp is for', 'a few notices')
  t.not(page(box.repeat(9)), 'What a storm lamp is for', 'but not behind much')
  t.equal(page(box.repeat(9), '<h1 data-p=".4">Storm lamp</h1>'), 'Storm lamp', 'if not the address says the same')
  t.not(page(box.repeat(60), '<h1 data-p=".4">Storm lamp</h1>'), 'Storm lamp', 'and not behind the most of it')
  t.not(page(box, '<h1 data-p=".1">The lamps of the coast</h1>'), 'The lamps of the coast', 'the name of the site')
  t.not(page(row, '<h1 data-p=".4">Scores</h1>'), 'Scores', 'or of a box')
  t.equal(
    page(box.repeat(2), `<h1 data-p=".4">What a storm lamp is for</h1><p>${TEXT}</p><h1>What a storm lamp is for</h1>`),
    'What a storm lamp is for',
    'said once more for another screen'
  )
})

t.test('a heading that is a path to the title leads the page', async t => {
  const page = (heading: string): string =>
    startOf(`${heading}<p data-p=".9">${TEXT}</p><h1 data-p=".4">Score</h1>`, 'The best storm lamps (771 lamps)')
  const path = '<a href="/lists">Lists</a> &gt; The best storm lamps'
  t.equal(page(`<h2 data-p=".4">${path}</h2>`), 'Lists > The best storm lamps')
  t.equal(page(`<h2 data-p=".4">${path.replace('storm lamps', 'lamps of brass')}</h2>`), TEXT, 'not to another')
})

t.test('before the title stands no entry of another list, and no longer text', async t => {
  const page = (before: string): string =>
    startOf(`${before}<h1 data-p=".8">Storm lamp</h1><p data-p=".9">${TEXT}</p>`, 'Storm lamp')
  t.equal(page('<p data-p=".5">A lamp of the week</p>'), 'A lamp of the week')
  t.equal(page('<ul><li><p data-p=".5">Rated 4 of 5 stars</p></li></ul>'), 'Storm lamp')
  t.equal(page(`<p data-p=".3">${FACTS}</p>`), 'Storm lamp')
})

t.test('a page of which nothing is sure begins with its first headline', async t => {
  const story = (name: string, likelihood: number): string =>
    `<h2 data-p="${likelihood}"><a href="/${name}">The ${name} came in at noon with all hands</a></h2><p data-p="${likelihood}">${TEXT}</p>`
  const menu = '<ul><li data-p=".42"><a href="/c">Coast</a></li></ul>'
  t.equal(
    startOf(`${menu}${story('ferry', 0.47)}${story('pilot', 0.42)}${story('tug', 0.5)}`, 'News of the coast'),
    'The ferry came in at noon with all hands'
  )
})

t.test('entries of a list of contents do not begin the text', async t => {
  const entries = ['oil', 'wick', 'glass', 'flame', 'night'].map(
    name =>
      `<li data-p=".8"><a href="#${name}">What ${name} a lamp needs on a long voyage to the north, and why it needs that</a></li>`
  )
  const { content, body } = contentIn(
    `<h1 data-p=".8">Storm lamp</h1><ul>${entries.join('')}</ul><ul>${entries.join('')}</ul><p data-p=".9">${TEXT}</p>`
  )
  const main = mainPartOf(content, { title: 'Storm lamp', url: URL }, body)!
  t.equal(setAside(main.opening, { content, body, title: 'Storm lamp', lines: pageLines }).contents.length, 2)
})

t.test('what is no less likely than the title stays', async t => {
  const intro = 'Begin to plan your voyage with these lamps and their oil for all who sail.'
  const page = (title: number): string =>
    `<h1 data-p="${title}">The lamp</h1><div data-p=".16">${intro}</div><p data-p=".9">${TEXT}</p>`
  t.same(waits(page(0.15)), [])
  t.same(waits(page(0.6)), [intro])
})

t.test('a page without headings begins with what is called its name, however far before the text', async t => {
  const facts = Array.from({ length: 30 }, (_, at) => `<p data-p=".3">Burner ${at} of brass</p>`).join('')
  const page = (name: string): string => `${name}${facts}<div data-p=".9"><h2>About</h2><p>${TEXT} ${TEXT}</p></div>`
  t.equal(startOf(page('<div class="app-name" data-p=".2">Storm lamp</div>'), 'Storm lamp on Oil'), 'Storm lamp')
  t.not(
    startOf(page('<div data-p=".2">Storm lamp</div>'), 'Storm lamp on Oil'),
    'Storm lamp',
    'not what nothing calls so'
  )
  t.not(
    startOf(page('<p class="name" data-p=".02">Shine</p>'), 'Storm lamp on Oil'),
    'Shine',
    'nor the name of the site'
  )
})

t.test('the title of a page', async t => {
  t.equal(
    startOf(
      `<div>All lamps</div><div data-p=".2">Storm lamp</div><div data-p=".45">A lamp that burns in any wind for a night, with a chimney of glass and a wick.</div>${'<div>x y z</div>'.repeat(30)}<p data-p=".9">${TEXT}</p>`,
      'Storm lamp by the lamp shop'
    ),
    'Storm lamp',
    'stands in no heading, above a text that may be content'
  )
  t.equal(
    startOf(
      `<h1 data-p=".6">Keyboard help</h1>${'<div data-p=".6">Press one of the keys to go on</div>'.repeat(14)}<h1 data-p=".8">Storm lamp</h1><p data-p=".9">${TEXT} ${TEXT} ${TEXT} ${TEXT} ${TEXT}</p>`,
      'Storm lamp'
    ),
    'Storm lamp',
    'may stand far behind a first thing that looks like content'
  )
  t.equal(
    startOf(
      `<ol><li data-p=".3"><a href="/">Shop</a></li><li data-p=".3"><a href="/l">Lamps</a></li><li data-p=".3"><a href="/s">Storm</a></li></ol><h1 data-p=".8">Storm lamp</h1><p data-p=".9">${TEXT}</p>`,
      'Storm lamp'
    ),
    'Storm lamp',
    'begins without the path to the page'
  )
})

t.test('a heading that leads home is the name of the site, and no title', async t => {
  const page = (likelihood: number): string =>
    `<h1 data-p="${likelihood}"><a href="/">Lamp House</a></h1><p data-p=".05">Three lamps were lit</p><h2 data-p=".7">How a storm lamp works</h2><p data-p=".95">${TEXT}</p>`
  t.equal(startOf(page(0.03), 'Storm lamps explained'), 'How a storm lamp works')
  t.equal(startOf(page(0.4), 'Storm lamps explained'), 'Lamp House', 'what may be content is one')
})

t.test('a heading of others waits with them, whatever opens them', async t => {
  const list = ['Lamps for a small ship', 'Oil that burns without smoke', 'How to trim a wick'].map(
    name => `<li data-p=".3"><a href="/x">${name}</a></li>`
  )
  const page = (heading: string): string =>
    `<h1 data-p=".6">The lamp</h1><div><h5 data-p=".03">${heading}</h5><ul>${list.join('')}</ul></div><p data-p=".95">${TEXT}</p>`
  const [waiting] = waits(page('You may also like <span>Show related</span> <span>Hide</span>'))
  t.match(waiting, /^You may also like .*wick$/)
  const likely = (heading: string, likelihood: number): string[] =>
    waits(page(heading).replaceAll('.3', '.25').replace('.25', `${likelihood}`))
  t.equal(likely('You may also like', 0.6).length, 1, 'one name that looks like content keeps nothing')
  t.equal(likely('Its parts', 0.6).length, 0, 'but where nothing says that it is of others')
  t.same(waits(page('You may also like').replaceAll('.3', '.6')), [], 'nor is it of others where all of it is likely')
})

t.test('a short list of contents waits if it is called so', async t => {
  const names = ['How the storm lamp of the cape burns', 'What its oil is made of, and where', 'When to trim the wick']
  const list = names.map((name, at) => `<a href="#${at}" data-p=".1">${name}</a>`).join(' ')
  const page = (label: string): string =>
    `<h1 data-p=".6">The lamp</h1><div><p data-p=".1">${label}</p><div>${list}</div></div><p data-p=".95">${TEXT}</p>`
  const contentsOf = (markup: string): number => {
    const { content, body } = contentIn(markup)
    const main = mainPartOf(content, { title: 'The lamp', url: URL }, body)!
    return setAside(main.opening, { content, body, title: 'The lamp', lines: pageLines }).contents.length
  }
  t.equal(contentsOf(page('Table of contents')), 1)
  t.equal(contentsOf(page('What we found')), 0, 'what it says may be the beginning of the text')
})

t.test('of a row of pictures the first few stay', async t => {
  const row = (link: string): string =>
    Array.from({ length: 9 }, (_, at) => `<li>${link}<img src="${at}.jpg"></a></li>`).join('')
  const page = (link: string): string => `<h1 data-p=".6">The lamp</h1><ul>${row(link)}</ul><p data-p=".95">${TEXT}</p>`
  const waiting = (link: string): string[] => {
    const { content, body } = contentIn(page(link))
    const main = mainPartOf(content, { title: 'The lamp', url: URL }, body)!
    const { others } = setAside(main.opening, { content, body, title: 'The lamp', lines: pageLines })
    return others.map(({ tagName }) => tagName)
  }
  t.same(waiting(''), ['li', 'li', 'li'])
  t.same(waiting('<a href="large.jpg">'), ['li', 'li', 'li'], 'also where they can be seen larger')
  t.same(waiting('<a href="/lamps/red">'), [], 'those that lead to other pages are entries of a list')
})

t.test('an item of a list does not lose what it begins with, nor a few words behind', t => {
  const item = (name: string, likelihood: number, more = ''): string =>
    `<li><img src="tick.png"><div><div data-p="${likelihood}">${name}</div>${more}</div></li>`
  const page = (items: string): string => `<h1 data-p=".6">The lamp</h1><ul>${items}</ul><p data-p=".95">${TEXT}</p>`
  const name = 'A glass that keeps out the rain, the spray, the sand and the wind'
  const told = `<p>${name}, and a wick that need not be trimmed before it has burnt for a week or two</p>`
  const items = (more: string): string => item(name, 0.01, more) + item('Oil', 0.5) + item('A wick', 0.5)
  t.same(waits(page(items(''))), [], 'a bullet would stand beside nothing')
  t.same(waits(page(items('<div>made of: <a href="/sand">sand</a></div>'))), [])
  t.equal(waits(page(items(told))).length, 1, 'a longer text that is unlikely waits')
  t.equal(
    waits(page(items('')).replaceAll(/<(\/?)(ul|li)>/g, '<$1div>')).length,
    1,
    'where there is no bullet, it waits'
  )
  t.end()
})

t.test('a form that asks for an address waits behind a longer text', async t => {
  const form = (fields: string): string =>
    `<div><h3 data-p=".05">Talk to us</h3><form action="/ask">${fields}</form></div>`
  const page = (fields: string, texts: number): string =>
    `<h1 data-p=".6">The lamp</h1>${form(fields)}${`<p data-p=".95">${TEXT}</p>`.repeat(texts)}`
  const [name, mail] = ['<input name="who">', '<input name="email">']
  t.same(waits(page(name + mail, 8)), ['Talk to us'])
  t.same(waits(page(name + mail, 8).replace('.05', '.5')), ['Talk to us'], 'with the heading above it, however likely')
  t.same(waits(page(name, 8)), [], 'one that asks for something else may be what the page is for')
  const label = 'Which of the lamps of the cape would you give to a friend at sea?'
  const signed = page(`<label>${label}</label>${name}`, 8).replace('</h1>', '</h1><p>By Anna Strand, May 3, 2025</p>')
  t.same(waits(signed), [`Talk to us${label}`], 'but an article is to be read')
  t.same(waits(signed.replace('By Anna', 'Anna')), [], 'where nobody has signed it, it may be another page')
  const powered = '<p>Powered by the keepers</p>'
  t.equal(waits(signed.replace('</label>', `</label>${powered}`)).length, 1, 'who has made the form has not written it')
  t.same(waits(page(mail, 2)), [], 'so may one with little below it')
  t.same(waits(page(`${mail}<input type="password" name="p">`, 8)), [], 'or a log-in')
  t.same(
    waits(`<form action="/">${page('', 8).replace('Talk to us', mail)}</form>`),
    [],
    'nothing is torn from its form'
  )
})
