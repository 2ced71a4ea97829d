import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { runCommand } from '../helpers/run-command.js'
import { parse } from 'yaml'
import { samplesOf } from '../../src/clients/pattern-samples.js'
import { loadClientRules, OWN_RULES } from '../../src/clients/rules.js'
import { rulePattern } from '../../src/config/read-rules.js'

/** What a command prints; its exit code is 0. */
t.test('names of browsers that a pattern matches', async t => {
  for (const [source, some] of [
    ['^Mozilla/3', 'Mozilla/3'],
    ['^(?=.*MSIE [45]).*Mac', 'MSIE 4Mac'],
    ['iCab[ /](J/)?(Pre)?[12]\\b', 'iCab J/Pre1'],
    ['NCSA[ _]Mosaic(\\(tm\\))?/3', 'Mozilla/4.0 (compatible; NCSA_Mosaic/3)'],
    ['\\bCAB\\b', 'x (x; CAB; x)'],
    ['^(?!Mozilla)Op\\w+/\\d', 'Op0/0']
  ] as const) {
    const samples = samplesOf(rulePattern(source))
    t.ok(samples.includes(some), `${source}: ${samples.slice(0, 4).join(' | ')}`)
    t.ok(samples.every(sample => rulePattern(source).test(sample)))
  }
  t.strictSame(samplesOf(rulePattern('a(?!.*)')), [], 'of one that matches nothing there is none')
  const many = samplesOf(rulePattern('(a|b|c)?(a|b|c)?(a|b|c)?(a|b|c)?(a|b|c)?(a|b|c)?(a|b|c)?(a|b|c)?(a|b|c)?'))
  t.ok(many.length > 300 && many.length < 2000, 'of one that matches a great many there are some')
})

t.test('lines of rules/clients/ that are not reached, and examples that are wrong', async t => {
  const folder = join(t.testdir(), 'rules')
  cpSync(OWN_RULES, folder, { recursive: true })
  const file = join(folder, 'clients', '95-late.yaml')
  const checked = async (...lines: readonly string[]): Promise<string> => {
    writeFileSync(file, lines.map(line => `- { profile: nav1, display: col256, ${line} }\n`).join(''))
    const { stdout, stderr } = await runCommand('check', '--rules', folder)
    return (stdout + stderr).replaceAll(`${folder}/clients/`, '')
  }
  t.match(
    await checked("name: Grail again, match: 'Grail/[01]'", "name: Quux, match: 'Quux'"),
    /^retrograde: 95-late\.yaml, line 1, 0\.match: Grail again is never reached: [^(]*Grail[^(]*\(60-others\.yaml, line \d+, \d\) comes first, with "Grail\/0" for one\. An example would show what it is for\n$/
  )
  t.match(
    await checked("name: Quux, match: 'Quux', examples: ['Quux/1', 'Mozilla/3.0 (Quux)', 'Qux']"),
    /^retrograde: 95-late\.yaml, line 1, 0\.examples\.1: "Mozilla\/3\.0 \(Quux\)" is not Quux: it is Netscape 3 \(90-netscape\.yaml, line \d+, \d\)\n95-late\.yaml, line 1, 0\.examples\.2: "Qux" is not Quux: no line matches it\n$/
  )
  const out = await checked("name: Quux, match: '(Mozilla|Quux)/3', examples: ['Quux/3']")
  t.match(out, /and the settings are right\.\n$/, 'a line that is reached by some of its names is right')
})

t.test('a profile as it is in the end, each value with its file', async t => {
  const { profiles } = loadClientRules()
  for (const [id, { id: _, ...fields }] of profiles) {
    const text = (await runCommand('profile', id)).stdout
    t.strictSame(parse(text), fields, `${id}: what is printed is YAML of what is used`)
  }
  const nav3 = (await runCommand('profile', 'nav3')).stdout
  t.match(nav3, /^# nav3\.yaml over nav1\.yaml over mosaic\.yaml over cern\.yaml\n/)
  for (const line of [/^ {2}DIV: \[ALIGN\] +# nav3\.yaml:5$/m, /^ {2}TITLE: \[\] +# cern\.yaml:\d+$/m])
    t.match(nav3, line)
  t.match(await runCommand('profile', 'nav4'), { status: 1, stderr: /profile takes one of these names: cern, / })
  t.match(await runCommand('profile'), { status: 2, stderr: /missing required argument 'name'/ })
})
