import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import iconv from 'iconv-lite'
import t, { type Test } from 'tap'
import { CHARSETS } from '../../src/charset/charsets.js'
import { asFieldToken, asToken, readMark, readToken } from '../../src/charset/form-mark.js'
import { transcodeQuery } from '../../src/charset/transcode-query.js'
import { get, type Answer } from '../helpers/client.js'
import { random } from '../helpers/context.js'
import { answers, startOrigin, type SeenRequest } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const origin = await startOrigin(t, undefined)
const proxy = await startProxy(t, {
  'upstream-proxy': `http://127.0.0.1:${origin.port}/`,
  conversions: 2,
  'max-upload-bytes': 300_000
})

/**
 * The five charsets in which the sites of the test have their forms, as they declare them, and what is in their bytes.
 */
const SITES: ReadonlyArray<readonly [label: string, iconvName: string]> = [
  ['utf-8', 'utf-8'],
  ['iso-8859-1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
  ['windows-1251', 'windows-1251'],
  ['shift_jis', 'shift_jis']
]

/** What a person may type on a machine of each charset. */
const TYPED = 'é ñ ß ż ő ș Ğ ı Ж я ґ Ω λ ש ع ก ơ あ 本 漢 汉 한 € “ – ё ţ ć ø '

/** A browser of the time: it types what its charset has. */
interface Machine {
  readonly name: string
  readonly header: string
  readonly typed: string
  bytes(text: string): Buffer
}

function machineOf({ name, iconv: own }: (typeof CHARSETS)[number]): Machine {
  const iconvName = own === 'iso-8859-1' ? 'windows-1252' : own
  const typed = [...TYPED]
    .filter(character => iconv.decode(iconv.encode(character, iconvName), iconvName) === character)
    .join('')
    .trim()
  return {
    name,
    header: `Accept-Charset: ${name}, *;q=0`,
    typed: `a&b=${typed}+%`,
    bytes: text => iconv.encode(text, iconvName)
  }
}

/** As the URL Standard says: characters that are lacking are references. */
const forSite = (text: string, site: string): Buffer =>
  Buffer.concat(
    [...text].map(character => {
      const bytes = iconv.encode(character, site)
      return iconv.decode(bytes, site) === character ? bytes : Buffer.from(`&#${character.codePointAt(0)!};`)
    })
  )

const percent = (bytes: Buffer): string =>
  [...bytes]
    .map(byte =>
      /[A-Za-z0-9]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : byte === 32
          ? '+'
          : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    )
    .join('')
const unpercent = (text: string): Buffer =>
  Buffer.from(
    text.replaceAll('+', ' ').replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1'
  )

type Fields = Array<[name: Buffer, value: Buffer]>
const urlencoded = (fields: Fields): string =>
  fields.map(([name, value]) => `${percent(name)}=${percent(value)}`).join('&')
const decoded = (body: string): Fields =>
  body === '' ? [] : body.split('&').map(field => field.split('=').map(unpercent) as [Buffer, Buffer])
const hex = (fields: Fields): string[] =>
  fields.map(([name, value]) => `${name.toString('hex')}=${value.toString('hex')}`)

const BOUNDARY = '---------------------------7d03135102b8'
interface File {
  readonly field: string
  readonly name: Buffer
  readonly bytes: Buffer
}

function multipart(fields: Fields, file: File): Buffer {
  const parts = fields.flatMap(([name, value]) => [
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="`),
    name,
    Buffer.from('"\r\n\r\n'),
    value,
    Buffer.from('\r\n')
  ])
  return Buffer.concat([
    ...parts,
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${file.field}"; filename="`),
    file.name,
    Buffer.from('"\r\nContent-Type: application/octet-stream\r\n\r\n'),
    file.bytes,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`)
  ])
}

/** What is hidden in the forms of a page, and so goes back with what is typed. */
function hiddenIn(page: Answer): Fields {
  const form = /<FORM[^]*?<\/FORM>/.exec(page.text)?.[0] ?? ''
  return [...form.matchAll(/<INPUT TYPE=hidden NAME="?([^" >]*)"? VALUE="?([^">]*)"?>/g)].map(([, name, value]) => [
    Buffer.from(name!, 'latin1'),
    Buffer.from(value!, 'latin1')
  ])
}

async function sent(address: string, ask: () => Promise<Answer>): Promise<SeenRequest> {
  const before = origin.seen.length
  await ask()
  return origin.seen.slice(before).find(request => request.address.startsWith(address) && request.method !== 'HEAD')!
}

const POST = 'Content-type: application/x-www-form-urlencoded'
const echo = answers('thanks', 'text/plain')

t.test(
  'what is typed arrives in the charset of the site: GET, POST and multipart, from every charset to every site',
  async t => {
    const below = random(5)
    const file = Buffer.from(Array.from({ length: 2000 }, () => below(256)))
    origin.on('http://forms.test:8080/echo', ({ request, answer }) => {
      request.resume()
      request.on('end', () => answer.writeHead(200, { 'content-type': 'text/plain' }).end('thanks'))
    })
    for (const [label, site] of SITES) {
      origin.on(
        `http://forms.test:8080/${label}`,
        answers(
          '<p>Form<form action="/echo" method="post" enctype="multipart/form-data"><input name="text"><input type="hidden" name="lang" value="en"><input type="file" name="file"><input type="submit" value="Go"></form>',
          `text/html; charset=${label}`
        )
      )
      for (const charset of CHARSETS) {
        const machine = machineOf(charset)
        const what = `${machine.name} to ${label}`
        const visit = (address: string, options = {}, headers: string[] = []): Promise<Answer> =>
          get(proxy.port, address, { browser: 'nav3', headers: [machine.header, ...headers], ...options })
        const page = await visit(`http://forms.test:8080/${label}`)
        t.match(
          page.headers['content-type'],
          /^(iso-8859-1|us-ascii)$/i.test(machine.name) ? /^text\/html$/ : new RegExp(`charset=${machine.name}$`, 'i'),
          `${what}: the page`
        )
        const fields: Fields = [...hiddenIn(page), [Buffer.from('text'), machine.bytes(machine.typed)]]
        const expected = hex([
          [Buffer.from('lang'), Buffer.from('en')],
          [Buffer.from('text'), forSite(machine.typed, site)]
        ])
        const query = await sent('http://forms.test:8080/echo?', () =>
          visit(`http://forms.test:8080/echo?${urlencoded(fields)}`)
        )
        t.strictSame(hex(decoded(new URL(query.address).search.slice(1))), expected, `${what}: GET`)
        const body = urlencoded(fields)
        const post = await sent('http://forms.test:8080/echo', () =>
          visit('http://forms.test:8080/echo', { method: 'POST', body }, [POST, `Content-length: ${body.length}`])
        )
        t.strictSame(hex(decoded(post.body.toString())), expected, `${what}: POST`)
        t.equal(post.headers['content-length'], String(post.body.length), `${what}: the length of POST`)
        const name = machine.bytes(`C:\\${machine.typed}.txt`)
        const upload = await sent('http://forms.test:8080/echo', () =>
          visit(
            'http://forms.test:8080/echo',
            { method: 'POST', body: multipart(fields, { field: 'file', name, bytes: file }) },
            [`Content-type: multipart/form-data; boundary=${BOUNDARY}`]
          )
        )
        checkUpload(
          t,
          upload,
          what,
          [
            ['lang', Buffer.from('en')],
            ['text', forSite(machine.typed, site)]
          ],
          { name: forSite(`C:\\${machine.typed}.txt`, site), bytes: file }
        )
      }
    }
  }
)

function checkUpload(
  t: Test,
  { body, headers }: SeenRequest,
  what: string,
  fields: ReadonlyArray<readonly [string, Buffer]>,
  file: { readonly name: Buffer; readonly bytes: Buffer }
): void {
  const boundary = /boundary=(\S+)$/.exec(headers['content-type'] ?? '')?.[1] ?? BOUNDARY
  const expected = Buffer.concat([
    ...fields.flatMap(([name, value]) => [
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
      value,
      Buffer.from('\r\n')
    ]),
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="`),
    file.name,
    Buffer.from('"\r\nContent-Type: application/octet-stream\r\n\r\n'),
    file.bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`)
  ])
  t.ok(body.equals(expected), `${what}: multipart`)
  t.equal(headers['content-length'], String(body.length), `${what}: the length of multipart`)
}

t.test('what the site put into a form comes back as it was', async t => {
  origin.on(
    'http://site.test/buy',
    answers(
      `<form action="/buy-it" method="post"><input type="hidden" name="utf8" value="✓"><input type="hidden" name="_charset_"><input type="hidden" name="имя" value="да">
    <select name="size"><option>groß</select><input name="q"><button name="do" value="buy &amp; pay">Buy now</button></form>`,
      'text/html; charset=utf-8'
    )
  )
  origin.on('http://site.test/buy-it', echo)
  const page = await get(proxy.port, 'http://site.test/buy', { browser: 'nav3' })
  const button = /<INPUT TYPE=submit NAME="([^"]+)" VALUE="Buy now">/.exec(page.text)?.[1] ?? ''
  const body = urlencoded([
    ...hiddenIn(page),
    [Buffer.from('size'), Buffer.from('groß', 'latin1')],
    [Buffer.from('q'), Buffer.from('~home &#8364; &#233; &#99999999;', 'latin1')],
    [Buffer.from(button), Buffer.from('Buy now')]
  ])
  const { body: got } = await sent('http://site.test/buy-it', () =>
    get(proxy.port, 'http://site.test/buy-it', { browser: 'nav3', method: 'POST', body, headers: [POST] })
  )
  const expected = [
    ['utf8', '✓'],
    ['_charset_', 'UTF-8'],
    ['имя', 'да'],
    ['size', 'groß'],
    ['q', '~home € &#233; &#99999999;'],
    ['do', 'buy & pay']
  ]
  t.strictSame(
    hex(decoded(got.toString())),
    hex(expected.map(([name, value]) => [Buffer.from(name!), Buffer.from(value!)]))
  )
})

t.test('the charset that a person chose, and our own forms', async t => {
  const from = '127.0.0.3'
  const token =
    /NAME=token VALUE="?([0-9a-f]+)/.exec(
      (await get(proxy.port, 'http://retrograde/settings', { browser: 'nav3', from })).text
    )?.[1] ?? ''
  const saved = await get(
    proxy.port,
    `http://retrograde/settings?${encodeURIComponent('~charset')}=utf-8.iso-8859-1&token=${token}&charset=koi8-r`,
    { browser: 'nav3', from }
  )
  t.match(saved.text, /Saved\./)
  t.match(saved.text, /<OPTION VALUE="koi8-r" SELECTED>Russian/)
  t.equal(
    (await get(proxy.port, 'http://retrograde/', { browser: 'mosaic', from })).headers['content-type'],
    'text/html',
    'Mosaic would save it'
  )
  const home = await get(proxy.port, 'http://retrograde/', { browser: 'nav3', from })
  t.equal(home.headers['content-type'], 'text/html; charset=KOI8-R')
  const typed = urlencoded([...hiddenIn(home), [Buffer.from('url'), iconv.encode('пример.test/снег', 'koi8-r')]])
  t.match(typed, /^%7Echarset=utf%2D8%2Ekoi8%2Dr&/, 'the address box has the mark')
  t.equal(
    (await get(proxy.port, `http://retrograde/go?${typed}`, { browser: 'nav3', from })).headers.location,
    'http://xn--e1afmkfd.test/%D1%81%D0%BD%D0%B5%D0%B3'
  )
})

t.test('nothing else is changed', async t => {
  origin.on(
    'http://plain.test/f',
    ({ request, answer }) =>
      void request.resume().on('end', () => answer.writeHead(200, { 'content-type': 'text/plain' }).end('thanks'))
  )
  const type = `Content-type: multipart/form-data; boundary=${BOUNDARY}`
  const mark = (value: string): Fields => [
    [Buffer.from('~charset'), Buffer.from(value)],
    [Buffer.from('q'), Buffer.from('é', 'latin1')]
  ]
  const file = { field: 'f', name: Buffer.from('a.bin'), bytes: Buffer.from([0, 13, 10, 255]) }
  const bodies: ReadonlyArray<readonly [string, string | Buffer, string]> = [
    ['a form without a mark', 'q=%E9&x=%7Echarset=1', POST],
    ['the mark in another place', 'q=%E9&~charset=utf-8.koi8-r', POST],
    ['charsets that nobody knows', 'x=~charset=utf-8.klingon', POST],
    ['an empty mark', '~charset=&q=%E9', POST],
    ['a codec that is no charset', '~charset=base64.koi8-r&q=%E9', POST],
    ['a mark cut short', '~char', POST],
    ['half of one', '%7', POST],
    ['a client without a charset', '~charset=utf-8.hex&q=%E9', POST],
    ['another type', '~charset=utf-8.koi8-r&q=%E9', 'Content-type: text/plain'],
    ['no boundary', '~charset=utf-8.koi8-r&q=%E9', 'Content-type: multipart/form-data'],
    ['multipart without a mark', multipart(mark('x').slice(1), file), type],
    ['multipart with a false one', multipart(mark('utf-8.klingon'), file), type],
    ['multipart that does not end', multipart(mark('utf-8.koi8-r'), file).subarray(0, -8), type],
    ['multipart of another boundary', multipart(mark('utf-8.koi8-r'), file), `${type}x`],
    ['rubbish', Buffer.from('\0\xFF\r\n\r\n', 'latin1'), type],
    ['nothing', '', type]
  ]
  for (const [what, body, header] of bodies) {
    const seen = await sent('http://plain.test/f', () =>
      get(proxy.port, 'http://plain.test/f', { browser: 'nav3', method: 'POST', body, headers: [header] })
    )
    t.ok(seen.body.equals(Buffer.from(body)), what)
    t.equal(seen.headers['content-length'], String(Buffer.byteLength(body)), `${what}: its length`)
  }
})

t.test('hostile forms end', async t => {
  origin.on(
    'http://plain.test/f',
    ({ request, answer }) =>
      void request.resume().on('end', () => answer.writeHead(200, { 'content-type': 'text/plain' }).end('thanks'))
  )
  const post = (body: string | Buffer, type: string): Promise<Answer> =>
    get(proxy.port, 'http://plain.test/f', { browser: 'nav3', method: 'POST', body, headers: [type] })
  const type = `Content-type: multipart/form-data; boundary=${BOUNDARY}`
  t.equal((await post(`~charset=utf-8.koi8-r&q=${'%E9'.repeat(120_000)}`, POST)).status, 413, 'more than may be sent')
  t.equal((await post(`~charset=utf-8.koi8-r${'&'.repeat(250_000)}`, POST)).status, 200, 'nothing but separators')
  t.equal(
    (await post(`~charset=utf-8.koi8-r${'&a'.repeat(10_001)}`, POST)).status,
    413,
    'more fields than are rewritten'
  )
  const first = `--b\r\nContent-Disposition: form-data; name="~charset"\r\n\r\nutf-8.koi8-r\r\n`
  t.equal(
    (
      await post(
        `${first}${'--b\r\n\r\n\r\n'.repeat(25_000)}--b--\r\n`,
        'Content-type: multipart/form-data; boundary=b'
      )
    ).status,
    413,
    'more fields than a form has'
  )
  const below = random(3)
  for (let round = 0; round < 40; round++) {
    const rubbish = Buffer.from(Array.from({ length: 300 }, () => below(256)))
    for (const { name } of CHARSETS.filter((_, at) => at % 8 === round % 8)) {
      const written = transcodeQuery(
        `~charset=shift_jis.${name}&${percent(rubbish)}=${rubbish.toString('latin1').replace(/[&=]/g, '')}`
      )
      if (written === undefined || /[^!-~]/.test(written)) t.fail(`${name}: ${rubbish.toString('hex')}`)
    }
    const head = Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="~charset"\r\n\r\nutf-8.shift_jis\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="`
    )
    t.equal(
      (await post(Buffer.concat([head, rubbish, Buffer.from(`\r\n\r\nx\r\n--${BOUNDARY}--\r\n`)]), type)).status,
      200,
      `rubbish ${round}`
    )
  }
  const before = origin.asked('http://plain.test/f').length
  const socket = net.connect(proxy.port, '127.0.0.1')
  socket.write(`POST http://plain.test/f HTTP/1.0\r\n${POST}\r\nContent-length: 100\r\n\r\n~charset=utf-8.koi8-r&q=`)
  await sleep(200)
  socket.destroy()
  await once(socket, 'close')
  await sleep(100)
  t.equal(origin.asked('http://plain.test/f').length, before, 'a form that is not sent to its end is not passed on')
  t.equal((await post('q=1', POST)).status, 200, 'the proxy goes on')
})

t.test('a page that a form led to is named without the mark', async t => {
  origin.on('http://site.test/found', answers('<p><a href="/next">next</a>'))
  origin.on('http://site.test/next', echo)
  const next = await sent('http://site.test/next', () =>
    get(proxy.port, 'http://site.test/next', {
      browser: 'nav3',
      headers: ['Referer: http://site.test/found?%7Echarset=utf-8.koi8-r&q=%D3']
    })
  )
  t.equal(next.headers.referer, 'http://site.test/found?q=%D1%81')
  const gateway = await sent('http://site.test/found?', () =>
    get(proxy.port, '/http://site.test/found?~charset=utf-8.koi8-r&q=%D3', {
      browser: 'nav3',
      headers: [`Host: 127.0.0.1:${proxy.port}`]
    })
  )
  t.equal(gateway.address, 'http://site.test/found?q=%D1%81', 'behind our own address')
})

t.test('marks and tokens', async t => {
  t.strictSame(readMark('GBK.GB2312'), { site: 'gbk', client: 'gb2312' })
  t.strictSame(readMark('utf-16.x-mac-ce'), { site: 'utf-8', client: 'x-mac-ce' })
  for (const value of [
    '',
    '.',
    'utf-8',
    'utf-8.',
    '.utf-8',
    'utf-8.utf-8.utf-8',
    'hex.utf-8',
    'utf7.utf-8',
    'replacement-x.utf-8',
    '__proto__.constructor'
  ])
    t.equal(readMark(value), undefined, value)
  for (const text of ['', 'plain', 'имя.да', '✓ *2A*', '\0"<>&=%+', '😀']) {
    t.strictSame(readToken(asToken(text)), { text }, text)
    t.strictSame(readToken(asFieldToken(text, text)), { text, value: text }, text)
    t.match(asToken(text), /^[\w.*~-]*$/)
  }
  for (const text of ['~utf8', '~utf8.a.b.c', '~utf8.é', '~utf8.*G0', 'x~utf8.a'])
    t.equal(readToken(text), undefined, text)
  const cases: ReadonlyArray<readonly [string, string]> = [
    ['~charset=utf-8.koi8-r', ''],
    ['~charset=utf-8.koi8-r&a=1+2%203&b', 'a=1+2%203&b'],
    ['~charset=utf-8.koi8-r&b%D3', 'b%D1%81='],
    ['%7echarset=utf-8%2Ekoi8-r&~=Go&q=x', 'q=x'],
    ['~charset=utf-8.windows-1258&q=e%CC', 'q=%C3%A8'],
    ['~charset=windows-1252.utf-8&q=%E9', 'q=%E9'],
    ['~charset=iso-2022-jp.shift_jis&q=%93%FA%B1x', 'q=%1B%24BF%7C%25%22%1B%28Bx'],
    ['~charset=big5.windows-1252&q=%80', 'q=%A3%E1'],
    ['~charset=windows-1251.iso-8859-1&q=%26%231046%3B%26%23233%3B', 'q=%C6%26%23233%3B']
  ]
  for (const [query, expected] of cases) t.equal(transcodeQuery(query), expected, query)
  for (const query of ['', 'q=1', 'q=1&~charset=utf-8.koi8-r', '~charsets=utf-8.koi8-r'])
    t.equal(transcodeQuery(query), undefined, query)
})
