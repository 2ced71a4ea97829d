import { join } from 'node:path'
import t from 'tap'
import { OWN_RULES } from '../../../../src/clients/rules.js'
import { readBlockText } from '../../../../src/guard/lists/block-text.js'
import { createBlockList, loadBlockList } from '../../../../src/guard/blocked.js'

const list = `[Adblock Plus 2.0]
! Title: a list
# a remark
127.0.0.1 localhost
::1 ip6-localhost
0.0.0.0 ads.test more.ads.test # both
plain.test
||easy.test^
||easy-paths.test/banners/
||important.test^$important
||third.test^$third-party
/banner/*/img^
example.test##.ad
||kept.test^
@@||kept.test^
`

t.test('hosts files, lists of hosts, and the rules of EasyList that a proxy can tell', async t => {
  const { rules, passedOver } = readBlockText(list, 'It is in a list.')
  t.equal(passedOver, 3, 'what asks and what a page looks like is not known')
  const blocked = createBlockList(rules)
  const reason = (address: string): string | undefined => blocked.reasonFor(new URL(address))
  for (const address of [
    'http://ads.test/',
    'http://www.ads.test/x',
    'http://plain.test/',
    'http://cdn.EASY.test/a',
    'http://easy-paths.test/banners/1.gif',
    'http://important.test/'
  ])
    t.equal(reason(address), 'It is in a list.', address)
  for (const address of [
    'http://localhost/',
    'http://easy-paths.test/',
    'http://third.test/',
    'http://example.test/banner/1/img',
    'http://kept.test/',
    'http://notads.test/',
    'http://test/'
  ])
    t.equal(reason(address), undefined, address)
})

t.test('a list of a hundred thousand hosts is read and searched at once', async t => {
  const text = Array.from({ length: 100_000 }, (_, at) => `0.0.0.0 host-${at}.ads.test`).join('\n')
  const blocked = createBlockList(readBlockText(text, '').rules)
  t.equal(blocked.size, 100_000)
  t.equal(blocked.reasonFor(new URL('http://a.host-99999.ads.test/')), '')
  t.equal(blocked.reasonFor(new URL('http://ads.test/')), undefined)
})

t.test('files by their names, and our own list of trackers', async t => {
  const folder = t.testdir({ hosts: '0.0.0.0 ads.test\n', 'wrong.txt': 'this is\nno list\n' })
  const listed = loadBlockList(OWN_RULES, { more: join(folder, 'hosts') })
  t.equal(listed.reasonFor(new URL('http://ads.test/')), 'It is in the list hosts.')
  t.throws(
    () => loadBlockList(OWN_RULES, { more: join(folder, 'wrong.txt') }),
    /wrong\.txt: nothing in it is understood/
  )
  t.throws(() => loadBlockList(OWN_RULES, { more: join(folder, 'none.txt') }), /none\.txt: there is no such file/)
  const address = new URL('http://stats.g.doubleclick.net/')
  t.equal(listed.reasonFor(address), undefined)
  t.match(loadBlockList(OWN_RULES, { more: '', trackers: true }).reasonFor(address), /setting blockTrackers/)
})
