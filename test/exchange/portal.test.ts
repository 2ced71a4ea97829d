import vm from 'node:vm'
import t, { type Test } from 'tap'
import { loadPortalRules } from '../../src/portal/portal-rules.js'
import { OWN_RULES } from '../../src/clients/rules.js'
import { checkPage } from '../helpers/check-page.js'
import { get, type Answer, type GetOptions } from '../helpers/client.js'
import { profileOf } from '../helpers/context.js'
import { answers, startOrigin, type Handler } from '../helpers/origin.js'
import { startProxy } from '../helpers/proxy.js'

const origin = await startOrigin(t, undefined)
const settings = { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 }
const proxy = await startProxy(t, settings)
const visit = (path: string, options: GetOptions = {}): Promise<Answer> =>
  get(proxy.port, `http://retrograde${path}`, options)
const AGENTS: Readonly<Record<string, GetOptions>> = {
  ...Object.fromEntries((['mosaic', 'nav3', 'html4', 'text', 'tiny'] as const).map(browser => [browser, { browser }])),
  cern: { browser: 'unknown', headers: ['User-Agent: CERN-LineMode/2.15 libwww/2.17'] }
}

/** Whether an answer is a page that is right for its profile, and what it says. */
function isPage(t: Test, { body, text, status }: Answer, expected: number, words: RegExp, profile: string): void {
  const checked = checkPage(body, profileOf(profile))
  t.same(checked.problems, [], `valid in ${profile}`)
  t.equal(status, expected, profile)
  t.match(checked.text, words, profile)
  t.notMatch(text, /undefined|\{(host|port|address|name)\}/)
}

t.test('set-up help', async t => {
  const { setup } = loadPortalRules(OWN_RULES)
  t.ok(setup.length >= 20, `${setup.length} kinds of browsers`)
  for (const [profile, options] of Object.entries(AGENTS))
    isPage(t, await visit('/setup', options), 200, new RegExp(`HTTP proxy: 127\\.0\\.0\\.1:${proxy.port}`), profile)
  for (const { id, title } of setup) {
    isPage(t, await visit(`/setup?browser=${id}`, { browser: 'mosaic' }), 200, /Set-up/, 'mosaic')
    t.ok(
      (await visit(`/setup?browser=${id}`, { browser: 'nav3' })).text.includes(title.replaceAll('&', '&amp;')),
      title
    )
  }
  const asking: ReadonlyArray<readonly [string, string]> = [
    ['Mozilla/1.1N (Windows; I; 16bit)', 'Netscape 1.1'],
    ['Mozilla/3.04 (Win95; I)', 'Netscape 2 and 3'],
    ['Mozilla/4.08 [en] (Win98; I)', 'Netscape 4, 6'],
    ['Mozilla/2.0 (compatible; MSIE 3.02; Windows 95)', 'Internet Explorer 3 for Windows'],
    ['Mozilla/4.0 (compatible; MSIE 5.0; Windows 98)', 'Internet Explorer 5, 5.5'],
    ['Mozilla/4.0 (compatible; MSIE 5.0; Mac_PowerPC)', 'Internet Explorer 3, 4 and 5 for Macintosh'],
    ['Mozilla/4.0 (compatible; MSIE 5.0; Windows 98) Opera 5.12', 'Opera'],
    ['Mozilla/3.0 (DreamKey/2.0)', 'Dreamcast'],
    ['NCSA Mosaic(tm)/2.1.1 (Windows)', 'NCSA Mosaic 2 for Windows'],
    ['NCSA_Mosaic/2.7b5 (X11;SunOS 5.4 sun4m)', 'NCSA Mosaic for X'],
    ['Lynx/2.8.4rel.1 libwww-FM/2.14', 'Lynx, DOSLynx'],
    ['Links (2.14; Linux)', 'Links, ELinks'],
    ['ELinks/0.12', 'Links, ELinks'],
    ['Mozilla/3.0 (compatible; Opera/3.0; Windows 95)', 'Opera 3, 4'],
    ['MicroWeb/2.0', 'MicroWeb'],
    ['Mozilla/3.0 (compatible; Voyager; AmigaOS)', 'Voyager'],
    ['Amiga-AWeb/3.4', 'AWeb'],
    ['Mozilla/3.0 WebTV/1.2 (compatible; MSIE 2.0)', 'WebTV'],
    ['Contiki/1.0 (Commodore 64)', 'Contiki']
  ]
  for (const [agent, title] of asking) {
    const shown = (await visit('/setup', { browser: 'unknown', headers: [`User-Agent: ${agent}`] })).text
    t.equal(/<H2>([^<]*)/.exec(shown)?.[1]?.startsWith(title), true, `${agent}: ${/<H2>([^<]*)/.exec(shown)?.[1]}`)
  }
  isPage(
    t,
    await visit('/setup?browser=nothing', { browser: 'unknown', headers: ['User-Agent: Nobody/1.0'] }),
    200,
    /Other browsers/,
    'mosaic'
  )
})

t.test('fields of the settings take the longest word that can be typed into them, and say what words mean', async t => {
  const { text } = await visit('/settings', { browser: 'tiny' })
  const fields = [...text.matchAll(/SIZE=(\d+)><BR>\s*([^<]*)/g)]
  t.ok(fields.length > 5)
  for (const [, size, said] of fields) {
    const [empty, ...words] = said!.trim().split(/;\s+/)
    t.match(empty, /^empty = \w/)
    t.equal(Number(size), Math.max(...words.map(word => word.split(/\s=/)[0]!.length)), said!)
  }
  t.match(text, /empty = automatic: 8-bit machines \(Contiki\);\s+cern = The first browsers/)
  t.match(text, /Text: <INPUT TYPE=text NAME=charset/, 'each has its name')
  t.match(text, /empty = automatic: us-ascii;\s+utf-8;/, 'names of charsets have no meaning beside them')
})

t.test('automatic configuration', async t => {
  for (const path of ['/proxy.pac', '/wpad.dat', '/wpad.da']) {
    const answer = await visit(path, { browser: 'nav3' })
    t.match(answer, { status: 200, headers: { 'content-type': 'application/x-ns-proxy-autoconfig' } }, path)
    const find = (host: string): string =>
      vm.runInNewContext(`${answer.text}; FindProxyForURL('http://${host}/', '${host}')`, {
        isPlainHostName: (name: string) => !name.includes('.')
      }) as string
    t.equal(find('example.com'), `PROXY 127.0.0.1:${proxy.port}`)
    t.equal(find('retrograde'), `PROXY 127.0.0.1:${proxy.port}`, 'our own name has no dot')
    for (const near of ['nas', '127.0.0.1', '10.0.0.7', '192.168.1.10', '172.16.0.1', '172.31.9.9', '169.254.1.1'])
      t.equal(find(near), 'DIRECT', near)
    for (const far of ['10.example.com', '192.168.example.com', '8.8.8.8', '172.15.0.1', '172.32.0.1', '172.1.16.1'])
      t.match(find(far), /^PROXY/, far)
    t.match(find('172.168.1.1'), /^PROXY/)
  }
  const open = await startProxy(t, { 'allow-hosts': 'nas,192.168.1.10' })
  const { text } = await get(open.port, '/proxy.pac', { browser: 'nav3', headers: [`Host: 127.0.0.1:${open.port}`] })
  t.match(
    text,
    'host == "nas" || host == "192.168.1.10") return "PROXY',
    'what the settings open goes through the proxy'
  )
  t.match(
    await get(proxy.port, '/wpad.dat', { browser: 'html4', headers: ['Host: wpad'] }),
    { status: 200, headers: { 'content-type': 'application/x-ns-proxy-autoconfig' } },
    'as Internet Explorer looks for it'
  )
})

t.test('what arrives', async t => {
  for (const [profile, options] of Object.entries(AGENTS)) {
    isPage(
      t,
      await visit('/test', options),
      200,
      /What arrived GET by HTTP\/1\.0 from 127\.0\.0\.1.*user-agent.*Letters.*Forms.*Colours.*Images/,
      profile
    )
  }
  const nav3 = await visit('/test?~charset=utf-8.iso-8859-1&word=K%E4se+%26&send=Send', { browser: 'nav3' })
  isPage(t, nav3, 200, /word: 4b e4 73 65 20 26 .*Letters: word: Käse & send: Send/, 'nav3')
  const posted = await visit('/test', {
    browser: 'nav3',
    method: 'POST',
    body: Buffer.from('%7Echarset=utf-8.iso-8859-1&word=\xFCber', 'latin1'),
    headers: ['Content-type: application/x-www-form-urlencoded']
  })
  isPage(t, posted, 200, /~charset: 75 74 66.*word: fc 62 65 72 .*word: über .*POST by HTTP/, 'nav3')
  isPage(
    t,
    await visit('/test', { browser: 'nav3', method: 'POST', body: Buffer.alloc(200_000, '&<b>=') }),
    200,
    /What came back/,
    'nav3'
  )
  isPage(
    t,
    await visit('/test?%ff=%zz&=&<>', { browser: 'mosaic', headers: [`X-Odd: ${'<&"'.repeat(500)}`] }),
    200,
    /x-odd/,
    'mosaic'
  )
  t.match(nav3.text, /<FONT COLOR="#FF0000">red/)
  const addresses = [...nav3.text.matchAll(/<IMG SRC="http:\/\/retrograde([^"]+)"/g)].map(([, path]) => path!)
  t.equal(addresses.length, 7)
  for (const path of addresses) {
    const { status, body, headers } = await visit(path, { browser: 'mosaic' })
    t.equal(status, 200)
    t.match(
      body.toString('latin1', 0, 4),
      headers['content-type'] === 'image/gif'
        ? /^GIF8/
        : headers['content-type'] === 'image/jpeg'
          ? /^\xFF\xD8/
          : /PNG/,
      `${path} is not converted`
    )
  }
})

t.test('the addresses of FrogFind and 68k.news', async t => {
  const page = (body: string): Handler =>
    answers(
      `<!doctype html><html><head><title>Plums</title></head><body><article><h1>Plums</h1>${'<p>A plum is a fruit, and this is a long sentence about it, with commas, and more of them.</p>'.repeat(12)}${body}</article></body></html>`
    )
  origin.on('http://fruit.test/plums', page(''))
  const located = async (path: string, options: GetOptions = {}): Promise<string | undefined> =>
    (await visit(path, { browser: 'nav3', ...options })).headers.location
  for (const path of [
    '/read.php?a=http://fruit.test/plums?x=1&y=2',
    '/read.php?rut=0f&a=http%3A%2F%2Ffruit.test%2Fplums%3Fx%3D1%26y%3D2',
    '/article.php?loc=US&a=http://fruit.test/plums?x=1&y=2'
  ]) {
    origin.seen.length = 0
    isPage(t, await visit(path, { browser: 'mosaic' }), 200, /A plum is a fruit/, 'mosaic')
    t.equal(origin.seen[0]?.address, 'http://fruit.test/plums?x=1&y=2', path)
  }
  t.equal(await located('/?q=site.test'), 'http://site.test/', 'FrogFind takes addresses too')
  isPage(t, await visit('/?q=', { browser: 'mosaic' }), 200, /Look for:/, 'mosaic')
  isPage(t, await visit('/', { browser: 'mosaic' }), 200, /Today's web/, 'mosaic')
  t.equal(await located('/image_compressed.php?i=https%3A%2F%2Ffruit.test%2Fplum.png'), 'http://fruit.test/plum.png')
  t.equal(await located('/image.php?loc=US&i=http://fruit.test/plum.png'), 'http://fruit.test/plum.png')
  isPage(t, await visit('/image.php?i=javascript:x', { browser: 'nav3' }), 400, /No image/, 'nav3')
  t.equal(await located('/index.php?section=world&loc=UK'), 'http://retrograde/news?section=world&edition=gb')
  t.equal(await located('/index.php?loc=JP'), 'http://retrograde/news?edition=jp')
  t.equal(
    await located('/index.php?loc=constructor'),
    'http://retrograde/news?edition=constructor',
    'a name that every object has'
  )
  t.equal(await located('/index.php?section=a/b&loc=<x>'), 'http://retrograde/news')
  t.equal(await located('/index.php'), 'http://retrograde/')
  t.equal(await located('/choose_edition.php'), 'http://retrograde/editions')
  origin.on('http://frogfind.com/', answers('<title>Frog</title><p>the real one'))
  t.match(
    (await get(proxy.port, 'http://frogfind.com/', { browser: 'nav3' })).text,
    /the real one/,
    'by itself the proxy answers for nobody'
  )
})

t.test('answering for them', async t => {
  const { port } = await startProxy(t, { ...settings, 'answer-for': 'frogfind.com, 68k.news' })
  origin.seen.length = 0
  const nav3: GetOptions = { browser: 'nav3' }
  isPage(t, await get(port, 'http://frogfind.com/', nav3), 200, /Look for:/, 'nav3')
  t.equal((await get(port, 'http://www.frogfind.com/?q=site.test', nav3)).headers.location, 'http://site.test/')
  t.equal(
    (await get(port, '/http://frogfind.com/?q=site.test', { ...nav3, headers: [`Host: 127.0.0.1:${port}`] })).headers
      .location,
    `http://127.0.0.1:${port}/http://site.test/`,
    'behind the gateway'
  )
  t.equal(
    (await get(port, 'http://68k.news/index.php?section=science&loc=de', nav3)).headers.location,
    'http://retrograde/news?section=science&edition=de'
  )
  t.equal(origin.seen.length, 0, 'nobody else is asked')
  isPage(t, await get(port, 'http://frogfind.com/nothing.php', nav3), 404, /NOT_FOUND_HERE/, 'nav3')
  isPage(
    t,
    await get(port, 'http://frogfind.com/read.php?a=http://fruit.test/plums', nav3),
    200,
    /A plum is a fruit/,
    'nav3'
  )
  origin.on('http://frogfind.com.site.test/', answers('<title>x</title><p>another host'))
  t.match((await get(port, 'http://frogfind.com.site.test/', nav3)).text, /another host/)
})

t.test('home', async t => {
  const own = await startProxy(t, settings)
  const home = (options: GetOptions): Promise<Answer> => get(own.port, 'http://retrograde/', options)
  for (const [profile, options] of Object.entries(AGENTS)) {
    const page = await home(options)
    isPage(
      t,
      page,
      200,
      /Retrograde Today's web.*News \| Settings \| Set-up \| Test.*68k\.news.*Wikipedia.*Your browser.*How to start/,
      profile
    )
    t.ok(page.body.length < 4096, `${page.body.length} bytes in ${profile}`)
    t.notMatch(page.text, /<IMG/)
  }
  const nav3 = await home({ browser: 'nav3' })
  t.match(nav3.text, /ACTION="http:\/\/retrograde\/go"[^]*ACTION="http:\/\/retrograde\/search"/)
  t.match((await home(AGENTS.cern!)).text, /search\?q=your\+words/, 'who has no forms is told what to type')
  t.match(
    (await get(own.port, '/', { browser: 'nav3', headers: [`Host: 127.0.0.1:${own.port}`] })).text,
    new RegExp(`HREF="http://127.0.0.1:${own.port}/http://wiby.me/"`),
    'behind the gateway'
  )
  const me: GetOptions = { browser: 'mosaic', from: '127.0.0.5' }
  for (let at = 0; at < 7; at++) await get(own.port, `http://127.0.0.1:1/${at}/${'x'.repeat(at === 6 ? 900 : 60)}`, me)
  await get(own.port, 'http://127.0.0.1:1/5/again', me)
  await get(own.port, 'http://127.0.0.1:1/picture.gif', me)
  await get(own.port, 'http://retrograde/nothing', me)
  const after = await home(me)
  isPage(
    t,
    after,
    200,
    /What you did not get Address refused: 127\.0\.0\.1:1\/5\/again Address refused: http:\/\/127\.0\.0\.1:1\/6\/x+\.\.\. Address refused: 127\.0\.0\.1:1\/5\/x+ .*\/3\/x+ Your browser/,
    'mosaic'
  )
  t.ok(after.body.length < 4096, `${after.body.length} bytes with five errors`)
  t.notMatch(after.text, /picture|nothing/)
  t.notMatch(
    (await home({ browser: 'mosaic', from: '127.0.0.6' })).text,
    /did not get/,
    'another machine sees none of it'
  )
})

t.test('our own pages for a browser that finds 25 links of a page', async t => {
  const { links: most = 0 } = profileOf('tiny').budget
  const linksIn = (text: string): string[] => [...text.matchAll(/<A HREF="([^"]*)"/g)].map(([, href = '']) => href)
  /** What a link chooses: each profile writes addresses in its own way, and a token is new each time. */
  const chosenBy = (link: string): string => /[?&;](?:browser|(?:k|%6B)eep)=([^&]*)/.exec(link)?.[1] ?? ''
  for (const path of ['/editions', '/setup?browser=none']) {
    const whole = (await visit(path, { browser: 'nav3' })).text
    t.ok(linksIn(whole).length > most, `${path} has more links`)
    const found = new Set<string>()
    let next: string | undefined = path
    for (let part = 1; next !== undefined && part < 10; part++) {
      const answer: Answer = await visit(next, { browser: 'tiny' })
      isPage(t, answer, 200, new RegExp(`Part ${part} of `), 'tiny')
      const links = linksIn(answer.text)
      t.ok(links.length <= most, `${next}: ${links.length} links`)
      for (const link of links) found.add(chosenBy(link))
      next = /HREF="http:\/\/retrograde([^"]*)">Next part/.exec(answer.text)?.[1]
    }
    t.same(
      linksIn(whole).filter(link => !found.has(chosenBy(link))),
      [],
      `${path}: nothing is lost`
    )
  }
})
