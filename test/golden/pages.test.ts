import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serialize } from 'parse5'
import t, { type Test } from 'tap'
import { CHARSETS } from '../../src/charset/charsets.js'
import type { Ampersand, Profile } from '../../src/clients/profile.js'
import { imageOptionsFor } from '../../src/request/options-for.js'
import { takeHints } from '../../src/page/addresses/address-hints.js'
import { addressValue } from '../../src/page/write/attributes.js'
import { createPageConverter, type PageJob, type PageResult } from '../../src/page/convert.js'
import { contentOf } from '../../src/page/content/content.js'
import { isPlaceholder } from '../../src/page/images/source/placeholder.js'
import { bestCandidate, parseSrcset } from '../../src/page/images/source/srcset.js'
import { addPart, partIn } from '../../src/page/addresses/part-address.js'
import { parse } from '../../src/page/tree/parse.js'
import { hideReferences, restoreReferences } from '../../src/page/addresses/raw-ampersand.js'
import { readDocument } from '../../src/page/read/readers.js'
import { createShortener, keyInPath, shortKey } from '../../src/page/addresses/short-address.js'
import { addSizeHint, takeSizeHint } from '../../src/page/addresses/size-hint.js'
import type { Page, PageContext, Step } from '../../src/page/step.js'
import { STEPS, stepsFor } from '../../src/page/steps.js'
import { append, bodyOf, createElement, remove } from '../../src/page/tree/tree.js'
import { checkPage } from '../helpers/check-page.js'
import {
  convertPage,
  displayOf,
  encoderOf,
  knowledge,
  jobFor,
  PAGE_URL,
  PORTAL,
  profileOf,
  random,
  rules,
  shownBy,
  type Changes,
  contentModel,
  readSheets,
  shareWords,
  pageLines,
  walls
} from '../helpers/context.js'
import { GOLDEN, goldenFiles, matchesGolden } from '../helpers/golden.js'
import { times } from '../helpers/hostile-pages.js'
import { partProblems, type PartProblems } from '../helpers/part-problems.js'

const ALL_STEPS = new Map<string, Step>(STEPS.map(({ step }) => [step.name, step]))

/** The lines below the markup: what a step says or hands out besides the tree. */
interface Told {
  readonly page: Page
  readonly inline: string[]
}

const foldOf = (profile: Profile): ((text: string) => string) =>
  encoderOf(profile.text.charset, profile.text.macSafe).fold

function contextOf(changes: Changes, inline: string[]): PageContext {
  const url = new URL(changes.url ?? PAGE_URL)
  return {
    url,
    base: url,
    profile: profileOf(changes.profile ?? 'nav3'),
    display: displayOf(changes.display ?? 'col256'),
    choices: { images: 'inline', originalSource: 'bottom', figures: 'on', ...changes.choices },
    portal: PORTAL,
    gateway: changes.gateway ?? '',
    charset: changes.charset ?? 'UTF-8',
    fold: foldOf(profileOf(changes.profile ?? 'nav3')),
    contentModel,
    readSheets,
    shareWords,
    pageLines,
    walls,
    originBytes: changes.originBytes ?? 1000,
    requests: changes.requests ?? 1,
    sentMark: '(bytes sent)',
    ...(changes.site === undefined ? {} : { site: changes.site }),
    wallSigns: changes.wallSigns,
    refusal: changes.refusal,
    ...(changes.imageHints === undefined ? {} : { imageHints: changes.imageHints }),
    ...(changes.imageSizes === undefined
      ? {}
      : {
          imageSizes: new Map(
            Object.entries(changes.imageSizes).map(([address, [width, height]]) => [address, { width, height }])
          )
        }),
    outbox: {
      addImage(bytes) {
        const line = `inline: ${bytes.subarray(0, 6).toString('latin1')}, ${bytes.length} bytes`
        if (!inline.includes(line)) inline.push(line)
        return `${PORTAL}/inline/${inline.indexOf(line) + 1}.gif`
      },
      addAddress() {}
    }
  }
}

function after(step: Step, { page, inline }: Told, context: PageContext): string {
  const told = { title: page.title, images: page.images.length, lack: page.lack }
  page.content ??= contentOf(page, context)
  step.run(page, context)
  const lines = [serialize(page.body).trim()]
  if (page.title !== told.title) lines.push(`title: ${page.title}`)
  if (page.lack !== told.lack) lines.push(`lack: ${JSON.stringify(page.lack)}`)
  for (const address of page.images.slice(told.images)) lines.push(`image: ${address}`)
  return [...lines, ...inline.splice(0)].join('\n')
}

function pageOf(markup: string, { title = '', lack }: Pick<Changes, 'title' | 'lack'> = {}): Page {
  const parsed = parse(markup, 100_000)
  const body = bodyOf(parsed.document) ?? createElement('body')
  return { ...parsed, body, lack, title, untouched: false, images: [] }
}

t.test('golden steps: what one step makes of markup', t => {
  const files = goldenFiles('steps')
  t.ok(files.length >= 60, 'there are many')
  for (const file of files) {
    const [, name = '', number] = /^(.*)\.(\d\d)\.txt$/.exec(file) ?? []
    const step = ALL_STEPS.get(name)
    if (step === undefined || number === undefined) {
      t.fail(`${file} names no step`)
      continue
    }
    const [markup, , settings] = readFileSync(join(GOLDEN, 'steps', file), 'utf8').split('\n@@@\n')
    const inline: string[] = []
    const changes = settings === undefined ? {} : (JSON.parse(settings) as Changes)
    const context = contextOf(changes, inline)
    const told: Told = { page: pageOf(markup!, changes), inline }
    const first = after(step, told, context)
    const text = [markup, first, settings?.trim()].filter(part => part !== undefined).join('\n@@@\n')
    matchesGolden(t, Buffer.from(`${text}\n`), 'steps', file)
    t.equal(
      after(step, told, context),
      first.replace(/\n(title|image|inline|lack): [^]*$/, ''),
      `${file}: a second run changes nothing more`
    )
  }
  for (const name of ALL_STEPS.keys())
    t.ok(
      files.some(file => file.startsWith(`${name}.`)),
      `${name} has a case`
    )
  t.end()
})

/** case.json beside a golden page. */
interface PageCase {
  readonly url: string
  readonly contentType: string
  /** What the page is found to be written in; its forms are answered in it. Of what is no HTML: UTF-8 */
  readonly charset: string
  /** Words that a reader must see, whatever the client */
  readonly words: readonly string[]
  /** Profiles whose clients get the page as it stands */
  readonly untouched?: readonly string[]
}

const GOLDEN_PROFILES = ['nav3', 'mosaic', 'html4', 'text', 'cern']
/** All profiles, and those that a client changes: a page must be right for each. */
const PROFILES = new Map<string, Profile>([
  ...rules.profiles,
  ...rules.clients
    .filter(client => client.profile !== rules.profiles.get(client.profile.id))
    .map((client): [string, Profile] => [client.name, client.profile])
])

function readPage(name: string): {
  source: Buffer
  page: PageCase
  job: (profile: Profile, changes?: Partial<PageJob>) => PageJob
} {
  const source = readFileSync(join(GOLDEN, 'pages', name, 'source.html'))
  const page = JSON.parse(readFileSync(join(GOLDEN, 'pages', name, 'case.json'), 'utf8')) as PageCase
  return {
    source,
    page,
    job: (profile, changes) => jobFor(source, profile, { url: page.url, contentType: page.contentType, ...changes })
  }
}

/** Says what is wrong with a page as sent, and which of the words are not in it. */
function checkResult(
  t: Test,
  result: PageResult,
  profile: Profile,
  words: readonly string[],
  what: string,
  excused = /^$/
): void {
  const { problems, text, title } = checkPage(result.body, profile)
  t.same(
    problems.filter(problem => !excused.test(problem)),
    [],
    `${what}: well formed`
  )
  const shown = shownBy(profile)
  t.same(
    words.filter(word => !`${title} ${text}`.includes(shown(word))),
    [],
    `${what}: all words are there`
  )
}

t.test('golden pages: bytes as sent', t => {
  const folders = goldenFiles('pages')
  t.ok(folders.length >= 6, 'of several kinds')
  for (const name of folders) {
    const { page, job } = readPage(name)
    for (const id of GOLDEN_PROFILES) {
      const profile = profileOf(id)
      const result = convertPage(job(profile))
      t.same(result.failures, [], `${name} for ${id}: no step fails`)
      matchesGolden(t, Buffer.from(result.body), 'pages', name, `${id}.html`)
    }
    const known = ['case.json', 'source.html', ...GOLDEN_PROFILES.map(id => `${id}.html`)].sort()
    t.same(goldenFiles('pages', name), known, `${name}: no file is left over`)
    t.equal(
      readDocument(readPage(name).source, page.contentType, new URL(page.url), { columns: 80, maxElements: 1000 })
        .charset,
      page.charset,
      `${name}: its charset is found`
    )
  }
  t.end()
})

t.test('every page is right for every client', t => {
  for (const name of goldenFiles('pages')) {
    const { page, job } = readPage(name)
    for (const [id, profile] of PROFILES) {
      const result = convertPage(job(profile))
      checkResult(t, result, profile, page.words, `${name} for ${id}`)
      t.ok(
        Buffer.from(convertPage(job(profile)).body).equals(Buffer.from(result.body)),
        `${name} for ${id}: again the same`
      )
      const named =
        profile.text.nameCharset === true
          ? `; charset=${profile.text.charset.toUpperCase().replace('UTF-8', 'utf-8')}`
          : ''
      t.equal(result.contentType, `text/html${named}`)
      const ours = Buffer.from(result.body).includes('/settings')
      if (id === profile.id)
        t.equal(ours, page.untouched?.includes(id) !== true, `${name} for ${id}: the Original source line`)
    }
  }
  t.end()
})

t.test('a page is right in every charset', t => {
  const { page, job } = readPage('russian')
  const japanese = readPage('japanese')
  for (const id of ['nav3', 'mosaic', 'html4']) {
    const profile = profileOf(id)
    for (const { name } of CHARSETS) {
      const charset = name.toLowerCase()
      const changed = {
        ...profile,
        text: { ...profile.text, charset, references: profile.text.references && charset === 'iso-8859-1' }
      }
      const result = convertPage(job(changed))
      checkResult(t, result, changed, page.words, `${name} for ${id}`)
      checkResult(t, convertPage(japanese.job(changed)), changed, japanese.page.words, `Japanese in ${name} for ${id}`)
      const usual = /^(iso-8859-1|us-ascii)$/.test(charset)
      t.equal(
        result.contentType,
        profile.text.nameCharset === true || (profile.text.nameCharset === 'foreign' && !usual)
          ? `text/html; charset=${name === 'UTF-8' ? 'utf-8' : name}`
          : 'text/html',
        `${name} for ${id}`
      )
      const size = Number(/sent (\d+) bytes/.exec(Buffer.from(result.body).toString('latin1'))?.[1] ?? 0)
      t.ok(
        size === 0 || Math.abs(size - result.body.length) <= 40,
        `${name} for ${id}: ${size} of ${result.body.length} bytes`
      )
    }
  }
  t.end()
})

t.test('every view and every choice gives a page', t => {
  const changes: Array<Partial<PageJob>> = [
    { view: 'reader' },
    { view: 'menu' },
    { gateway: 'http://proxy.lan:8080/' },
    { cut: 'The page was cut here: it is too long.' },
    { choices: { images: 'links', originalSource: 'top' } },
    { choices: { images: 'off', originalSource: 'off' }, display: displayOf('mono512') }
  ]
  for (const name of goldenFiles('pages')) {
    for (const change of changes) {
      for (const profile of [profileOf('nav1'), profileOf('tiny'), profileOf('lite')]) {
        const result = convertPage(readPage(name).job(profile, change))
        t.same(result.failures, [])
        checkResult(
          t,
          result,
          profile,
          change.cut === undefined ? [] : ['The page was cut here'],
          `${name} for ${profile.id}, ${JSON.stringify(change)}`
        )
      }
    }
  }
  t.end()
})

t.test('a page goes on without a step that fails', t => {
  const { page, job } = readPage('news-article')
  const profile = profileOf('nav3')
  const names = stepsFor('page').map(({ step }) => step.name)
  let failed = 0
  for (const [at, name] of names.slice(1).entries()) {
    // A node that no step can read stands in the page while this one step runs.
    const mine = createElement('p')
    Object.defineProperty(mine, 'tagName', {
      get() {
        throw new Error('a node that breaks')
      }
    })
    const result = createPageConverter(knowledge)(job(profile), (placed, page) => {
      if (placed?.step.name === names[at]) append(page.body, mine)
      if (placed?.step.name === name) remove(mine)
    })
    t.same(
      result.failures.filter(failure => failure !== `${name}: a node that breaks`),
      [],
      `${name}: no other step fails`
    )
    failed += result.failures.length
    // Addresses are made by these two alone; an image without an address and a frame that stayed have no text.
    checkResult(
      t,
      result,
      profile,
      page.words.filter(word => word !== 'grey' && word !== 'returns'),
      `without ${name}`,
      name === 'plain-links' || name === 'plain-images' ? /^<\w+ (HREF|ACTION|SRC)> |\((R30|R39|R40)\)$/ : undefined
    )
  }
  t.ok(failed > names.length / 2, `${failed} steps failed and were passed over`)
  t.end()
})

t.test('a page of too many elements is refused while it is read', t => {
  const fonts = `<p>${times(150, at => `<font size=${at}>`)}${times(2_000, () => '<p>x')}`
  t.ok(fonts.length < 20_000, 'it is small')
  for (const markup of [fonts, times(100_001, () => '<br>'), `<template>${times(100_001, () => '<br>')}</template>`]) {
    const convert = (): unknown => convertPage(jobFor(Buffer.from(markup), profileOf('nav3')))
    t.throws(convert, { name: 'Failure', code: 'TOO_LARGE' })
  }
  t.end()
})

t.test('scripts and styles are passed over, wherever their ends are', t => {
  const pairs: ReadonlyArray<readonly [string, string]> = [
    ['a<script>b("<p>")</script>c', 'ac'],
    ['a<script>b="</scripty>"</SCRIPT\n>c', 'ac'],
    ['a<script><!-- <script> </script> b --></script>c', 'ac'],
    ['a<script><!-- b </script>c', 'ac'],
    ['a<script/>b</script>c', 'ac'],
    ['a<style>p > b { content: "</p>" }</style >c', 'ac'],
    ['a<svg><script>b</script><style>b</style></svg>c', 'a<svg></svg>c'],
    ['a<script>never ends', 'a'],
    ['a<!-- <script> -->b<p title="<script>">c</p>', 'ab<p title="&lt;script&gt;">c</p>'],
    ['a<textarea><script></textarea>b', 'a<textarea>&lt;script&gt;</textarea>b']
  ]
  for (const [markup, body] of pairs) t.equal(serialize(pageOf(markup).body), body, markup)
  t.end()
})

t.test('white space is left out where no browser shows it, and nowhere else', t => {
  t.equal(
    serialize(pageOf('<div> <p> a </p> <p>b</p> </div> c <b>d</b> <i>e</i>').body),
    '<div><p>a </p><p>b</p></div>c <b>d</b> <i>e</i>'
  )
  t.equal(serialize(pageOf('<pre><div> a</div> <div>\n</div></pre>').body), '<pre><div> a</div> <div>\n</div></pre>')
  t.end()
})

t.test('tag soup of all kinds gives a page', t => {
  const tags =
    'a b i p br hr h1 h2 ul ol li dl dt dd table caption tr td th tbody form input button select option textarea pre div span center font img blockquote address svg math title details summary noscript label fieldset legend sup ruby rt q map area object iframe video nav section article'.split(
      ' '
    )
  const attributes = [
    'href=x',
    'href="#n"',
    'id=n',
    'name=n',
    'src=y.gif',
    'alt="<z>"',
    'type=radio',
    'type=hidden',
    'value="é & ü"',
    'align=center',
    'hidden',
    'style="display:none"',
    'rowspan=3',
    'colspan=200',
    'usemap="#n"',
    'form=n',
    'width=300 height=200',
    'role=heading',
    'role=presentation'
  ]
  const below = random(20)
  const pick = (list: readonly string[]): string => list[below(list.length)]!
  for (let page = 0; page < 400; page++) {
    const markup = times(5 + below(60), () => {
      const kind = below(8)
      if (kind < 2) return pick(['word ', ' two words', 'é', '\u00A0', '<', ' ', '漢', '&amp;', '“x”'])
      if (kind === 2) return `</${pick(tags)}>`
      return `<${pick(tags)}${times(below(3), () => ` ${pick(attributes)}`)}>`
    })
    const profile = profileOf(pick(['nav3', 'mosaic', 'cern', 'html4', 'text', 'tiny', 'nav1', 'lite', 'pda']))
    const result = convertPage(jobFor(Buffer.from(markup), profile, { contentType: 'text/html; charset=utf-8' }))
    const problems = [...result.failures, ...checkPage(result.body, profile).problems]
    if (problems.length > 0) t.same({ problems, markup }, { problems: [], markup }, `page ${page} for ${profile.id}`)
  }
  t.end()
})

const convertHtml = (markup: string, id = 'nav3', changes: Partial<PageJob> = {}): PageResult =>
  convertPage(jobFor(Buffer.from(markup), profileOf(id), { contentType: 'text/html; charset=utf-8', ...changes }))
const sent = (result: PageResult): string => Buffer.from(result.body).toString('latin1')

const partsOf = (address = 'http://www.example.com/news/page.html'): Pick<PageJob, 'parts'> => ({
  parts: { address, number: 1 }
})

const problemsInParts = (markup: string, profile: Profile): PartProblems =>
  partProblems(jobFor(Buffer.from(markup), profile, { contentType: 'text/html; charset=utf-8' }))

/** Long pages whose parts are kept as golden files, one after another. */
const LONG_PAGES: Readonly<Record<string, string>> = {
  list: `<h1>Stations</h1><ul>${times(30, at => `<li>Station ${at} <ul><li>Platform of station ${at}</ul>`)}</ul><p>The end.`,
  'numbered-list': `<h1>Steps</h1><ol start=5>${times(90, at => `<li>Do what step ${at + 5} says`)}</ol>`,
  table: `<table border=1><caption>Trains</caption>${times(70, at => `<tr><th>Train ${at}<td>leaves at ${at}:00<td>from here`)}</table>`,
  pre: `<pre>${times(60, at => `line ${at}   of   a   listing\n`)}</pre><p>The end.`,
  places: `<p><a href="#far">Far below</a> <a href="#near">near</a></p><p id=near>Near.</p>${times(80, at => `<p>Paragraph ${at} stands between the two.`)}<h2 id=far>Far</h2><p><a href="#near">Back up</a>`,
  form: `<p>Before.</p><form action=/send method=post><input type=hidden name=key value=k1>${times(45, at => `<p>Question ${at}: <input name=q${at}></p>`)}<input type=submit value=Send></form><p>After.`,
  'short-form': `${times(26, at => `<p>Paragraph ${at} of a page with a short form.`)}<form action=/find><p>Find <input name=q> <select name=where><option>here<option>there</select></p><p>in <input name=r></p></form>${times(12, at => `<p>And more ${at}.`)}`
}

t.test('the paper of a screen', t => {
  const tv = displayOf('tv544')
  t.match(
    sent(convertHtml('<section>x', 'nav3', { display: tv })),
    `<BODY BGCOLOR="${tv.paper}" TEXT="#000000"`,
    'a television shows no pure white'
  )
  t.match(sent(convertHtml('<section>x', 'nav3')), '<BODY BGCOLOR="#FFFFFF" TEXT="#000000"')
  t.equal(
    imageOptionsFor({ profile: profileOf('nav3'), display: tv, why: '' }, {} as never, {}).background,
    tv.paper,
    'images lie on it'
  )
  t.end()
})

t.test('golden parts', t => {
  for (const [name, markup] of Object.entries(LONG_PAGES)) {
    for (const id of ['mosaic', 'nav3', 'cern']) {
      const profile = { ...profileOf(id), budget: { pageBytes: 1600, addressLength: 100 } }
      const { problems, count } = problemsInParts(markup, profile)
      t.same(problems, [], `${name} for ${id}`)
      t.ok(count > 1 || (id === 'cern' && /form/.test(name)), `${name} for ${id}: ${count} parts`)
      const { bodies } = convertPage({
        ...jobFor(Buffer.from(markup), profile, { contentType: 'text/html; charset=utf-8' }),
        ...partsOf()
      })
      matchesGolden(t, Buffer.concat(bodies.map(body => Buffer.from(body))), 'parts', `${name}.${id}.html`)
    }
  }
  const long = times(300, at => `<p>Paragraph ${at} of a long page.`)
  const { bodies, body } = convertHtml(long, 'tiny', {
    parts: { address: 'http://www.example.com/', number: 99 }
  })
  t.ok(bodies.length > 1)
  t.equal(body, bodies.at(-1), 'beyond the last is the last')
  t.equal(convertHtml(long, 'lite', partsOf()).bodies.length, 1, 'a page within the budget')
  t.ok(
    Buffer.from(convertHtml(long, 'lite', partsOf()).body).equals(Buffer.from(convertHtml(long, 'lite').body)),
    'is as it was'
  )
  t.equal(convertHtml(long, 'tiny').bodies.length, 1, 'nobody asked for parts')
  const linked = convertHtml(
    times(80, at => `<li><a href="/p${at}">Link ${at}</a>`),
    'tiny',
    partsOf()
  ).bodies.map(body => Buffer.from(body).toString())
  t.ok(linked.length > 3 && linked.every(body => body.split(' HREF=').length - 1 <= 25), 'Contiki holds 25 links')
  t.same(linked.join('').match(/Link\s\d+/g)?.length, 80, 'all of them are there')
  for (const address of ['http://x/', 'http://x/a?b=c', 'http://retrograde/read?url=x/']) {
    for (const part of [{ number: 2 }, { number: 12, formKey: '0123456789' }]) {
      const taken = takeHints(addPart(address, part))
      t.same([taken.address, partIn(taken.hints)], [address, part])
    }
    t.equal(partIn(takeHints(address).hints), undefined)
  }
  t.same(takeHints('http://x/?%7Epart=3'), { address: 'http://x/', hints: { part: '3' } }, 'as some browsers write it')
  t.end()
})

t.test('a page that only sends on', t => {
  const cases: ReadonlyArray<readonly [string, string | undefined]> = [
    ['0;url=/next', 'http://www.example.com/next'],
    ['0; URL="/next?a=1&amp;b=ä"', 'http://www.example.com/next?a=1&b=%C3%A4'],
    ["5, url = 'https://other.example'", 'http://other.example/'],
    ['1 /bare', 'http://www.example.com/bare'],
    ['0.9;url=x', 'http://www.example.com/news/x'],
    ['6;url=/later', undefined],
    ['0', undefined],
    ['0;url=', undefined],
    ['0;url=page.html', undefined],
    ['0;url=javascript:x()', undefined],
    ['0;url=data:text/html,x', undefined],
    ['soon;url=/x', undefined],
    ['-1;url=/x', undefined]
  ]
  for (const [content, redirect] of cases)
    t.equal(
      convertHtml(`<meta http-equiv=refresh content='${content.replaceAll("'", '&#39;')}'>`).redirect,
      redirect,
      content
    )
  t.match(
    sent(convertHtml('<meta http-equiv=Refresh content="30; url=https://other.example/x"><p>y')),
    '<A HREF="http://other.example/x">[This page goes on to other.example]</A>'
  )
  t.equal(
    convertHtml('<meta http-equiv=refresh content="0;url=/next">', 'nav3', { gateway: 'http://proxy.lan/' }).redirect,
    'http://proxy.lan/http://www.example.com/next'
  )
  t.equal(
    convertHtml('<meta http-equiv=refresh content="0;url=/next">', 'nav3', { view: 'portal' }).redirect,
    undefined,
    'a page of our own stays'
  )
  t.end()
})

t.test('what a page hands out beside its bytes', t => {
  const drawing = '<svg width=200 height=100 role=img aria-label="A map"><rect/><text>x</text></svg>'
  const result = convertHtml(
    `<!doctype html><p>${drawing}${drawing}<img src="data:image/png;base64,${'iVBORw0KGgoA'.repeat(10)}" alt=dot>`
  )
  t.equal(result.images.length, 2, 'an image that is there twice is handed out once')
  for (const { path, bytes } of result.images) {
    t.match(path, /^\/inline\/[0-9a-f]{20}\.gif$/)
    t.ok(sent(result).includes(`<IMG SRC="${PORTAL}${path}`), 'and the page shows it')
    t.ok(bytes.length > 60)
  }
  t.match(sent(result), /\| fetched \d+ (KB|bytes) in 1 request, sent \d+ (KB|bytes)</)
  t.notMatch(sent(result), /retrograde-bytes-sent/)
  t.same(convertHtml('<p>x').images, [])
  t.end()
})

t.test('the size that a page says is its own', t => {
  for (let length = 0; length < 60; length++) {
    const { body } = convertHtml(`<section><p>${'x'.repeat(600 + length)}</section>`)
    const said = /sent (\d+) bytes/.exec(Buffer.from(body).toString())?.[1]
    t.ok(
      said === undefined ? body.length >= 1015 : Math.abs(Number(said) - body.length) <= (body.length < 1010 ? 0 : 10),
      `${said ?? '1 KB'}: ${body.length} bytes`
    )
  }
  const parts = convertHtml(
    times(400, at => `<section><p>Line ${at} of many.</section>`),
    'tiny',
    partsOf()
  ).bodies
  const total = parts.reduce((sum, { length }) => sum + length, 0)
  t.match(
    Buffer.from(parts[0]!).toString(),
    new RegExp(`sent ${Math.round(total / 1024)} KB in ${parts.length} parts`),
    'the parts together'
  )
  t.end()
})

t.test('our own pages have nothing added', t => {
  const result = convertHtml(
    `<title>Settings</title><body><h1>Settings</h1><form action="${PORTAL}/settings" method=post><input name=a><input type=submit value=Save></form>${times(30, at => `<a href="${PORTAL}/${at}">Choice ${at}</a> `)}`,
    'mosaic',
    { view: 'portal', url: `${PORTAL}/settings` }
  )
  checkResult(t, result, profileOf('mosaic'), ['Settings', 'Choice'], 'an own page')
  t.notMatch(sent(result), /Original source|Site menu/)
  t.end()
})

t.test('the & of an address', t => {
  const cases: ReadonlyArray<readonly [Ampersand, string, string]> = [
    ['raw', 'http://x/?a=1&copy=2&#x', 'http://x/?a=1&%63opy=2&#%78'],
    ['raw', 'http://x/?a=1&2=3&=4&&Z&#5&_&', 'http://x/?a=1&2=3&=4&&%5A&#%35&_&'],
    ['escaped', 'http://x/?a=1&copy=2&z', 'http://x/?a=1&amp;copy=2&amp;z'],
    ['escaped', 'http://x/', 'http://x/'],
    ['raw', 'http://x/', 'http://x/']
  ]
  for (const [ampersand, address, expected] of cases)
    t.equal(addressValue(address, ampersand), expected, `${ampersand}: ${address}`)
  for (const address of ['http://x/?a=1&copy=2&Z=3&9&z&A', 'http://x/?a&#top', 'http://x/?%63=1', 'http://x/'])
    t.equal(restoreReferences(hideReferences(address)), address, `and back: ${address}`)
  for (const [sent, wanted] of [
    ['http://x/?q=1&~=OK', 'http://x/?q=1'],
    ['http://x/?~=OK', 'http://x/'],
    ['http://x/?~=OK&q=1', 'http://x/?q=1'],
    ['http://x/?q=1&~=Go+on&r=2', 'http://x/?q=1&r=2'],
    ['http://x/?~300x200', 'http://x/?~300x200'],
    ['http://x/~ken/?a=~', 'http://x/~ken/?a=~']
  ] as const)
    t.equal(restoreReferences(sent), wanted, `a button without a name: ${sent}`)
  t.equal(
    restoreReferences('http://x/?a&%26=1&%41&%60&%5B&%7b'),
    'http://x/?a&%26=1&A&%60&%5B&%7b',
    'nothing but letters is restored'
  )
  t.end()
})

t.test('addresses that are too long for a client', t => {
  const told: string[] = []
  const shorten = (address: string, gateway = '', portal = PORTAL): string =>
    createShortener(100, { portal, gateway, addressSecret: 'secret' }, ({ address }) => told.push(address))(address)
  const long = `http://site.test/${'x'.repeat(100)}`
  const key = shortKey(long, 'secret')
  t.not(shortKey(long, 'other'), key, 'who lacks the secret cannot work it out')
  t.match(key, /^[0-9a-hjkmnp-tv-z]{12}$/)
  t.equal(shorten('http://site.test/short'), 'http://site.test/short')
  t.equal(
    shorten(`http://site.test/?${'a&'.repeat(40)}`).replace(/~.*/, '~'),
    `${PORTAL}/~`,
    'counted as it is written'
  )
  t.equal(shorten(long), `${PORTAL}/~${key}`)
  t.equal(shorten(`${long}#place`), `${PORTAL}/~${key}#place`)
  t.equal(shorten(`${long}#${'y'.repeat(100)}`), `${PORTAL}/~${key}`)
  t.equal(shorten(`http://site.test/#${'y'.repeat(100)}`), 'http://site.test/')
  t.equal(shorten(`#${'y'.repeat(200)}`), `#${'y'.repeat(200)}`, 'a place in this page')
  t.equal(
    shorten(`http://proxy:8080/${long}`, 'http://proxy:8080/', 'http://proxy:8080'),
    `http://proxy:8080/~${key}`,
    'the same key for a client without a proxy setting'
  )
  for (const view of ['read', 'menu'])
    t.equal(shorten(`${PORTAL}/${view}?url=${long.slice(7)}`), `${PORTAL}/${view}?url=retrograde/~${key}`)
  t.equal(shorten(`${PORTAL}/settings?${'a'.repeat(200)}`), `${PORTAL}/settings?${'a'.repeat(200)}`)
  t.equal(shorten(`mailto:a@site.test?body=${'x'.repeat(100)}`), 'mailto:a@site.test')
  for (const address of told.slice(1)) t.equal(address, long)
  t.equal(keyInPath(`/~${key.toUpperCase()}`), key, 'as it may be typed')
  t.equal(keyInPath('/~OlI0000000'), '0110000000')
  t.equal(keyInPath('/~user'), undefined)
  const many = convertHtml(
    times(20_000, at => `<a href="${long}${at}">${at}</a> `),
    'tiny',
    { profile: { ...profileOf('tiny'), budget: { pageBytes: 10_000_000, addressLength: 100 } } }
  )
  t.equal(many.addresses.length, 2000, 'bounded')
  t.notMatch(sent(many), /site\.test/)
  t.equal(convertHtml(`<a href="${long}">x</a>`).addresses.length, 0, 'not too long for this one')
  t.end()
})

t.test('what Contiki cannot read is spelt otherwise', t => {
  const tiny = (markup: string): string =>
    sent(convertHtml(markup, 'tiny', { choices: { images: 'off', originalSource: 'off' } })).replace(
      /^[^]*<BODY>\n|\n<\/BODY>[^]*$/g,
      ''
    )
  t.equal(tiny('<p>AT&amp;T, R &amp; D, a&amp;&amp;b &lt;c&gt; &amp;'), '<P>AT and T, R & D, a and and b (c) and')
  t.equal(
    tiny('<p>before</p><pre>one\n  two\n\nthree <b>bold</b>\n</pre>after'),
    '<P>before\n<P>one<BR>\ntwo<BR><BR>\nthree bold\n<P>after',
    'lines of PRE stay lines'
  )
  t.equal(tiny('<ul><li>a<li>b</ul>after'), '<UL>\n<LI>a\n<LI>b</UL>\n<P>after', 'a list ends with a line')
  t.end()
})

t.test('candidates of a srcset', t => {
  const addresses = (srcset: string): string[] => parseSrcset(srcset).map(({ address }) => address)
  t.same(addresses('a.jpg 1x, b.jpg 2x'), ['a.jpg', 'b.jpg'])
  t.same(addresses('a.jpg'), ['a.jpg'])
  t.same(addresses(' a,b.jpg 100w ,\n c,d,e.jpg 200w, '), ['a,b.jpg', 'c,d,e.jpg'])
  t.same(addresses('a.jpg, b.jpg 2x'), ['a.jpg', 'b.jpg'])
  t.same(addresses('/i/w=100,h=5/a.jpg 100w 50h, /i/w=200,h=9/a.jpg 200w'), [
    '/i/w=100,h=5/a.jpg',
    '/i/w=200,h=9/a.jpg'
  ])
  t.same(addresses(''), [])
  t.same(
    addresses(',, a.jpg,, b.jpg 2x (1, 2), c.jpg 1x, d.jpg 3y, e.jpg'),
    ['a.jpg', 'c.jpg', 'e.jpg'],
    'one with a descriptor that nobody knows is none'
  )
  const widths = parseSrcset('s.jpg 300w, m.jpg 600w, l.jpg 1200w')
  for (const [wanted, address] of [
    [1, 's.jpg'],
    [300, 's.jpg'],
    [301, 'm.jpg'],
    [580, 'm.jpg'],
    [5000, 'l.jpg']
  ] as const)
    t.equal(bestCandidate(widths, wanted)?.address, address, `${wanted} pixels`)
  t.equal(bestCandidate(parseSrcset('two.jpg 2x, one.jpg'), 600)?.address, 'one.jpg', 'the least dense')
  t.equal(bestCandidate(parseSrcset('spacer.gif 1x, real.jpg 2x'), 600)?.address, 'real.jpg')
  t.equal(bestCandidate([], 600), undefined)
  for (const address of [
    undefined,
    '',
    ' ',
    '#',
    'about:blank',
    'data:image/gif;base64,R0lGODlhAQABAAAAACw=',
    '/img/spacer.gif',
    'x/lazy-loading.svg',
    'transparent.png?v=2',
    '/blank/lazy.png',
    'blank.gif?from=a/b'
  ])
    t.ok(isPlaceholder(address), String(address))
  for (const address of [
    '/blank-verse.html',
    'photo.jpg',
    '/clearly.png',
    'emptying.jpeg',
    '/blank/photo.jpg',
    '/blank.gif/photo.jpeg2',
    'photo.gif?blank'
  ])
    t.notOk(isPlaceholder(address), address)
  t.end()
})

t.test('the size at the end of an address', t => {
  for (const address of ['http://x/a.gif', 'http://x/a.gif?b=c', 'http://x/a.gif?~weird']) {
    const hinted = addSizeHint(address, 300, 200)
    t.same(takeSizeHint(hinted), { address, size: { width: 300, height: 200 } })
    t.equal(addSizeHint(hinted, 10, 20), addSizeHint(address, 10, 20), 'it is replaced')
    t.same(takeSizeHint(address), { address, size: undefined })
  }
  t.equal(addSizeHint('http://x/a.svg#layer', 1, 2), 'http://x/a.svg?~1x2')
  t.equal(addSizeHint('http://x/a.gif?b', 20, 0), 'http://x/a.gif?b&~20x', 'one side')
  t.equal(addSizeHint('http://x/a.gif?~20x', 0, 42), 'http://x/a.gif?~x42')
  t.same(takeSizeHint('http://x/a.gif?~20x'), { address: 'http://x/a.gif', size: { width: 20, height: 0 } })
  t.same(takeSizeHint('http://x/a.gif?~x42'), { address: 'http://x/a.gif', size: { width: 0, height: 42 } })
  for (const address of ['?~x', '?~0x', '?~x0', '?~020x', '?~20000x', '?~20x%20', '?~+20x', '?~20x?'])
    t.same(takeSizeHint(address), { address, size: undefined }, address)
  t.end()
})
