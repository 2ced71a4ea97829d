import { once } from 'node:events'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { checkPage } from '../helpers/check-page.js'
import { get, type Answer, type Browser } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

// What is too long for an old browser: addresses and pages, over sockets.

const origin = await startOrigin(t, undefined)
const upstream = { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 }
const html = (body: string, title = 'A page'): string =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`

function isPage(t: Test, answer: Answer, status: number, words: RegExp, browser: Browser = 'mosaic'): void {
  t.equal(answer.status, status, `${String(words)}: status`)
  const { problems, text, title } = checkPage(answer.body, profileOf(browser))
  t.strictSame(problems, [], `${String(words)}: valid`)
  t.match(`${title} ${text}`, words)
}

const LONG = `/long?session=${'x'.repeat(1200)}`

t.test('short addresses', async t => {
  const folder = t.testdir()
  const first = await startProxy(t, { ...upstream, 'data-dir': folder })
  origin.on(
    'http://site.test/page',
    answers(
      html(`<p>A <a href="${LONG}&a=1#place">link</a></p><p><img src="/photo${LONG}" width=40 height=30 alt=Boats></p>
<form action="${LONG.replace('?', '/')}"><input name=q value=boats><input type=submit></form><form action="${LONG}" method=post><input name=q><input type=submit></form>`)
    )
  )
  origin.on(
    'http://site.test/long',
    ({ request, answer, seen }) =>
      void once(request, 'end').then(() =>
        answer
          .writeHead(200, { 'content-type': 'text/html' })
          .end(html(`<p>The long page, got ${seen.method} [${seen.body.toString()}]`))
      )
  )
  origin.on(`http://site.test${LONG.replace('?', '/')}`, ({ request, answer }) =>
    answer
      .writeHead(200, { 'content-type': 'text/html' })
      .end(html(`<p>Looked for ${/q=.*/.exec(request.url ?? '')?.[0] ?? ''}`))
  )
  origin.on(
    'http://site.test/photo/long',
    answers(
      await sharp({ create: { width: 100, height: 75, channels: 3, background: '#cc3300' } })
        .png()
        .toBuffer(),
      'image/png'
    )
  )

  const page = await get(first.port, 'http://site.test/page')
  isPage(t, page, 200, /A link/)
  const addresses = [...page.text.matchAll(/(?:HREF|SRC|ACTION)="(http:\/\/retrograde\/~[^"]*)"/g)].map(
    ([, address]) => address!
  )
  t.equal(addresses.length, 4, page.text)
  t.match(addresses[0], /^http:\/\/retrograde\/~[0-9a-z]{12}#place$/, 'a place in the page stays outside')
  const [link = '', image = '', search = '', order = ''] = addresses.map(address => address.replace(/#.*/, ''))

  const check = async (port: number, name: string): Promise<void> => {
    isPage(t, await get(port, link), 200, /The long page, got GET/)
    t.equal(origin.seen.at(-1)!.address, `http://site.test${LONG}&a=1`, `${name}: the origin sees the real one`)
    const picture = await get(port, image)
    t.strictSame(
      [picture.headers['content-type'], picture.body.readUInt16LE(6), picture.body.readUInt16LE(8)],
      ['image/gif', 40, 30],
      `${name}: an image in its size`
    )
    isPage(t, await get(port, `${search}?q=red+boats`), 200, /Looked for q=red\+boats/)
    isPage(
      t,
      await get(port, order, {
        method: 'POST',
        body: 'q=1',
        headers: ['Content-type: application/x-www-form-urlencoded']
      }),
      200,
      /got POST \[q=1\]/
    )
    isPage(
      t,
      await get(port, link.toUpperCase().replace('HTTP://RETROGRADE', 'http://retrograde'), { browser: 'html4' }),
      200,
      /The long page/,
      'html4'
    )
    isPage(t, await get(port, `http://retrograde/read?url=${link.slice(7)}`), 200, /The long page/)
    isPage(t, await get(port, '/~0123456789', { headers: [`Host: 127.0.0.1:${port}`] }), 404, /SHORT_ADDRESS_GONE/)
  }
  await check(first.port, 'at once')
  const gateway = await get(first.port, '/http://site.test/page', { headers: [`Host: 127.0.0.1:${first.port}`] })
  t.ok(
    gateway.text.includes(`HREF="http://127.0.0.1:${first.port}/~${link.slice(-12)}#place"`),
    'the same key behind the proxy’s own address'
  )
  isPage(
    t,
    await get(first.port, `/~${link.slice(-12)}`, { headers: [`Host: 127.0.0.1:${first.port}`] }),
    200,
    /The long page/
  )
  await first.close()
  const second = await startProxy(t, { ...upstream, 'data-dir': folder })
  await check(second.port, 'after a restart')

  isPage(t, await get(second.port, 'http://retrograde/~zzzzzzzzzz'), 404, /SHORT_ADDRESS_GONE/)
  isPage(t, await get(second.port, 'http://retrograde/read?url=retrograde/~zzzzzzzzzz'), 404, /SHORT_ADDRESS_GONE/)
  t.equal(
    (await get(second.port, 'http://retrograde/~zzzzzzzzzz', { headers: ['Accept: image/gif, image/jpeg'] })).headers[
      'content-type'
    ],
    'image/gif',
    'a blank image in the place of one'
  )
  await get(second.port, 'http://site.test/page', { headers: [`Referer: ${link}`] })
  t.equal(origin.seen.at(-1)!.headers.referer, `http://site.test${LONG}&a=1`, 'an origin never sees a short one')

  origin.on('http://site.test/moved', answers('', 'text/html', { location: `${LONG}&a=1` }, 302))
  const moved = await get(second.port, 'http://site.test/moved')
  t.strictSame([moved.status, moved.headers.location], [302, link], 'a redirect to a long one')
  isPage(t, moved, 302, /Moved/)
  await second.close()

  const strict = await startProxy(t, { conversions: 1 })
  origin.on('http://127.0.0.1/', answers(''))
  isPage(t, await get(strict.port, link), 404, /SHORT_ADDRESS_GONE/)
  await strict.close()
  const guarded = await startProxy(t, { conversions: 1, 'allow-hosts': '127.0.0.1' })
  origin.on(`http://127.0.0.1:${origin.port}/inside`, answers(html(`<a href="http://10.0.0.1${LONG}">x</a>`)))
  const inside =
    /http:\/\/retrograde\/~\w+/.exec((await get(guarded.port, `http://127.0.0.1:${origin.port}/inside`)).text)?.[0] ??
    ''
  isPage(t, await get(guarded.port, inside), 403, /ADDRESS_REFUSED/)
  await guarded.close()
})

/** The addresses of the parts before and after, as a page names them. */
const partLinks = (answer: Answer): Array<string | undefined> =>
  ['Previous', 'Next'].map(word => new RegExp(`<A HREF="([^"]*)">${word} part</A>`).exec(answer.text)?.[1])

/** Follows Next part to the end. */
async function readAll(t: Test, port: number, address: string, browser: Browser, first?: Answer): Promise<Answer[]> {
  const parts = [first ?? (await get(port, address, { browser }))]
  for (let next = partLinks(parts[0]!)[1]; next !== undefined && parts.length < 50; next = partLinks(parts.at(-1)!)[1])
    parts.push(await get(port, next, { browser }))
  for (const [at, part] of parts.entries()) {
    isPage(
      t,
      part,
      200,
      new RegExp(`\\(${at + 1} of ${parts.length}\\).*Part ${at + 1} of ${parts.length}`, 's'),
      browser
    )
    t.ok(part.body.length <= profileOf(browser).budget.pageBytes, `${part.body.length} bytes`)
  }
  return parts
}

const STORY = Array.from({ length: 400 }, (_, at) => `<p>Paragraph number ${at} of a long story.</p>`).join('')
const numbers = (parts: readonly Answer[]): number[] =>
  parts.flatMap(({ text }) => [...text.matchAll(/Paragraph\s+number\s+(\d+)/g)].map(([, number]) => Number(number)))
const ALL = Array.from({ length: 400 }, (_, at) => at)

t.test('a long page in parts', async t => {
  const proxy = await startProxy(t, { ...upstream })
  origin.on(
    'http://site.test/story',
    answers(html(`<p><a href="#end">To the end</a></p>${STORY}<h2 id="end">The end</h2>`, 'A long story'))
  )
  const address = 'http://site.test/story?a=1'
  const parts = await readAll(t, proxy.port, address, 'tiny')
  t.ok(parts.length > 2, `${parts.length} parts`)
  t.strictSame(numbers(parts), ALL, 'nothing is lost, nothing comes twice')
  t.equal(origin.asked(address).length, 1, 'fetched once')
  t.strictSame(partLinks(parts[1]!), [address, `${address}&~part=3`], 'stable addresses; the first is the page itself')
  t.ok(parts[0]!.text.includes(`HREF="${address}&~part=${parts.length}#end"`), 'a place in another part')
  t.notMatch(
    origin.seen.map(({ address, headers }) => `${address} ${headers.referer ?? ''}`).join(),
    /~part/,
    'the origin never sees a part'
  )

  const second = `${address}&~part=2`
  await get(proxy.port, second, { browser: 'tiny', headers: [`Referer: ${second}`] })
  t.equal(origin.asked(address).length, 1, 'again from memory')
  t.ok(
    (
      await get(proxy.port, second, { browser: 'tiny', headers: ['Pragma: no-cache', `Referer: ${second}`] })
    ).body.equals(parts[1]!.body)
  )
  t.equal(origin.asked(address).length, 2, 'a reload fetches')
  t.equal(origin.seen.at(-1)!.headers.referer, address)
  t.ok((await get(proxy.port, second, { browser: 'tiny', from: '127.0.0.2' })).body.equals(parts[1]!.body))
  t.equal(origin.asked(address).length, 3, 'another client gets nothing that is not its own')
  t.match(
    (await get(proxy.port, `${address}&~part=99`, { browser: 'tiny' })).text,
    new RegExp(`Part ${parts.length} of`),
    'beyond the last is the last'
  )
  isPage(t, await get(proxy.port, address), 200, /Paragraph number 399/)
  t.equal((await get(proxy.port, second, { browser: 'tiny', method: 'HEAD' })).body.length, 0)
  await proxy.close()

  const again = await startProxy(t, { ...upstream })
  t.ok(
    (await get(again.port, second, { browser: 'tiny' })).body.equals(parts[1]!.body),
    'after a restart the same part'
  )
  const gateway = await get(again.port, `/${address}`, { browser: 'tiny', headers: [`Host: 127.0.0.1:${again.port}`] })
  t.strictSame(partLinks(gateway), [undefined, `http://127.0.0.1:${again.port}/${address}&~part=2`])
  t.match(
    (await get(again.port, `/${address}&~part=2`, { browser: 'tiny', headers: [`Host: 127.0.0.1:${again.port}`] }))
      .text,
    /Part 2 of/
  )
  const reader = await readAll(t, again.port, 'http://retrograde/read?url=site.test/story?a=1', 'tiny')
  t.strictSame(numbers(reader), ALL, 'the reader view too')
  t.equal(partLinks(reader[0]!)[1], 'http://retrograde/read?url=site.test/story?a=1&~part=2')
  const long = `http://site.test/story?${'x'.repeat(300)}`
  const short = await readAll(t, again.port, long, 'tiny')
  t.match(partLinks(short[0]!)[1], /^http:\/\/retrograde\/~\w{12}\?~part=2$/, 'a long address is a short one')
  t.strictSame(numbers(short), ALL)
  await again.close()
})

t.test('the answer to a form in parts', async t => {
  const proxy = await startProxy(t, { ...upstream })
  origin.on(
    'http://site.test/find',
    ({ request, answer, seen }) =>
      void request.on('end', () =>
        answer
          .writeHead(200, { 'content-type': 'text/html' })
          .end(html(`<h1>Found ${seen.body.toString()}</h1>${STORY}`))
      )
  )
  const find = (query: string): Promise<Answer> =>
    get(proxy.port, 'http://site.test/find', {
      browser: 'tiny',
      method: 'POST',
      body: `q=${query}`,
      headers: ['Content-type: application/x-www-form-urlencoded']
    })
  const [boats, ships] = [await find('boats'), await find('ships')]
  const parts = await readAll(t, proxy.port, '', 'tiny', boats)
  t.strictSame(numbers(parts), ALL)
  t.equal(origin.asked('http://site.test/find').length, 2, 'sent once each')
  const [previous, next = ''] = partLinks(parts[1]!)
  t.ok((await get(proxy.port, previous!, { browser: 'tiny' })).body.equals(boats.body), 'back to the first')
  t.not(partLinks(ships)[1], partLinks(boats)[1], 'two answers of one address are two pages')
  isPage(t, await get(proxy.port, next, { browser: 'tiny', from: '127.0.0.2' }), 200, /PART_GONE/, 'tiny')
  isPage(
    t,
    await get(
      proxy.port,
      next.replace(/.$/, letter => (letter === '0' ? '1' : '0')),
      { browser: 'tiny' }
    ),
    200,
    /PART_GONE/,
    'tiny'
  )
  t.equal(origin.asked('http://site.test/find').length, 2, 'and never asked for again')
  await proxy.close()
})
