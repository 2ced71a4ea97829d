import { join } from 'node:path'
import t from 'tap'
import { OWN_RULES } from '../../../../src/clients/rules.js'
import { readConfig } from '../../../../src/config/config.js'
import { overlaid } from '../../../../src/config/layers/rules-folder.js'
import { readAllRules } from '../../../../src/rules/rules-in-use.js'
import { loadFallbacks } from '../../../../src/workers/load-fallbacks.js'
import { runCommand } from '../../../helpers/run-command.js'

t.test('an own entry stands in the place of ours of its name, others before ours', async t => {
  t.strictSame(overlaid([{ id: 'a' }, { id: 'b', x: 1 }], [{ id: 'b', x: 2 }, { id: 'c' }]), [
    { id: 'c' },
    { id: 'a' },
    { id: 'b', x: 2 }
  ])
  t.strictSame(overlaid({ a: 1, b: 1 }, { b: 2 }), { a: 1, b: 2 })
})

t.test('a folder of own things beside ours', async t => {
  const own = t.testdir({
    sites: {
      'example.org.yaml': '- remove: [.bar]\n',
      'wikipedia.org.yaml': '- why: mine\n  untouched: true\n'
    },
    clients: { '05-mine.yaml': "- { name: Mine, match: '^Mine/', profile: tiny, display: mine }\n" },
    charsets: { 'fallbacks.yaml': '"☃": "(snowman)"\n' },
    feeds: {
      'xx.yaml':
        'name: Mine\ntitle: My country\nlanguage: en\nzone: UTC\nsections:\n  top:\n    - { name: A, feed: http://a.test/ }\n'
    },
    'displays.yaml':
      "mine: { title: 'Mine', width: 300, height: 200, palette: mono, dither: atkinson, jpeg: false, imageBytes: 10240, pageImageBytes: 36864 }\n",
    'bookmarks.yaml': '- { title: Mine, address: http://mine.test/ }\n',
    'search-engines.yaml': '- { name: Mine, hosts: [search.test], paths: [/], query: q }\n',
    'setup.yaml': "- { id: nav3, title: My Netscape, match: '^Mozilla/3', steps: [do it], source: memory }\n",
    'blocked.txt': '||ads.test^\n'
  })
  const config = readConfig(['--own', own, '--untouched', 'plain.test,heise.de'], {})
  const [rules, ours] = [readAllRules(config), readAllRules(readConfig([], {}))]
  t.strictSame(rules.sites.find(new URL('http://example.org/'))?.remove, ['.bar'], 'no reason is asked for')
  t.match(rules.sites.find(new URL('http://en.wikipedia.org/')), { why: 'mine', untouched: true })
  t.match(rules.sites.find(new URL('http://www.plain.test/a')), { untouched: true })
  t.match(
    rules.sites.find(new URL('http://heise.de/a')),
    { site: 'heise.de', untouched: true },
    'before a rule of ours'
  )
  t.ok(rules.sites.find(new URL('http://bbc.com/')), 'ours are there as well')
  t.equal(rules.clients.clients[0]?.name, 'Mine')
  t.equal(rules.clients.clients[0]?.display.id, 'mine')
  t.equal(rules.clients.clients.length, ours.clients.clients.length + 1)
  t.strictSame(rules.portalRules.bookmarks, [{ title: 'Mine', address: 'http://mine.test/' }])
  t.equal(rules.portalRules.setup.find(({ id }) => id === 'nav3')?.title, 'My Netscape')
  t.equal(rules.portalRules.setup.length, ours.portalRules.setup.length)
  t.equal(rules.engines[0]?.name, 'Mine')
  t.equal(rules.news.editions.get('xx')?.title, 'My country')
  t.ok(rules.news.editions.has('us'))
  t.equal(rules.blocked.reasonFor(new URL('http://ads.test/')), 'It is in the list blocked.txt.')
  t.equal(loadFallbacks({ shipped: OWN_RULES, own }).get('☃'), '(snowman)')
  t.match(await runCommand('check', '--own', own), { status: 0, stdout: /the settings are right/ })
})

t.test('mistakes in it are told as those in ours', async t => {
  const own = t.testdir({ sites: { 'example.org.yaml': '- removes: [.bar]\n' } })
  t.throws(() => readAllRules(readConfig(['--own', own], {})), /example\.org\.yaml, line 1, 0\.removes/)
  t.throws(() => readAllRules(readConfig(['--own', join(own, 'none')], {})), /^own: there is no folder/)
})
