import t, { type Test } from 'tap'
import { OWN_RULES } from '../../../src/clients/rules.js'
import { loadEditions, type Edition } from '../../../src/news/editions.js'
import { OWN_EDITION } from '../../../src/news/own-edition.js'
import { pickEdition } from '../../../src/news/pick-edition.js'
import { checkPage } from '../../helpers/check-page.js'
import { get, type Answer, type Browser, type GetOptions } from '../../helpers/client.js'
import { profileOf } from '../../helpers/context.js'
import { startOrigin } from '../../helpers/origin.js'
import { startProxy } from '../../helpers/proxy.js'

// Which edition of the news a person gets.

const editions = loadEditions(OWN_RULES)
const picked = (acceptLanguage: string | undefined, first = 'us', chosen?: string): string =>
  pickEdition({ editions, firstEdition: editions.get(first)! }, OWN_EDITION, { chosen, acceptLanguage }).id

t.test('by what a browser says of languages', async t => {
  const cases: ReadonlyArray<readonly [string | undefined, string, string?]> = [
    [undefined, 'us'],
    ['', 'us'],
    ['en', 'us'],
    ['en-GB', 'gb'],
    ['EN-gb, en;q=0.5', 'gb'],
    ['de', 'de'],
    ['de-AT,de;q=0.9', 'at'],
    ['de-CH', 'ch'],
    ['fr-CA', 'ca-fr'],
    ['en-CA', 'ca'],
    ['fr-CH', 'ch-fr'],
    ['nl-BE', 'be-nl'],
    ['pt', 'br'],
    ['pt-PT', 'pt'],
    ['es', 'es'],
    ['es-MX', 'mx'],
    ['es-PE', 'es'],
    ['ja', 'jp'],
    ['ja-JP', 'jp'],
    ['ko', 'kr'],
    ['zh-TW', 'tw'],
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['nb-NO', 'no'],
    ['ar', 'me'],
    ['iw', 'il'],
    ['en-IN', 'in'],
    ['de;q=0.5, fr;q=0.9', 'fr'],
    ['de;q=0, fr;q=0.1', 'fr'],
    ['xx, sv;q=0.1', 'se'],
    ['*', 'us'],
    ['tlh', 'us'],
    ['-, ;;q=, %%, a-b-c, de;q=x', 'de'],
    [`${'x,'.repeat(1000)}de`, 'us'],
    ['en', 'gb', 'gb'],
    ['en', 'us', 'de'],
    ['en-AU', 'au', 'gb'],
    ['en-ZW', 'gb', 'gb'],
    ['tlh', 'jp', 'jp'],
    ['de', 'at', 'at']
  ]
  for (const [header, expected, first] of cases)
    t.equal(picked(header, first), expected, `${header?.slice(0, 40) ?? 'nothing'}, ${first ?? 'us'}`)
  for (const edition of editions.values()) t.ok(editions.has(picked(edition.language, 'us')), edition.id)
})

t.test("what was chosen, and feeds of one's own, come first", async t => {
  t.equal(picked('de', 'us', 'jp'), 'jp')
  t.equal(picked('de', 'us', 'gone'), 'de', 'an edition that there is no more')
  const own: Edition = { ...editions.get('us')!, id: OWN_EDITION }
  const all = new Map([[OWN_EDITION, own], ...editions])
  const pick = (chosen: string | undefined, first: Edition): string =>
    pickEdition({ editions: all, firstEdition: first }, OWN_EDITION, { chosen, acceptLanguage: 'de' }).id
  t.same(
    [
      pick(undefined, own),
      pick('jp', own),
      pick(undefined, editions.get('gb')!),
      pick(OWN_EDITION, editions.get('gb')!)
    ],
    [OWN_EDITION, 'jp', 'de', OWN_EDITION]
  )
})

const origin = await startOrigin(t, undefined)
const proxy = await startProxy(t, { 'upstream-proxy': `http://127.0.0.1:${origin.port}/`, conversions: 1 })
const visit = (address: string, options: GetOptions = {}): Promise<Answer> =>
  get(proxy.port, `http://retrograde${address}`, options)

function seen(t: Test, answer: Answer, browser: Browser = 'mosaic'): string {
  const { problems, text } = checkPage(answer.body, profileOf(browser))
  t.same(problems, [], `valid for ${browser}`)
  return text
}

t.test('an edition is kept for a machine', async t => {
  const me: GetOptions = { from: '127.0.0.81', browser: 'mosaic' }
  const other: GetOptions = { from: '127.0.0.82', browser: 'mosaic' }
  const german = ['Accept-Language: de']
  t.match(seen(t, await visit('/news', me)), /USA? (news|Edition)/)
  t.match(seen(t, await visit('/news', { ...me, headers: german })), /Germany news|Deutschland news/)
  const list = await visit('/editions', me)
  t.match(seen(t, list), /Japan .*United States \(yours\)/)
  const [, path = ''] =
    /HREF="http:\/\/retrograde(\/editions\?token=[0-9a-f]{16}&(?:amp;)?keep=jp)"/.exec(list.text) ?? []
  const forged = await visit(path.replace('&amp;', '&'), other)
  t.match(seen(t, forged), /Choose your edition/, 'the token of another machine is no good')
  t.match(seen(t, await visit('/news', other)), /USA? (news|Edition)/)
  const kept = await visit(path.replace('&amp;', '&'), me)
  t.same([kept.status, kept.headers.location], [302, 'http://retrograde/news?edition=jp'])
  for (const headers of [[], german])
    t.match(seen(t, await visit('/news', { ...me, headers })), /Japan Edition|Japan news/, 'whatever the browser says')
  t.match(seen(t, await visit('/news?edition=gb', me)), /UK Edition/, 'another one for once')
  t.match(seen(t, await visit('/editions', me)), /Japan \(Japanese\) \(yours\).*Back to the Japan front page/)

  const settings = await visit('/settings', me)
  t.match(seen(t, settings), /News: Japan Edition <?\(?Change/)
  const token = /VALUE="?([0-9a-f]{16})/.exec(settings.text)?.[1] ?? ''
  await visit(`/settings?token=${token}&images=off`, me)
  t.match(seen(t, await visit('/news', me)), /Japan news/, 'other choices leave it')
  await visit(path.replace('&amp;', '&').replace('keep=jp', 'keep=gb'), me)
  t.match((await visit('/settings', me)).text, /VALUE="?off"? SELECTED/, 'and it leaves them')
  for (const bad of ['xx', '', '../us', '__proto__'])
    t.match(seen(t, await visit(`/editions?token=${token}&keep=${bad}`, me)), /UK|United Kingdom \(yours\)/)
})

t.test('the list in every kind of browser', async t => {
  for (const [browser, path] of [
    ['mosaic', '/editions'],
    ['nav3', '/editions'],
    ['html4', '/editions'],
    ['text', '/editions'],
    // The last of its parts
    ['tiny', '/editions?~part=9']
  ] as const) {
    const answer = await visit(path, { browser })
    t.match(seen(t, answer, browser), /United Kingdom/)
    t.ok(answer.body.length < 8192, `${browser}: ${answer.body.length} bytes`)
  }
})
