import t, { type Test } from 'tap'
import { checkPage } from '../helpers/check-page.js'
import { get, type Browser } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { answers, redirects, startOrigin } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

// Buttons with an address, a method or a coding of their own.

const origin = await startOrigin(t, undefined)
const proxy = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 })
const URLENCODED = ['Content-Type: application/x-www-form-urlencoded']

/** The page of a form as a browser has it. */
async function pageOf(t: Test, form: string, browser: Browser = 'nav3'): Promise<string> {
  origin.on('http://site.test/form', answers(`<!doctype html><title>F</title>${form}`))
  const { text, body } = await get(proxy.port, 'http://site.test/form', { browser })
  t.strictSame(checkPage(body, profileOf(browser === 'unknown' ? 'mosaic' : browser)).problems, [])
  return text
}

/** The fields that a browser sends when a button is pressed. */
function pressed(text: string, button: string, typed: string): string {
  const mark = /NAME="~charset" VALUE="([^"]+)"/.exec(text)?.[1]
  const name = new RegExp(`TYPE=submit(?: NAME="?([^" >]+)"?)? VALUE="?${button}\\b`).exec(text)?.[1]
  return [
    ...(mark === undefined ? [] : [`~charset=${mark}`]),
    typed,
    ...(name === undefined ? [] : [`${encodeURIComponent(name)}=${button}`])
  ].join('&')
}

const cameAs = (): string => {
  const { method, address, body } = origin.seen.at(-1)!
  return `${method} ${address}${body.length === 0 ? '' : ` ${body.toString('latin1')}`}`
}

const post = async (body: string): Promise<void> =>
  void (await get(proxy.port, 'http://site.test/save', { method: 'POST', headers: URLENCODED, body }))

const EDIT = `<form action="/save" method="post"><input name="text"><button>Save</button>
<button formaction="/delete?all=1" name="sure" value="yes">Delete</button>
<button formaction="/preview" formmethod="get">Preview</button>
<input type="submit" formaction="https://elsewhere.test/x" value="Elsewhere"></form>`

t.test('buttons of one form', async t => {
  const text = await pageOf(t, EDIT)
  t.notMatch(text, /Elsewhere/, 'what leads to another site is not offered: it would save')
  await post(pressed(text, 'Save', 'text=caf%E9'))
  t.equal(cameAs(), 'POST http://site.test/save text=caf%E9')
  await post(pressed(text, 'Delete', 'text=caf%E9'))
  t.equal(cameAs(), 'POST http://site.test/delete?all=1 text=caf%E9&sure=yes')
  await post(pressed(text, 'Preview', 'text=caf%E9'))
  t.equal(cameAs(), 'GET http://site.test/preview?text=caf%E9')
  t.equal(origin.seen.at(-1)!.headers['content-type'], undefined)
})

t.test('a form that is sent by GET', async t => {
  const text = await pageOf(
    t,
    '<form action="/find"><input name=q><button>Find</button><button formaction="/lucky">Lucky</button></form>'
  )
  await get(proxy.port, `http://site.test/find?${pressed(text, 'Find', 'q=a')}`)
  t.equal(cameAs(), 'GET http://site.test/find?q=a')
  await get(proxy.port, `http://site.test/find?${pressed(text, 'Lucky', 'q=a')}`)
  t.equal(cameAs(), 'GET http://site.test/lucky?q=a')
})

t.test('one whose buttons have two methods', async t => {
  const text = await pageOf(
    t,
    '<form action="/save"><input name=q><button>Look</button><button formmethod=post name=a value=b>Keep</button></form>'
  )
  t.match(text, /METHOD=POST/)
  await post(pressed(text, 'Look', 'q=a'))
  t.equal(cameAs(), 'GET http://site.test/save?q=a')
  await post(pressed(text, 'Keep', 'q=a'))
  t.equal(cameAs(), 'POST http://site.test/save q=a&a=b')
})

t.test('the only button of a form is what the form does', async t => {
  const text = await pageOf(
    t,
    '<form action="/one"><input type=file name=f><input type=submit formaction="/two" formmethod=post formenctype="multipart/form-data" value=Go></form>'
  )
  t.match(text, /ACTION="\/two" METHOD=POST ENCTYPE="multipart\/form-data"/)
  t.notMatch(text, /~utf8/)
})

t.test('with files', async t => {
  const text = await pageOf(t, EDIT)
  const token = /NAME="(~utf8\.sure[^"]+)"/.exec(text)?.[1] ?? ''
  const part = (name: string, value: string): string =>
    `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  await get(proxy.port, 'http://site.test/save', {
    method: 'POST',
    headers: ['Content-Type: multipart/form-data; boundary=x'],
    body: `${part('~charset', 'utf-8.iso-8859-1')}${part('text', 'a')}${part(token, 'Delete')}--x--\r\n`
  })
  t.match(cameAs(), /^POST http:\/\/site\.test\/delete\?all=1 .*name="text"\r\n\r\na\r\n.*name="sure"\r\n\r\nyes\r\n/s)
})

t.test('a browser that cannot carry it is not offered what would do something else', async t => {
  const text = await pageOf(t, EDIT, 'tiny')
  t.match(text, /VALUE=Save/)
  t.notMatch(text, /Delete|Elsewhere/)
})

t.test('nobody is led to another host by a name that somebody made up', async t => {
  for (const path of [
    '*2F*2Fother*2Etest*2Fx',
    'http*3A*2F*2Fother*2Etest*2Fx',
    '*40other*2Etest',
    '*5C*5Cother*2Etest*2Fx'
  ]) {
    for (const method of ['get', 'post']) {
      const form = `~charset=utf-8.iso-8859-1&a=b&~utf8..x.${method}.${path}=Go`
      await post(form)
      t.equal(new URL(origin.seen.at(-1)!.address).host, 'site.test', `${method} ${path}`)
      await get(proxy.port, `http://site.test/find?${form}`)
      t.equal(new URL(origin.seen.at(-1)!.address).host, 'site.test', `${method} ${path}`)
    }
  }
})

const markOf = (text: string): string => /NAME="~charset" VALUE="?([^" >]+)/.exec(text)?.[1] ?? ''

const LOG_IN = `<form action="/login?next=/a%20b" method="post"><input type="hidden" name="token" value="a+b c">
<input name="user"><input type="password" name="word"><button>Go</button></form>`

t.test('a form that its client sends by GET and its site wants by POST', async t => {
  const text = await pageOf(t, LOG_IN, 'tiny')
  t.match(text, /NAME=word VALUE="" SIZE=20> \(can be seen/, 'who types a password is told that it is seen')
  const mark = markOf(text)
  const token = /NAME=token VALUE="?([^" >]+)/.exec(text)?.[1] ?? ''
  // Contiki sends values as they are, and spaces as +.
  const sent = `~charset=${mark}&token=${token}&user=ada&word=red+fish&~=Go`
  await get(proxy.port, `http://site.test/login?${sent}`, { browser: 'tiny' })
  t.equal(cameAs(), 'POST http://site.test/login?next=/a%20b token=a%2Bb%20c&user=ada&word=red+fish')
  t.equal(origin.seen.at(-1)!.headers['content-type'], 'application/x-www-form-urlencoded')
  origin.on('http://site.test/login', redirects('/members'))
  const answer = await get(proxy.port, `http://site.test/login?${sent}`, { browser: 'tiny' })
  t.match(answer, { status: 302, headers: { location: 'http://site.test/members' } })
  await get(proxy.port, `http://site.test/login?${sent}`, { browser: 'nav3' })
  t.match(cameAs(), /^GET /, 'a browser that can send it by POST does so')
})

t.test('it is sent on where its site has moved', async t => {
  origin.on('http://site.test/old', redirects('/new', 307))
  const mark = markOf(
    await pageOf(t, '<form action="/old" method="post"><input name="a"><button>Go</button></form>', 'tiny')
  )
  await get(proxy.port, `http://site.test/x?~charset=${mark}&a=b`, { browser: 'tiny' })
  t.equal(cameAs(), 'POST http://site.test/new a=b')
})

t.test('nobody is led to another host by a mark that somebody made up', async t => {
  for (const path of ['*2F*2Fother*2Etest*2Fx', 'http*3A*2F*2Fother*2Etest*2Fx', '*40other*2Etest', '']) {
    const mark = `utf-8.us-ascii.post.${'0'.repeat(12)}.${path}`
    await get(proxy.port, `http://site.test/find?~charset=${mark}&a=b`, { browser: 'tiny' })
    t.equal(cameAs(), 'GET http://site.test/find?a=b', path)
  }
})

t.test('a link sends nothing by POST: a mark is good for the site, the path and the client of its form', async t => {
  const mark = markOf(await pageOf(t, LOG_IN, 'tiny'))
  const came = async (address: string): Promise<string> => {
    await get(proxy.port, address, { browser: 'tiny' })
    return cameAs()
  }
  t.match(await came(`http://site.test/x?~charset=${mark}&a=b`), /^POST /)
  t.match(await came(`http://other.test/x?~charset=${mark}&a=b`), /^GET /)
  t.match(await came(`http://site.test/x?~charset=${mark}x&a=b`), /^GET /)
  t.match(await came(`http://site.test/x?~charset=${mark.replace(/post\.\w+/, 'post')}&a=b`), /^GET /)
})

t.test('behind our own address it is good as well, and another client has another', async t => {
  await pageOf(t, LOG_IN, 'tiny')
  const { text } = await get(proxy.port, '/http://site.test/form', { browser: 'tiny' })
  const action = /ACTION="?(?:http:\/\/[^/]+)?(\/[^" >]+)/.exec(text)?.[1] ?? ''
  await get(proxy.port, `${action}?~charset=${markOf(text)}&a=b`, { browser: 'tiny' })
  t.equal(cameAs(), 'POST http://site.test/login?next=/a%20b a=b')
  const other = { browser: 'tiny', from: '127.0.0.2' } as const
  await get(proxy.port, `http://site.test/login?~charset=${markOf(text)}&a=b`, other)
  t.equal(cameAs(), 'GET http://site.test/login?a=b')
  const page = await get(proxy.port, 'http://site.test/form', other)
  t.not(markOf(page.text), markOf(text))
  await get(proxy.port, `http://site.test/login?~charset=${markOf(page.text)}&a=b`, other)
  t.match(cameAs(), /^POST /)
})
