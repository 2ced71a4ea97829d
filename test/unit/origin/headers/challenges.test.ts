import t from 'tap'
import { challengesOf } from '../../../../src/origin/headers/challenges.js'

t.test('the ways in which a site asks for a password', t => {
  const told = (field: string | string[] | undefined): string =>
    challengesOf(field)
      .map(({ scheme, realm }) => `${scheme}:${realm}`)
      .join(' ')
  for (const [field, all] of [
    [undefined, ''],
    ['', ''],
    ['Basic', 'basic:'],
    ['BASIC Realm=Club', 'basic:Club'],
    ['Basic realm="a, b", charset="UTF-8"', 'basic:a, b'],
    ['Basic charset="UTF-8", realm="Members"', 'basic:Members'],
    ['Digest qop="auth", realm="basic members", nonce="Basic x"', 'digest:basic members'],
    ['Negotiate, Basic realm = "x"', 'negotiate: basic:x'],
    ['Negotiate YII=, NTLM', 'negotiate: ntlm:'],
    [['Negotiate', 'NTLM', 'Basic realm="x"'], 'negotiate: ntlm: basic:x'],
    ['Basic realm="Zugang f\xc3\xbcr G\xc3\xa4ste"', 'basic:Zugang fur Gaste'],
    ['Basic realm="open', 'basic:open']
  ] as const)
    t.equal(told(field as never), all, String(field))
  t.equal(challengesOf('Basic, '.repeat(1000)).length, 20)
  t.end()
})
