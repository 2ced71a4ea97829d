import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import t, { type Test } from 'tap'
import { parse as parseYaml } from 'yaml'
import { OWN_RULES } from '../../src/clients/rules.js'
import { readConfig } from '../../src/config/config.js'
import { parse } from '../../src/page/tree/parse.js'
import { select } from '../../src/page/css/select.js'
import { bodyOf } from '../../src/page/tree/tree.js'
import { loadSites } from '../../src/sites/load-sites.js'
import { serve } from '../../src/serve.js'
import { createSites } from '../../src/sites/match.js'
import type { SiteRule } from '../../src/page/site-rule.js'
import { checkPage } from '../helpers/check-page.js'
import { get } from '../helpers/client.js'
import { convertPage, jobFor, profileOf } from '../helpers/context.js'
import { GOLDEN, goldenFiles, matchesGolden } from '../helpers/golden.js'
import { answers, startOrigin } from '../helpers/origin.js'
import { runCommand } from '../helpers/run-command.js'

const sites = loadSites(OWN_RULES, { more: '' })
const FILES = readdirSync(join(OWN_RULES, 'sites')).map(name => basename(name, '.yaml'))
const SELECTORS = ['keep', 'remove', 'article'] as const

interface Fixture {
  readonly name: string
  readonly url: URL
  readonly markup: string
  readonly rule: SiteRule | undefined
  readonly face: URL | undefined
}

const fixtures: readonly Fixture[] = goldenFiles('sites').map(name => {
  const [address = '', markup = ''] = readFileSync(join(GOLDEN, 'sites', name), 'utf8').split('\n@@@\n')
  const url = new URL(address)
  return { name, url, markup, rule: sites.find(url), face: sites.alternateSite(url) }
})

type View = 'page' | 'article' | 'reader'

function shown({ markup, url }: Fixture, rule: SiteRule | undefined, view: View, profile = 'nav3'): string {
  const job = jobFor(Buffer.from(markup), profileOf(profile), {
    url: url.href,
    contentType: 'text/html; charset=utf-8',
    view,
    choices: { images: 'inline', originalSource: 'off' },
    ...(rule === undefined ? {} : { site: rule })
  })
  const { body, failures } = convertPage(job)
  t.same(failures, [], `${url.href}: no step fails`)
  return Buffer.from(body).toString('latin1')
}

/** What a person gets: another address, or the page, and the reader where the rule has a word to say on it. */
function outcome(t: Test, fixture: Fixture): string {
  const { rule, face, name } = fixture
  if (face !== undefined) return `leads to ${face.href}\n`
  const first = rule?.readerFirst === true ? 'article' : 'page'
  for (const profile of ['nav3', 'mosaic', 'tiny']) {
    for (const view of [first, 'reader'] as const)
      t.same(
        checkPage(Buffer.from(shown(fixture, rule, view, profile), 'latin1'), profileOf(profile)).problems,
        [],
        `${name}: valid for ${profile}, ${view}`
      )
  }
  return `${shown(fixture, rule, first)}${rule?.article === undefined ? '' : `@@@\n${shown(fixture, rule, 'reader')}`}`
}

t.test('what rules make of sites', async t => {
  for (const fixture of fixtures) {
    const { name, url, markup } = fixture
    matchesGolden(t, Buffer.from(`${url.href}\n@@@\n${markup}\n@@@\n${outcome(t, fixture)}`), 'sites', name)
  }
})

t.test('each file of rules/sites has fixtures in which each of its words has an effect', async t => {
  t.ok(FILES.length >= 15)
  for (const file of FILES) {
    const rules = parseYaml(readFileSync(join(OWN_RULES, 'sites', `${file}.yaml`), 'utf8')) as ReadonlyArray<
      Omit<SiteRule, 'site'>
    >
    for (const fields of rules) {
      const name = `${file}${fields.path ?? ''}`
      const own = fixtures.filter(({ rule }) => rule?.site === file && rule.path === fields.path)
      if (own.length === 0) t.fail(`${name} has no fixture`)
      if (fields.redirect !== undefined)
        t.ok(
          own.some(({ face }) => face !== undefined),
          `${name}: it leads on`
        )
      for (const field of SELECTORS) {
        for (const selector of fields[field] ?? []) {
          const means = own.some(({ markup }) => select(bodyOf(parse(markup, 10_000).document)!, [selector]).length > 0)
          if (!means) t.fail(`${name}: ${field} ${selector} means nothing in its fixtures`)
        }
      }
      for (const deed of ['keep', 'remove', 'summary', 'untouched', 'readerFirst', 'article'] as const) {
        const done = fields[deed]
        if (done === undefined || done === false) continue
        const view: View = deed === 'article' ? 'reader' : fields.readerFirst === true ? 'article' : 'page'
        const changes = own.some(fixture => {
          const { [deed]: _, ...without } = fixture.rule!
          return ['nav3', 'mosaic'].some(
            profile =>
              shown(fixture, fixture.rule, view, profile) !==
              shown(fixture, without, deed === 'readerFirst' ? 'page' : view, profile)
          )
        })
        t.ok(changes, `${name}: ${deed} changes something`)
      }
    }
  }
})

t.test('which rule holds', async t => {
  const rule = (site: string, more: Partial<SiteRule> = {}): SiteRule => ({
    site,
    why: 'a test',
    untouched: true,
    ...more
  })
  const rules = createSites([
    rule('example.org'),
    rule('deep.example.org', { path: '/a' }),
    rule('example.org', { path: '/a' }),
    rule('example.org', { path: '/a/{x}' }),
    rule('example.org', { path: '/a/b' }),
    rule('example.org', { path: '/a/b$' }),
    rule('co.uk.example', { also: ['other.example'] })
  ])
  const found = (address: string): string | undefined => {
    const it = rules.find(new URL(address))
    return it === undefined ? undefined : `${it.site}${it.path ?? ''}`
  }
  const cases: ReadonlyArray<readonly [string, string | undefined]> = [
    ['http://example.org/', 'example.org'],
    ['https://www.example.org/x?a=/a', 'example.org'],
    ['http://EXAMPLE.org./', 'example.org'],
    ['http://badexample.org/', undefined],
    ['http://example.org.evil.test/', undefined],
    ['http://org/', undefined],
    ['http://example.org/ab', 'example.org'],
    ['http://example.org/a', 'example.org/a'],
    ['http://example.org/a/', 'example.org/a'],
    ['http://example.org//a//c/d', 'example.org/a/{x}'],
    ['http://example.org/a/b/c', 'example.org/a/b'],
    ['http://example.org/a/b', 'example.org/a/b$'],
    ['http://x.deep.example.org/a/b', 'deep.example.org/a'],
    ['http://x.deep.example.org/b', 'example.org'],
    ['http://www.other.example/', 'co.uk.example'],
    ['http://93.184.216.34/', undefined],
    ['http://[2001:db8::1]/', undefined],
    [`http://${'a.'.repeat(120)}example.org/`, 'example.org']
  ]
  for (const [address, expected] of cases) t.equal(found(address), expected, address.slice(0, 60))
})

t.test('another face never goes round', async t => {
  const rule = (site: string, redirect: SiteRule['redirect'], path?: string): SiteRule => ({
    site,
    why: 'a test',
    redirect: redirect!,
    ...(path === undefined ? {} : { path })
  })
  const face = (rules: readonly SiteRule[], address: string): string | undefined =>
    createSites(rules).alternateSite(new URL(address))?.href
  const two = [rule('a.test', { host: 'b.test' }), rule('b.test', { host: 'a.test' }, '/x')]
  t.equal(face(two, 'http://a.test/y?q=1'), 'http://b.test/y?q=1')
  t.equal(face(two, 'http://a.test/x'), undefined, 'it would come back')
  t.equal(face(two, 'http://b.test/x'), undefined)
  t.equal(face([rule('a.test', { host: 'm.a.test' })], 'http://m.a.test/'), undefined, 'it is there')
  t.equal(face([rule('a.test', { host: 'm.a.test' })], 'http://img.a.test/x'), undefined, 'another name of the site')
  t.equal(face([rule('a.test', { host: 'm.a.test' })], 'http://a.test:8000/x'), undefined, 'another port')
  t.equal(
    face([rule('a.test', { path: '/s/{id}?o=1' }, '/{story}-{id}')], 'http://www.a.test/the-long-lamp-12/?q=2'),
    'http://www.a.test/s/12?o=1'
  )
  t.equal(face([rule('a.test', { path: '/s/{id}' }, '/n/{id}')], 'http://a.test/n/12?q=2'), 'http://a.test/s/12?q=2')
  t.equal(face([rule('a.test', { path: '/n/{id}/more' }, '/n/{id}')], 'http://a.test/n/1'), 'http://a.test/n/1/more')
  t.equal(
    face([rule('a.test', { path: '/n/{id}/more' }, '/n/{id}')], 'http://a.test/n/1/more'),
    undefined,
    'not longer and longer'
  )
  t.equal(face([rule('a.test', { host: 'b.test' })], 'http://a.test/%zz'), 'http://b.test/%zz')
})

/** What is wrong with rules, as they are told; undefined if nothing is. */
function problem(t: Test, files: Readonly<Record<string, string>>): string | undefined {
  const folder = t.testdir(files)
  try {
    loadSites(OWN_RULES, { more: folder })
  } catch (error) {
    return (error as Error).message.slice(folder.length + 1)
  }
  return undefined
}

t.test('rules of ours say why they stand there, and when the site was seen so', async t => {
  const folder = t.testdir({ sites: { 'a.example.yaml': '- remove: [.x]\n' } })
  cpSync(join(OWN_RULES, 'schema'), join(folder, 'schema'), { recursive: true })
  const load = (): unknown => loadSites(folder, { more: '' })
  t.throws(load, /a\.example\.yaml, line 1, 0: must have required property 'why'/)
  writeFileSync(join(folder, 'sites/a.example.yaml'), '- why: The bar follows the text.\n  remove: [.x]\n')
  t.throws(load, /a\.example\.yaml, line 1, 0\.why: must match pattern "\[Ss\]een/)
})

t.test('wrong rules are told with file, line, field and reason', async t => {
  const why = '- why: A test. Seen 2026-11.\n'
  const cases: ReadonlyArray<readonly [string, Record<string, string>, RegExp | undefined]> = [
    ['right', { 'a.example.yaml': `${why}  remove: [.x]\n` }, undefined],
    ['one of ours is replaced', { 'reddit.com.yaml': `${why}  remove: [.x]\n` }, undefined],
    ['no YAML', { 'a.example.yaml': '- why: [' }, /^a\.example\.yaml: /],
    ['no list', { 'a.example.yaml': 'why: A test. Seen 2026.\n' }, /^a\.example\.yaml, line 1: must be array/],
    ['empty', { 'a.example.yaml': '' }, /^a\.example\.yaml, line 1: must be array/],
    ['no domain', { 'notes.yaml': why }, /^notes\.yaml, line 1: notes is no domain/],
    ['no reason, which ours have', { 'a.example.yaml': '- remove: [.x]\n' }, undefined],
    ['a short one', { 'a.example.yaml': '- why: mine\n  remove: [.x]\n' }, undefined],
    [
      'another field',
      { 'a.example.yaml': `${why}  removes: [.x]\n` },
      /^a\.example\.yaml, line 2, 0\.removes: must NOT have additional properties \(removes\)/
    ],
    ['nothing', { 'a.example.yaml': `${why}  untouched: false\n` }, /^a\.example\.yaml, line 1, 0: it changes nothing/],
    [
      'a selector with a comma',
      { 'a.example.yaml': `${why}  remove:\n    - .x\n    - ".y, .z"\n` },
      /^a\.example\.yaml, line 4, 0\.remove\.1: "\.y, \.z" is no selector that is understood/
    ],
    [
      'a pseudo-class',
      { 'a.example.yaml': `${why}  article: ["p:first-child"]\n` },
      /^a\.example\.yaml, line 2, 0\.article\.0: "p:first-child" is no selector/
    ],
    ['everything', { 'a.example.yaml': `${why}  remove: ["*"]\n` }, /line 2, 0\.remove\.0: "\*" means the whole page/],
    [
      'the body',
      { 'a.example.yaml': `${why}  remove: [body.x]\n` },
      /line 2, 0\.remove\.0: "body\.x" means the whole page/
    ],
    [
      'two for the same',
      { 'a.example.yaml': `${why}  remove: [.x]\n`, 'b.example.yaml': `${why}  also: [a.example]\n  remove: [.x]\n` },
      /^b\.example\.yaml, line 1, 0: there is another rule for a\.example/
    ],
    [
      'untouched and changed',
      { 'a.example.yaml': `${why}  untouched: true\n  remove: [.x]\n` },
      /line 2, 0\.untouched: a page that is passed as it is/
    ],
    [
      'a name that the path has not',
      { 'a.example.yaml': `${why}  path: /n/{id}\n  redirect:\n    path: /s/{number}\n` },
      /line 4, 0\.redirect\.path: the path of the rule has no \{number\}/
    ],
    [
      'round',
      {
        'a.example.yaml': `${why}  redirect:\n    host: b.example\n`,
        'b.example.yaml': `${why}  redirect:\n    host: a.example\n`
      },
      /^a\.example\.yaml, line 3, 0\.redirect: from http:\/\/a\.example\/ it leads to the same address, or to one that is redirected again/
    ],
    [
      'to itself',
      { 'a.example.yaml': `${why}  redirect:\n    host: a.example\n` },
      /0\.redirect: from http:\/\/a\.example\/ it leads to the same address/
    ],
    [
      'a user agent of two lines',
      { 'a.example.yaml': `${why}  userAgent: "a\\r\\nX: y"\n` },
      /line 2, 0\.userAgent: must match pattern/
    ],
    [
      'a host with a path',
      { 'a.example.yaml': `${why}  redirect:\n    host: b.example/x\n` },
      /line 3, 0\.redirect\.host: must match pattern/
    ]
  ]
  t.throws(() => loadSites(OWN_RULES, { more: join(OWN_RULES, 'nowhere') }), /^sites: there is no folder /)
  for (const [name, files, expected] of cases) {
    await t.test(name, async t => {
      const told = problem(t, files)
      if (expected === undefined) t.equal(told, undefined)
      else t.match(told, expected)
    })
  }
})

t.test('rules in visits, and when they are read again', async t => {
  const origin = await startOrigin(t, undefined)
  const folder = t.testdir({
    'site.test.yaml':
      '- why: A test. Seen 2026-11.\n  also: [face.test]\n  remove: [.bar]\n  userAgent: Lamp/1.0 (a test)\n- why: A test. Seen 2026-11.\n  path: /n/{id}\n  redirect:\n    host: face.test\n    path: /lite/{id}\n',
    'read.test.yaml': '- why: A test. Seen 2026-11.\n  article: [.story]\n  readerFirst: true\n'
  })
  const lines: string[] = []
  const running = await serve(
    readConfig(
      [
        '--port',
        '0',
        '--host',
        '127.0.0.1',
        '--data-dir',
        '',
        '--sites',
        folder,
        '--upstream-proxy',
        `http://127.0.0.1:${origin.port}/`,
        '--conversions',
        '1',
        '--conversion-timeout-seconds',
        '100'
      ],
      {}
    ),
    line => lines.push(line)
  )
  t.teardown(() => running.close())
  const ask = (address: string): ReturnType<typeof get> => get(running.port, address, { browser: 'nav3' })
  const page =
    '<!doctype html><title>A lamp</title><body><div class="bar">The bar</div><nav><a href="/">Home</a></nav><div class="story"><p>The story</p></div></body>'
  for (const address of [
    'http://site.test/a',
    'http://face.test/lite/1',
    'http://read.test/a',
    'http://other.test/a',
    'http://site.test/n/3',
    'http://site.test/n/pic.gif'
  ])
    origin.on(address, answers(page))

  t.notMatch((await ask('http://site.test/a')).text, /The bar/)
  t.match(origin.asked('http://site.test/a').at(-1)?.headers['user-agent'], 'Lamp/1.0 (a test)')
  t.match((await ask('http://site.test/a?~site=off')).text, /The bar/, 'without its rule for once')
  t.notMatch(origin.asked('http://site.test/a').at(-1)?.headers['user-agent'], /Lamp/)
  t.match((await ask('http://other.test/a')).text, /The bar/, 'a site without a rule')
  t.match(origin.asked('http://other.test/a').at(-1)?.headers['user-agent'], /^Mozilla/)

  t.match(
    await ask('http://site.test/n/1?~images=links'),
    { status: 302, headers: { location: 'http://face.test/lite/1?~images=links' } },
    'its switches go with it'
  )
  t.equal(origin.asked('http://site.test/n/1').length, 0, 'nothing was asked for')
  t.match(await ask('http://retrograde/read?url=site.test/n/1'), {
    status: 302,
    headers: { location: 'http://retrograde/read?url=http://face.test/lite/1' }
  })
  t.match(
    (
      await get(running.port, 'http://site.test/n/3', {
        browser: 'nav3',
        method: 'POST',
        body: 'a=1',
        headers: ['Content-Type: application/x-www-form-urlencoded']
      })
    ).status,
    200,
    'a form goes where it belongs'
  )
  t.not((await ask('http://site.test/n/pic.gif')).status, 302, 'an image has no other face')

  origin.on(
    'http://face.test/lite/2',
    ({ answer }) => void answer.writeHead(301, { location: 'http://site.test/n/2?' }).end()
  )
  origin.on('http://site.test/n/2', answers(page))
  const back = await ask('http://face.test/lite/2')
  t.match(
    back,
    { status: 302, headers: { location: /^http:\/\/site\.test\/n\/2\?+~site=off$/ } },
    'a face that sends back is not asked again'
  )
  t.match(await ask(back.headers.location!), { status: 200, text: /The story/ })

  origin.on('http://site.test/n/4', answers(page))
  origin.on('http://site.test/n/5', answers(page))
  origin.on('http://face.test/lite/5', ({ answer }) => void answer.socket?.destroy())
  for (const number of [4, 5]) {
    const there = await ask(`http://site.test/n/${number}?~images=links`)
    const none = await ask(there.headers.location!)
    t.match(
      none,
      { status: 302, headers: { location: `http://site.test/n/${number}?~site=off&~images=links` } },
      `a face that ${number === 4 ? 'has no such page' : 'fails'} leads back to the page itself`
    )
    t.match(await ask(none.headers.location!), { status: 200, text: /The story/ })
  }
  t.match((await ask('http://face.test/lite/6')).text, /not here/, 'one that was asked for by itself does not')

  const read = await ask('http://read.test/a')
  t.notMatch(read.text, /The bar/)
  t.match(read.text, /HREF="\/a\?~view=page">Whole\s+page/)
  t.match((await ask('http://read.test/a?~view=page')).text, /The bar/)

  writeFileSync(join(folder, 'site.test.yaml'), '- why: A test. Seen 2026-11.\n  remove: ["a:hover"]\n')
  running.reload()
  t.match(
    lines.at(-1),
    / The old rules and settings stay: .*site\.test\.yaml, line 2, 0\.remove\.0: "a:hover" is no selector/
  )
  t.notMatch((await ask('http://site.test/a')).text, /The bar/, 'nothing has changed')
  writeFileSync(join(folder, 'site.test.yaml'), '- why: A test. Seen 2026-11.\n  remove: [.story]\n')
  running.reload()
  t.match(lines.at(-1), / The rules and the settings were read again\.$/)
  const again = (await ask('http://site.test/a')).text
  t.match(again, /The bar/)
  t.notMatch(again, /The story/)
})

t.test('an address that is fetched for the converter, and a file with an address', async t => {
  const file = join(
    t.testdir({
      'page.html': '<!doctype html><title>A lamp</title><body><p class="bar">The bar</p><pre>Sun</pre></body>'
    }),
    'page.html'
  )
  const { status, stdout, stderr } = await runCommand('convert', file, '--url', 'http://wttr.in/Paris', '--explain')
  t.equal(status, 0)
  t.match(stdout, /<PRE>Sun/)
  t.notMatch(stdout, /The bar/)
  t.match(stderr, /rule of wttr\.in: The forecast is the PRE/)
  t.match(await runCommand('convert', file, '--url', 'Paris'), { status: 1, stderr: /Paris is no address/ })
})

t.test('all other rules are read again too', async t => {
  const origin = await startOrigin(t, undefined)
  const rules = t.testdir()
  cpSync(OWN_RULES, rules, { recursive: true })
  const lines: string[] = []
  const running = await serve(
    readConfig(
      [
        '--port',
        '0',
        '--host',
        '127.0.0.1',
        '--data-dir',
        '',
        '--rules',
        rules,
        '--upstream-proxy',
        `http://127.0.0.1:${origin.port}/`,
        '--conversions',
        '1',
        '--conversion-timeout-seconds',
        '100'
      ],
      {}
    ),
    line => lines.push(line)
  )
  t.teardown(() => running.close())
  const text = async (path: string): Promise<string> =>
    (await get(running.port, `http://retrograde${path}`, { browser: 'nav3' })).text
  const change = (name: string, ...[from, to]: readonly [RegExp, string]): void => {
    const path = join(rules, name)
    const before = readFileSync(path, 'utf8')
    const after = before.replace(from, to)
    t.not(after, before, `${name} is changed`)
    writeFileSync(path, after)
  }
  origin.on('http://lamp.test/', answers('<!doctype html><title>A lamp</title><p>Lit.'))
  t.match((await get(running.port, 'http://lamp.test/', { browser: 'nav3' })).text, 'Lit.', 'its threads run')
  change('bookmarks.yaml', /title: [^,]*/, 'title: A lamp for all')
  change('setup.yaml', /title: Netscape 2 and 3/, 'title: The Lamp Browser')
  change('search.yaml', /^ {2}title: .*/gm, '  title: The Lamp Search')
  change('feeds/gb.yaml', /title: .*/, 'title: The Isle of Lamps')
  change('feeds/gb.yaml', /feed: \S+/, 'feed: http://lamp.test/feed')
  origin.on(
    'http://lamp.test/feed',
    answers(
      '<rss version="2.0"><channel><title>Lamps</title><item><title>A lamp was lit in Dover</title><link>http://lamp.test/1</link></item></channel></rss>',
      'application/rss+xml'
    )
  )
  running.reload()
  t.match(lines.at(-1), / The rules and the settings were read again\.$/)
  t.match(await text('/'), /A\s+lamp\s+for\s+all/)
  t.match(await text('/setup'), /The\s+Lamp\s+Browser/)
  t.match(await text('/search?q=lamp'), /The\s+Lamp\s+Search/)
  t.match(await text('/editions'), /The\s+Isle\s+of\s+Lamps/)
  // A busy machine may take longer to read a feed than a page waits for it.
  let news = ''
  for (let asked = 0; asked < 10 && !/Dover/.test(news); asked++) news = await text('/news?edition=gb')
  t.match(news, /A\s+lamp\s+was\s+lit\s+in\s+Dover/)
  change('feeds/gb.yaml', /zone: .*/, 'zone: The Moon')
  running.reload()
  t.match(lines.at(-1), / The old rules and settings stay: .*gb\.yaml, line \d+, zone: there is no time zone The Moon/)
  t.match(await text('/editions'), /The\s+Isle\s+of\s+Lamps/)
})
