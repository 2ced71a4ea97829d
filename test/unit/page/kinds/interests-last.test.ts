import t from 'tap'
import { serialize } from 'parse5'
import { interestsLast } from '../../../../src/page/kinds/interests-last.js'
import { contentIn } from '../../../helpers/likely-content.js'

const NOTICE = 'We may earn a commission when you buy a lamp through our links.'
const TEXT = '<p>The lamp burns</p>'.repeat(16)

/** What a reader shows: "notice" and "text" in their order. */
function order(head: string, title = 'The lamp'): string {
  const { content, body } = contentIn(`<div data-p=".7">${head}${TEXT}</div>`)
  interestsLast(body, { content, blocks: content.chosen, title })
  return serialize(body)
    .replaceAll(TEXT, ' text ')
    .replaceAll(/<[^>]*>/g, '')
}

t.test('how a site earns its money stands below the text', async t => {
  t.equal(order(`<p>${NOTICE}</p>`), ` text ${NOTICE}`)
  const more = 'Purchases through these links may provide compensation to Lamps Ltd.'
  t.equal(order(`<p>${NOTICE}</p><p>${more}</p>`), ` text ${NOTICE}${more}`, 'with what it says right below')
  t.equal(order(`<p>${more}</p>`), `${more} text `, 'not what is said of others')
  t.equal(order(`<p>Written in 2024. ${NOTICE}</p>`), `Written in 2024. ${NOTICE} text `, 'nor with a date')
  t.equal(order(`<p>${NOTICE}</p>`, 'What a commission is'), `${NOTICE} text `, 'nor what the page is about')
  t.equal(order(`<p data-p=".9">${NOTICE}</p>`), `${NOTICE} text `, 'nor what surely is content')
  t.equal(order(`<ul><li><p>${NOTICE}</p></ul>`), `${NOTICE} text `, 'nor an entry of a list')
  t.equal(order(`<div>${NOTICE}<p>It burns</p></div>`), `${NOTICE}It burns text `, 'nor a part of something')
})

t.test('a short text stays as it is', async t => {
  const { content, body } = contentIn(`<div data-p=".7"><p>${NOTICE}</p><p>The lamp burns</p></div>`)
  const before = serialize(body)
  interestsLast(body, { content, blocks: content.chosen, title: 'The lamp' })
  t.equal(serialize(body), before)
})
