import { join } from 'node:path'
import t from 'tap'
import { OWN_RULES } from '../../../../src/clients/rules.js'
import { unreadFiles } from '../../../../src/config/layers/unread-files.js'
import { runCommand } from '../../../helpers/run-command.js'

t.test("what nothing reads in the folder of one's own is told", async t => {
  const own = t.testdir({
    'blocked.txt': '',
    'bookmarks.yaml': '[]\n',
    'foo.yaml': '',
    '.notes': '',
    sites: { 'example.org.yaml': '', 'example.net.yml': '', '.swp': '' },
    sitez: {},
    feeds: 'a file'
  })
  t.strictSame(unreadFiles({ shipped: OWN_RULES, own }), [
    `${join(own, 'feeds')}: a file and a folder are two things`,
    `${join(own, 'foo.yaml')}: nothing reads it`,
    `${join(own, 'sites', 'example.net.yml')}: nothing reads it: names end in .yaml`,
    `${join(own, 'sitez')}: nothing reads it; did you mean sites?`
  ])
  t.strictSame(unreadFiles(OWN_RULES), [])
})

t.test('and the command check says so', async t => {
  const own = t.testdir({ 'bookmark.yaml': '' })
  t.match(await runCommand('check', '--own', own), {
    status: 0,
    stderr: 'bookmark.yaml: nothing reads it; did you mean bookmarks.yaml?'
  })
})
