import t from 'tap'
import { checkPage } from '../helpers/check-page.js'
import { get, type Answer, type GetOptions } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

// What stands behind the content of a page comes as a part of its own, over sockets.

const origin = await startOrigin(t, undefined)
const proxy = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 })

const times = (count: number, write: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => write(at)).join('')
const paragraph = (at: number): string =>
  `<p>On day ${at} the ferry came late once more, and the man who sells the tickets said to those who waited that he had seen it leave the other side, that the sea was calm, and that nobody could tell him why.</p>`
const STORY = `<html><head><title>The ferry is late</title></head><body>
<header><nav><ul>${times(6, at => `<li><a href="/section/${at}">Section ${at}</a>`)}</ul></nav></header>
<main><article><h1>The ferry is late</h1><p><a href="#comments">What others say</a> <a href="#day">The last day</a></p>${times(60, paragraph)}<p id=day>On the last day it did not come at all, and the people of the island walked home along the shore without a word.</p></article></main>
<aside class="comments sidebar" id="comments"><h2>Comments</h2>${times(60, at => `<div class="comment reply"><p class="comment-author meta"><a href="/profile/guest-${at}" rel=nofollow>Guest ${at}</a> 3 days ago</p><p class="comment-actions"><button>Like</button> <a href="/report/${at}">Report</a></p></div>`)}</aside>
<footer class=footer><form action="/letters"><p>Newsletter <input name=mail> <input type=submit value=Send></p></form><p>© The island</p></footer></body></html>`
origin.on('http://site.test/ferry', answers(STORY))

const ADDRESS = 'http://site.test/ferry'
const read = (address: string, options: GetOptions = {}): Promise<Answer> =>
  get(proxy.port, address, { browser: 'nav3', ...options })
const display = '?~display=col256'
const SOURCE = /<A HREF="\/ferry">Original\s+source<\/A>/

t.test('the first part ends where the content ends', async t => {
  const first = await read(`${ADDRESS}${display}`)
  const second = await read(`${ADDRESS}${display}&~part=2`)
  for (const part of [first, second]) {
    t.strictSame(checkPage(part.body, profileOf('nav3')).problems, [], 'valid')
    t.match(part.text, SOURCE, 'the line to the source is in each part')
    t.match(part.text, /Reader\s+view/)
  }
  t.match(first.text, /On the last day it did\s+not come/)
  t.notMatch(first.text, /Guest 0<|Newsletter/)
  t.match(first.text, /Part 1 of 2 \| <A HREF="[^"]*~part=2">Rest of this page<\/A>: Comments \(\d+ KB\)/)
  t.match(second.text, /Part 2 of 2/)
  t.match(second.text, /Guest 59[^]*Newsletter[^]*Section 5/)
  t.match(second.text, /<FORM[^]*<\/FORM>/)
  t.equal(origin.asked(ADDRESS).length, 1, 'fetched once')
})

t.test('links to places lead to the part that has them', async t => {
  const first = await read(`${ADDRESS}${display}`)
  const second = await read(`${ADDRESS}${display}&~part=2`)
  t.match(first.text, /HREF="[^"]*~part=2#comments"/, 'to what stands behind')
  t.match(first.text, /HREF="#day"/, 'and in the content')
  t.match(second.text, /<A NAME="?comments"?>/)
  t.match(first.text, /HREF="[^"]*~part=2#retrograde-menu">Menu</, 'the menu is there too')
  t.match(second.text, /<A NAME="?retrograde-menu"?>/)
})

t.test('who has no slow line or wants pages whole gets them whole', async t => {
  for (const from of ['127.0.0.2', '127.0.0.3']) {
    const settings = await read('http://retrograde/settings', { from })
    const token = /NAME="?token"? VALUE="?(\w+)/.exec(settings.text)?.[1] ?? ''
    t.ok(token, 'the page of the settings')
    const choice = `display=col256&${from === '127.0.0.2' ? 'parts=off' : 'speed=fast'}`
    await read(`http://retrograde/settings?token=${token}&${choice}`, { from })
    const whole = await read(ADDRESS, { from })
    t.notMatch(whole.text, /Part 1 of/, choice)
    t.match(whole.text, /Guest 59/)
    t.equal(whole.text.split(SOURCE).length, 2, 'with the line to the source once')
  }
})

t.teardown(() => proxy.close())
