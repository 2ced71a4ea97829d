import t from 'tap'
import { identify } from '../../src/clients/identify.js'
import { decide, type ResponseFacts } from '../../src/decide/decide.js'
import { CLIENT_FIELD_BYTES, cutClientFields } from '../../src/front/head/cut-client-fields.js'
import { svgSize } from '../../src/image/sizes/svg-size.js'
import { sniffImage } from '../../src/image/decode/sniff.js'
import { readSelector } from '../../src/page/css/selector.js'
import { rootName } from '../../src/page/read/readers/xml.js'
import { matchPath, readPathPattern } from '../../src/sites/path-pattern.js'
import { cpuMilliseconds, rules } from '../helpers/context.js'
import { startProxy } from '../helpers/proxy.js'
import { get } from '../helpers/client.js'

const seen = (start: string, contentType = ''): ResponseFacts => ({
  method: 'GET',
  status: 200,
  contentType,
  disposition: '',
  name: 'x.gif',
  raw: false,
  fetches: false,
  tooLong: false,
  start: Buffer.from(start, 'latin1')
})
const SVG = '<svg width="30" height="20"></svg>'

/** CPU of some work. Milliseconds. */
function cost(work: () => void): number {
  const before = cpuMilliseconds()
  work()
  return cpuMilliseconds() - before
}

t.test('what stands before the first element is read once', async t => {
  const prologs: Readonly<Record<string, string>> = {
    'a byte order mark': '\xEF\xBB\xBF',
    comments: '<!---->'.repeat(200),
    'comments and blanks': ' <!-- a > b -->\n\n'.repeat(200),
    instructions: '<?xml version="1.0"?><?a b?>'.repeat(60),
    both: '<?a?><!-- --> '.repeat(100)
  }
  for (const [what, prolog] of Object.entries(prologs)) {
    for (const type of ['', 'image/gif', 'application/octet-stream'])
      t.equal(decide(seen(`${prolog}<html>`, type)), 'page', `${what}: HTML as ${type}`)
    t.equal(decide(seen(`${prolog}x`)), 'passthrough', `${what}: no HTML`)
    t.equal(decide(seen(`${prolog}<!DOCTYPE html><div>`, 'image/gif')), 'page', `${what}: a document type`)
    t.equal(sniffImage(Buffer.from(prolog + SVG, 'latin1')), 'svg', `${what}: SVG`)
    t.strictSame(
      svgSize(Buffer.from(`${prolog}<!DOCTYPE svg [<!ENTITY a "b">]>${SVG}`, 'latin1')),
      { width: 30, height: 20 },
      `${what}: its size`
    )
    t.equal(rootName(`${prolog}<!DOCTYPE html PUBLIC "a"> <html>`), 'html', `${what}: XHTML`)
  }
  const endless = [
    '<!---->',
    '<!-- ',
    '<?',
    '<?>',
    ' ',
    '\t\n',
    '<!DOCTYPE svg [',
    '<!DOCTYPE svg []',
    '<!DOCTYPE a',
    '[]',
    '<!',
    '<svg\t',
    '<svg <svg\t',
    '<svg width="'
  ]
  for (const piece of endless) {
    const start = piece.repeat(Math.ceil(65_536 / piece.length))
    t.ok(
      cost(() => {
        decide(seen(start, 'image/gif'))
        sniffImage(Buffer.from(start))
        svgSize(Buffer.from(start))
        rootName(start)
      }) < 500,
      piece
    )
    t.ok(
      cost(() => {
        decide(seen(`${piece.repeat(200)}x`))
      }) < 500,
      `200 of ${piece} and a letter`
    )
  }
})

t.test('what a client says of itself is cut', async t => {
  const headers = {
    'user-agent': 'Windows CE; '.repeat(5000),
    'ua-os': 'x'.repeat(60_000),
    'ua-pixels': '240x320',
    accept: 'a'.repeat(600)
  }
  cutClientFields({ headers })
  t.strictSame(
    [headers['user-agent'].length, headers['ua-os'].length, headers['ua-pixels'], headers.accept.length],
    [CLIENT_FIELD_BYTES, CLIENT_FIELD_BYTES, '240x320', 600]
  )
  const proxy = await startProxy(t, {})
  const shown = (
    await get(proxy.port, 'http://retrograde/test', {
      headers: [`User-Agent: Mozilla/3.0 ${'y'.repeat(60_000)}`, `UA-OS: ${'z'.repeat(9000)}`]
    })
  ).text
  t.ok(shown.length < 10_000, 'before any page sees it')
})

t.test('rules about clients take no longer for what is made to be slow', async t => {
  for (const said of [
    'Windows CE; ',
    'MSIE 4.01; ',
    'MSIE 3',
    'NCSA Mosaic',
    'Links (2',
    'Mozilla/4.0 (compatible; ',
    '240x320 ',
    '1',
    '('
  ]) {
    const agent = said.repeat(Math.ceil(CLIENT_FIELD_BYTES / said.length)).slice(0, CLIENT_FIELD_BYTES)
    const many = cost(() => {
      for (let round = 0; round < 100; round++)
        identify({ headers: { 'user-agent': agent, 'ua-os': agent }, simple: false }, rules, {})
    })
    t.ok(many < 3000, `${said}: ${many / 100} ms each`)
  }
})

t.test('who is refused costs next to nothing', async t => {
  const proxy = await startProxy(t, { 'deny-clients': '127.0.0.66' })
  const costs: Record<string, number> = {}
  for (const [what, target, agent] of [
    ['nothing', 'http://retrograde/', 'x'],
    ['a User-Agent', 'http://retrograde/', 'Windows CE; '.repeat(5000)],
    ['a query', `http://retrograde/go?~charset=shift_jis.utf-8&${'%E6=%E6&'.repeat(1000)}`, 'Mozilla/3.0'],
    ['an address', `http://site.test/${'a/..'.repeat(2000)}`, 'Mozilla/3.0']
  ] as const) {
    const ask = async (): Promise<void> => {
      t.match(await get(proxy.port, target, { from: '127.0.0.66', headers: [`User-Agent: ${agent}`] }), {
        status: 403,
        text: /CLIENT_REFUSED/
      })
    }
    for (let round = 0; round < 30; round++) await ask()
    const before = cpuMilliseconds()
    for (let round = 0; round < 30; round++) await ask()
    costs[what] = (cpuMilliseconds() - before) / 30
  }
  // With the client, which is in this process too, and has more to send; what is matched with rules takes far longer.
  for (const [what, each] of Object.entries(costs))
    t.ok(each < 10 * costs.nothing! + 20, `${what}: ${each.toFixed(1)} ms`)
})

t.test('selectors: an escape is read in one way', async t => {
  t.ok(
    cost(() => {
      for (const end of ['!', '=', ' ', '"']) readSelector(`[${'\\41'.repeat(90)}${end}`)
    }) < 500
  )
  t.strictSame(readSelector('.md\\:block')?.compounds[0]?.classes, ['md:block'])
  t.strictSame(
    readSelector('.\\41 b > p')?.compounds.map(({ tag, classes }) => [tag, classes]),
    [
      ['p', []],
      [undefined, ['Ab']]
    ]
  )
  t.match(readSelector('[ title = "a b" i ]'), {
    compounds: [{ attributes: [{ name: 'title', sign: '=', value: 'a b' }] }]
  })
})

t.test('paths of sites: the first name takes as much as it can', async t => {
  const values = (pattern: string, path: string): unknown => matchPath(readPathPattern(pattern), path)
  t.strictSame(values('/{a}-{b}', '/x-y-z'), { a: 'x-y', b: 'z' })
  t.strictSame(values('/{a}-{b}', '/-y-'), undefined)
  t.strictSame(values('/{a}-{b}.html', '/x--.html'), { a: 'x', b: '-' })
  t.strictSame(values('/v{a}x{b}x{c}', '/v1xxxx2'), { a: '1x', b: 'x', c: '2' })
  t.strictSame(
    [values('/news', '/news/12'), values('/news', '/new'), values('/n{a}', '/n'), values('/n{a}', '/xn1')],
    [{}, undefined, undefined, undefined]
  )
  t.ok(
    cost(() => {
      for (let round = 0; round < 100; round++) values('/{a}-{b}-{c}-{d}x', `/${'-'.repeat(499)}y`)
    }) < 500
  )
})
