import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { loadFallbacks } from '../../src/workers/load-fallbacks.js'
import { loadClientRules, OWN_RULES } from '../../src/clients/rules.js'
import { diffLines } from '../../src/commands/explain/diff-lines.js'
import { configurationReference } from '../../src/commands/settings/settings-table.js'
import { ConfigError, readConfig, resolveSettings } from '../../src/config/config.js'
import { COMMANDS } from '../../src/commands/commands.js'
import { SETTING_GROUPS } from '../../src/config/setting-groups.js'
import { flagOf, variableOf } from '../../src/config/setting-names.js'
import type { Setting } from '../../src/config/setting-values.js'
import { SETTINGS } from '../../src/config/settings.js'
import { PROGRAM, ROOT } from '../helpers/root.js'
import { runCommand } from '../helpers/run-command.js'

/** What a mistake is answered with. */
function problem(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'no problem'
}

t.test('a flag beats the environment, the environment beats the file', async t => {
  const folder = t.testdir({
    'settings.yaml': 'port: 1001\nimages: off\nallowHosts: [nas, 10.0.0.9]\nconnectTimeoutSeconds: 7\nname: from-file\n'
  })
  const file = join(folder, 'settings.yaml')
  const config = readConfig(['--config', file, '--port', '1003'], {
    RETROGRADE_PORT: '1002',
    RETROGRADE_NAME: 'from-environment',
    RETROGRADE_IMAGES: ''
  })
  t.match(config, {
    port: 1003,
    name: 'from-environment',
    images: 'off',
    allowHosts: ['nas', '10.0.0.9'],
    connectTimeoutSeconds: 7,
    originalSource: 'bottom'
  })
  t.equal(readConfig([], { RETROGRADE_CONFIG: file }).port, 1001, 'the file may be named by the environment')
  t.equal(readConfig(['--config', file], { RETROGRADE_CONFIG: '/missing.yaml' }).port, 1001, 'a flag beats that too')
  t.equal(readConfig([], { RETROGRADE_DATA_DIR: '' }).dataDir, '', 'an empty folder is said: nothing is kept')
  t.ok(Object.isFrozen(config))
  const defaults = readConfig([], {})
  for (const [name, setting] of Object.entries(SETTINGS))
    t.strictSame(defaults[name as keyof typeof SETTINGS], setting.default, `${name} has its default`)
})

t.test('every setting is a flag, a variable and a key', async t => {
  const folder = t.testdir()
  for (const [name, setting] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const value =
      setting.kind === 'integer'
        ? String(setting.least)
        : setting.choices !== undefined
          ? setting.choices.at(-1)!
          : setting.kind === 'url'
            ? 'http://10.0.0.1:3128/'
            : setting.kind === 'store'
              ? 'redis://10.0.0.1:6379/0'
              : setting.kind === 'networks'
                ? '10.0.0.0/8'
                : setting.kind === 'ports'
                  ? '80-90'
                  : setting.kind === 'modes'
                    ? 'example.com=tunnel'
                    : setting.kind === 'users'
                      ? 'ada:scrypt.15.8.1.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
                      : 'text'
    const expected =
      setting.kind === 'integer'
        ? Number(value)
        : ['list', 'networks', 'ports', 'modes', 'users'].includes(setting.kind)
          ? [value]
          : value
    writeFileSync(
      join(folder, 'one.yaml'),
      `${name}: ${Array.isArray(expected) ? `['${value}']` : setting.kind === 'integer' ? value : `'${value}'`}\n`
    )
    const key = name as keyof typeof SETTINGS
    t.strictSame(readConfig([`--${flagOf(name)}`, value], {})[key], expected, `--${flagOf(name)}`)
    t.strictSame(readConfig([], { [variableOf(name)]: value })[key], expected, variableOf(name))
    t.strictSame(readConfig(['--config', join(folder, 'one.yaml')], {})[key], expected, `${name}:`)
    t.match(setting.help, /^[A-Z].*[.]$/, 'and is explained')
  }
  t.equal(flagOf('allowHosts'), 'allow-hosts')
  t.equal(variableOf('allowHosts'), 'RETROGRADE_ALLOW_HOSTS')
})

t.test('a wrong value says which, where, and what is allowed', async t => {
  const flags: ReadonlyArray<readonly [string, string, RegExp]> = [
    ['--port', 'eighty', /^--port: "eighty" is not allowed; it takes a whole number from 0 to 65535 \(port\)$/],
    ['--port', '65536', /^--port: "65536" is not allowed; it takes a whole number from 0 to 65535/],
    ['--port', '-1', /--port/],
    ['--port', '80.5', /^--port: "80\.5" is not allowed/],
    ['--port', '', /^--port: "" is not allowed/],
    ['--port', '0x50', /^--port: "0x50" is not allowed/],
    [
      '--max-page-bytes',
      '1',
      /^--max-page-bytes: "1" is not allowed; it takes a whole number from 1024 to \d+ \(bytes\), or as 512k, 4MB$/
    ],
    ['--images', 'none', /^--images: "none" is not allowed; it takes inline, links, off$/],
    ['--original-source', 'Top', /^--original-source: "Top" is not allowed; it takes bottom, top, off$/],
    [
      '--allow-clients',
      '192.168.0.0/33',
      /^--allow-clients: "192\.168\.0\.0\/33" is not allowed; it takes networks such as/
    ],
    ['--allow-clients', 'everyone', /^--allow-clients: "everyone" is not allowed/],
    [
      '--upstream-proxy',
      '10.0.0.1:3128',
      /^--upstream-proxy: "10\.0\.0\.1:3128" is not allowed; it takes an address such as http:/
    ],
    ['--upstream-proxy', 'socks5://10.0.0.1', /^--upstream-proxy: /]
  ]
  for (const [flag, value, expected] of flags)
    t.match(
      problem(() => readConfig([flag, value], {})),
      expected,
      `${flag} ${value}`
    )
  t.match(
    problem(() => readConfig([], { RETROGRADE_PORT: 'x' })),
    /^RETROGRADE_PORT: "x" is not allowed; it takes a whole number/
  )
  t.match(
    problem(() => readConfig(['--prot', '1'], {})),
    /^unknown option '--prot' \(Did you mean --port\?\)$/,
    'an unknown flag'
  )
  t.match(
    problem(() => readConfig(['--port'], {})),
    /--port.*argument missing/s
  )
  t.match(
    problem(() => readConfig(['extra'], {})),
    /too many arguments/
  )
  try {
    readConfig(['--port', 'x'], {})
  } catch (error) {
    t.ok(error instanceof ConfigError)
  }

  const folder = t.testdir()
  const file = join(folder, 'settings.yaml')
  const rows: ReadonlyArray<readonly [string, RegExp]> = [
    ['port: x', /settings\.yaml, port: "x" is not allowed; it takes a whole number/],
    ['port: 80.5', /settings\.yaml, port: 80\.5 is not allowed/],
    ['port: [80]', /settings\.yaml, port: \[80\] is not allowed/],
    ['images: [off]', /settings\.yaml, images: \["off"\] is not allowed/],
    ['port:', /settings\.yaml, port: "" is not allowed/],
    ['images: true', /settings\.yaml, images: true is not allowed; it takes inline, links, off/],
    ['host: 5', /settings\.yaml, host: 5 is not allowed; it takes text/],
    ['allowHosts: [1]', /settings\.yaml, allowHosts: \[1\] is not allowed; it takes names/],
    ['allowClients: {a: b}', /settings\.yaml, allowClients: /],
    ['upstreamProxy: ftp://x', /settings\.yaml, upstreamProxy: /],
    ['prot: 80', /settings\.yaml, prot: there is no such setting; did you mean port\?/],
    ['constructor: 80', /settings\.yaml, constructor: there is no such setting/],
    ['- port', /settings\.yaml: it takes lines of "setting: value"/],
    ['port: "', /settings\.yaml: /]
  ]
  for (const [content, expected] of rows) {
    writeFileSync(file, content)
    t.match(
      problem(() => readConfig(['--config', file], {})),
      expected,
      content
    )
  }
  writeFileSync(file, 'dataDir:\nuntouched:\nupstreamProxy:\n')
  t.match(readConfig(['--config', file], {}), { dataDir: '', untouched: [], upstreamProxy: '' }, 'empty values')
  writeFileSync(file, '# nothing\n')
  t.equal(
    problem(() => readConfig(['--config', file], {})),
    'no problem',
    'an empty file'
  )
  t.match(
    problem(() => readConfig(['--config', join(folder, 'missing.yaml')], {})),
    /missing\.yaml: there is no such file$/
  )
})

t.test('the reference', async t => {
  const reference = configurationReference()
  for (const name of Object.keys(SETTINGS))
    t.ok(reference.includes(`| \`${name}\` | \`--${flagOf(name)}\` | \`${variableOf(name)}\` |`), name)
  const written = join(ROOT, 'docs', 'configuration.md')
  if (existsSync(written))
    t.equal(reference, readFileSync(written, 'utf8'), 'docs/configuration.md is what npm run docs makes')
})

t.test('the rules that come with the program', async t => {
  const rules = loadClientRules()
  t.strictSame([...rules.profiles.keys()].sort(), [
    'cern',
    'html4',
    'lite',
    'mosaic',
    'nav1',
    'nav3',
    'pda',
    'text',
    'tiny'
  ])
  t.equal(rules.fallback.profile.id, 'mosaic')
  for (const [id, profile] of rules.profiles) {
    t.ok(profile.elements.BODY !== undefined && profile.elements.A?.includes('HREF'), `${id} has pages and links`)
    t.equal(
      profile.images.sizes,
      profile.images.sizes && profile.elements.IMG?.includes('WIDTH') === true,
      `${id} writes sizes only where IMG has them`
    )
    t.equal(profile.images.show && profile.elements.IMG === undefined, false, `${id} shows images only if it has IMG`)
    t.equal(profile.forms.show && profile.elements.INPUT === undefined, false, `${id} shows forms only if it has INPUT`)
    t.equal(
      profile.tables.maxDepth > 0 && profile.elements.TABLE === undefined,
      false,
      `${id} keeps tables only if it has TABLE`
    )
  }
  t.ok(loadFallbacks(OWN_RULES).size > 100)
})

t.test('a mistake in the rules is told with file, line, field and reason', async t => {
  const folder = t.testdir()
  const files = [
    'profiles/cern.yaml',
    'profiles/mosaic.yaml',
    'profiles/nav1.yaml',
    'profiles/tiny.yaml',
    'profiles/text.yaml',
    'displays.yaml',
    'unknown-client.yaml',
    'clients/10-contiki.yaml',
    'clients/12-microweb.yaml'
  ]
  const copy = (): void => cpSync(OWN_RULES, folder, { recursive: true })
  copy()
  const originals = new Map(files.map(file => [file, readFileSync(join(folder, file), 'utf8')]))
  /** The message after one change, as "file, line n, field: reason" with the line that the text stands in now. */
  function after(file: string, from: string | RegExp, to: string): string {
    const original = originals.get(file)!
    const changed = original.replace(from, to)
    if (changed === original) throw new Error(`${file} has no ${String(from)}`)
    writeFileSync(join(folder, file), changed)
    const message = problem(() => loadClientRules(folder))
      .replace(folder, '')
      .replace(/^\//, '')
    writeFileSync(join(folder, file), original)
    return message
  }
  const rows: ReadonlyArray<readonly [string, string | RegExp, string, RegExp]> = [
    [
      'profiles/cern.yaml',
      'html: html-2.0',
      'html: html-5',
      /^profiles\/cern\.yaml, line 3, html: must be equal to one of the allowed values \(html-2\.0, html-3\.2, html-4\.01\)$/
    ],
    [
      'profiles/cern.yaml',
      'preColumns: 70',
      'preColumns: wide',
      /^profiles\/cern\.yaml, line \d+, preColumns: must be integer$/
    ],
    [
      'profiles/cern.yaml',
      'preColumns: 70',
      'preColumns: 5',
      /^profiles\/cern\.yaml, line \d+, preColumns: must be >= 20$/
    ],
    [
      'profiles/cern.yaml',
      'preColumns: 70',
      'preColumns: 70\ncolour: red',
      /^profiles\/cern\.yaml, line \d+, colour: must NOT have additional properties/
    ],
    [
      'profiles/cern.yaml',
      'preColumns: 70\n',
      '',
      /^profiles\/cern\.yaml, line \d+.*must have required property 'preColumns'$/
    ],
    [
      'profiles/cern.yaml',
      'maxColours: 50',
      'maxColours: 500',
      /^profiles\/cern\.yaml, line \d+, images\.maxColours: must be <= 256$/
    ],
    [
      'profiles/cern.yaml',
      'formats: [gif]',
      'formats: [gif, webp]',
      /^profiles\/cern\.yaml, line \d+, images\.formats\.1: .*\(gif, jpeg, png\)$/
    ],
    ['profiles/cern.yaml', '  H1: []', '  h1: []', /^profiles\/cern\.yaml, line \d+, elements.*: /],
    [
      'profiles/cern.yaml',
      'A: [HREF, NAME]',
      'A: HREF',
      /^profiles\/cern\.yaml, line \d+, elements\.A: must be array$/
    ],
    ['profiles/cern.yaml', /^title: .*$/m, 'title: [', /^profiles\/cern\.yaml: .*line \d+/s],
    [
      'profiles/nav1.yaml',
      'TH: [ROWSPAN',
      'TH: [Rowspan',
      /^profiles\/nav1\.yaml, line \d+, elements\.TH\.0: must match pattern/
    ],
    [
      'profiles/mosaic.yaml',
      'extends: cern',
      'extends: netscape',
      /^profiles\/mosaic\.yaml, line \d+, extends: there is no profile "netscape"$/
    ],
    [
      'profiles/mosaic.yaml',
      'extends: cern',
      'extends: mosaic',
      /^profiles\/mosaic\.yaml, line \d+, extends: goes in circles: .*mosaic, mosaic$/
    ],
    [
      'profiles/cern.yaml',
      'html: html-2.0',
      'html: html-2.0\nextends: mosaic',
      /^profiles\/\w+\.yaml, line \d+, extends: goes in circles: /
    ],
    [
      'displays.yaml',
      'dither: atkinson',
      'dither: random',
      /^displays\.yaml, line 9, mono512\.dither: .*\(none, floyd-steinberg, atkinson, bayer, bayer8\)$/
    ],
    ['displays.yaml', 'width: 500, ', '', /^displays\.yaml, line 9, mono512: must have required property 'width'$/],
    ['displays.yaml', 'jpeg: false', 'jpeg: sometimes', /^displays\.yaml, line 9, mono512\.jpeg: must be boolean$/],
    [
      'clients/10-contiki.yaml',
      "match: '^Contiki/'",
      "match: '^Contiki(/'",
      /^clients\/10-contiki\.yaml, line 2, 0\.match: must match format "regex"$/
    ],
    [
      'clients/10-contiki.yaml',
      'profile: tiny',
      'profile: tinny',
      /^clients\/10-contiki\.yaml, line 2, 0\.profile: there is no profile tinny; there are cern, /
    ],
    [
      'clients/10-contiki.yaml',
      'display: text40',
      'display: text41',
      /^clients\/10-contiki\.yaml, line 2, 0\.display: there is no display text41; there are mono512, /
    ],
    [
      'clients/10-contiki.yaml',
      'name: Contiki, ',
      '',
      /^clients\/10-contiki\.yaml, line 2, 0: must have required property 'name'$/
    ],
    [
      'clients/10-contiki.yaml',
      'name: Contiki,',
      'name: Contiki, nmae: x,',
      /^clients\/10-contiki\.yaml, line 2, 0\.nmae: must NOT have additional properties/
    ],
    ['clients/10-contiki.yaml', /- \{.*/, 'clients: 1', /^clients\/10-contiki\.yaml, line 2: must be array/],
    [
      'clients/12-microweb.yaml',
      'maxHeight: 480',
      'maxHeight: tall',
      /^clients\/12-microweb\.yaml, line 2, 0\.with(\.images\.maxHeight)?: .*must be integer/
    ],
    [
      'clients/12-microweb.yaml',
      'with: {',
      'with: { title: null,',
      /^clients\/12-microweb\.yaml, line 2, 0\.with: .*must have required property 'title'/
    ],
    [
      'unknown-client.yaml',
      'profile: mosaic',
      'profile: mosiac',
      /^unknown-client\.yaml, line 2, profile: there is no profile mosiac/
    ],
    ['unknown-client.yaml', 'display: col256', 'screen: col256', /^unknown-client\.yaml, line \d+.*: must/]
  ]
  for (const [file, from, to, expected] of rows)
    t.match(after(file, from, to), expected, `${file}: ${to || `without ${String(from)}`}`)
  t.equal(
    problem(() => loadClientRules(folder)),
    'no problem',
    'the copy itself is right'
  )
  writeFileSync(join(folder, 'charsets/fallbacks.yaml'), '"ab": x\n')
  t.match(
    problem(() => loadFallbacks(folder)),
    /fallbacks\.yaml, "ab": it takes one character and ASCII text/
  )
  writeFileSync(join(folder, 'charsets/fallbacks.yaml'), '"a": é\n')
  t.match(
    problem(() => loadFallbacks(folder)),
    /fallbacks\.yaml, "a": it takes one character and ASCII text/
  )
  t.match(
    problem(() => loadClientRules(join(folder, 'nowhere'))),
    /nowhere/
  )
})

t.test('commands', async t => {
  const folder = t.testdir({
    'page.html':
      '<!doctype html><title>A page</title><script>x()</script><style>p{}</style><article><h1>Title</h1><p onclick=x>Words <span>and</span> words</p></article>',
    sites: { 'a.example.yaml': '- why: A test of the check. Seen 2026.\n  remove: ["a, b"]\n' }
  })
  const page = join(folder, 'page.html')
  t.match(await runCommand('check'), {
    status: 0,
    stdout:
      /^9 profiles, \d+ displays, \d+ clients, \d+ fallbacks, 5 search back ends, \d+ search engines, \d+ walls, \d+ editions of news, \d+ set-up pages, \d+ bookmarks, \d+ blocked hosts, rules of \d+ sites, and the settings are right\.\n$/,
    stderr: ''
  })
  t.match(await runCommand('check', '--sites', join(folder, 'sites')), {
    status: 1,
    stderr: /a\.example\.yaml, line 2, 0\.remove\.0: "a, b" is no selector that is understood/
  })
  t.match(await runCommand('check', '--profile', 'nav4'), {
    status: 1,
    stderr: /^retrograde: profile: nav4 is not allowed; it takes cern, /
  })
  t.match(await runCommand('check', '--news-edition', 'xx'), {
    status: 1,
    stderr: /newsEdition: xx is not allowed; it takes /
  })
  t.match(await runCommand('check', '--extra-ca', page), {
    status: 1,
    stderr: /page\.html: there is no certificate in it/
  })
  t.equal((await runCommand('settings', '--markdown')).stdout, configurationReference())
  const converted = await runCommand('convert', page, '--profile', 'nav3', '--explain')
  t.equal(converted.status, 0)
  t.match(
    converted.stdout,
    /^<!DOCTYPE HTML PUBLIC "-\/\/W3C\/\/DTD HTML 3\.2 Final\/\/EN">[^]*<H1>Title<\/H1>[^]*Words and words/
  )
  t.match(converted.stderr, /^\nThe page as it was read: \d+ characters\n/)
  t.match(
    converted.stderr,
    /\n== take-title \(first: the head goes with a later step\)\n\+ <title>A page<\/title>\n[^]*\n== [\w-]+ \([^()]+\)\n[-+] </,
    'what each step changed, and why it stands there'
  )
  t.notMatch(converted.stderr, /== list-frames|nothing/, 'a step that changes nothing is not told of')
  t.match(await runCommand('convert'), { status: 2, stderr: /missing required argument 'source'/ })
  t.match(await runCommand('convert', page, '--profile', 'nope'), { status: 1, stderr: /nope/ })
  t.match(await runCommand('convert', 'http://127.0.0.1:1/'), { status: 1, stderr: /ADDRESS_REFUSED/ })
  t.match(await runCommand('convert', join(folder, 'missing.html')), {
    status: 1,
    stderr: /missing\.html: there is no such file/
  })
})

t.test('units of their own, and names as flags write them', async t => {
  const folder = t.testdir({
    'a.yaml': 'max-page-bytes: 2 MiB\nfigures: off\narchiveLink: true\nshutdownSeconds: 2m\n'
  })
  t.match(readConfig(['--config', join(folder, 'a.yaml')], {}), {
    maxPageBytes: 2 * 1024 * 1024,
    figures: 'off',
    archiveLink: 'on',
    shutdownSeconds: 120
  })
  const rows: ReadonlyArray<readonly [string, string, string, number]> = [
    ['--max-page-bytes', '4MB', 'maxPageBytes', 4 * 1024 * 1024],
    ['--max-page-bytes', '512k', 'maxPageBytes', 512 * 1024],
    ['--max-page-bytes', '1.5 mb', 'maxPageBytes', 1.5 * 1024 * 1024],
    ['--news-refresh-minutes', '1h', 'newsRefreshMinutes', 60],
    ['--sheet-timeout-milliseconds', '2s', 'sheetTimeoutMilliseconds', 2000],
    ['--max-megabytes-per-day', '2GB', 'maxMegabytesPerDay', 2048]
  ]
  for (const [flag, text, name, value] of rows)
    t.equal(readConfig([flag, text], {})[name as keyof typeof SETTINGS], value, `${flag} ${text}`)
  for (const wrong of ['4 apples', '30s', '-4MB', '4MBMB', 'MB'])
    t.match(
      problem(() => readConfig(['--max-page-bytes', wrong], {})),
      /or as 512k, 4MB$/,
      wrong
    )
  t.equal(readConfig(['--archive-link'], {}).archiveLink, 'on', 'a switch alone turns it on')
})

t.test('where settings come from', async t => {
  const folder = t.testdir({ 'retrograde.yaml': 'port: 81\nusers: []\n' })
  const file = join(folder, 'retrograde.yaml')
  const { config, places, notes } = resolveSettings({
    flags: { images: 'off' },
    environment: { RETROGRADE_PROT: '9', RETROGRADE_NAME: 'old', RETROGRADE_CONFIG: '' },
    file,
    isSmall: true
  })
  t.match(config, { port: 81, images: 'off', name: 'old', conversions: 1 })
  t.match(Object.fromEntries(places), {
    port: `${file}, port`,
    images: '--images',
    name: 'RETROGRADE_NAME',
    conversions: 'small machine'
  })
  t.strictSame(notes, ['RETROGRADE_PROT is not a setting, and says nothing; did you mean RETROGRADE_PORT?'])
  const large = resolveSettings({ flags: { small: 'off' }, environment: {}, isSmall: true })
  t.equal(large.config.conversions, SETTINGS.conversions.default, 'a small machine may be used as a large one')
  const said = resolveSettings({ flags: { small: true, conversions: '3' }, environment: {} })
  t.match(said.config, { conversions: 3, maxImageCacheBytes: 8 * 1024 * 1024 }, 'what is said is beyond defaults')
})

t.test('each setting stands in one group', async t => {
  t.strictSame(Object.values(SETTING_GROUPS).flat().sort(), Object.keys(SETTINGS).sort())
})

t.test('a file of settings is written, and says what was answered', async t => {
  const folder = t.testdir()
  const file = join(folder, 'retrograde.yaml')
  const main = (input: string, ...args: string[]) =>
    spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8', input, cwd: folder })
  t.match(main('3128\n\nada secret\ny\nde\n', 'init'), { status: 0, stderr: /retrograde\.yaml is written/ })
  const written = readConfig(['--config', file], {})
  t.match(written, { port: 3128, small: 'on', newsEdition: 'de', users: [/^ada:/] })
  t.match(main('', 'settings').stdout, /^port: 3128 +# retrograde\.yaml, port\n[^]*^users: ada:\.\.\./m, 'it is found')
  t.match(main('', 'init'), { status: 2, stderr: /is there already: --force/ })
  t.match(main('x\n0\n80\n\n\nmaybe\nno\n', 'init', '--force'), { status: 0, stderr: /a port is a number/ })
  t.match(readConfig(['--config', file], {}), { port: 80, small: 'off' })
  t.match(main('', 'init', 'none/a.yaml'), { status: 2, stderr: /none\/a\.yaml: there is no folder none/ })
  t.match(main('', 'init', 'sample.yaml', '--sample'), { status: 0 })
  t.strictSame(
    readConfig(['--config', join(folder, 'sample.yaml')], {}),
    readConfig([], {}),
    'a sample changes nothing'
  )
})

t.test('the help, the version, and what shells and man read', async t => {
  t.match(await runCommand('--help'), { status: 0, stdout: /Commands:[^]*serve \[options\][^]*completion/ })
  t.match(await runCommand('serve', '--help'), { status: 0, stdout: /Who may use it:\n[^]*--allow-clients <networks>/ })
  for (const name of Object.keys(COMMANDS))
    t.match(await runCommand(name, '--help'), { status: 0, stdout: new RegExp(`^Usage: retrograde ${name}`) }, name)
  t.match(await runCommand('--version'), { status: 0, stdout: /^\d+\.\d+\.\d+\S*\n$/ })
  t.match(await runCommand('serve', '--prot', '1'), { status: 2, stderr: /Did you mean --port\?/ })
  t.match(await runCommand('chekc'), { status: 2, stderr: /there is no command chekc; did you mean check\?/ })
  t.match(await runCommand('check', 'more'), { status: 2, stderr: /too many arguments/ })
  t.match(await runCommand('--port', '0', 'check'), { status: 2, stderr: /A command stands before its settings/ })
  for (const flag of ['--blocked', '--extra-ca', '--news-feeds', '--shared-store-password-file'])
    t.match(await runCommand('serve', flag, '/nope'), { status: 2, stderr: `${flag}: /nope: there is no such file` })
  for (const shell of ['bash', 'zsh', 'fish'])
    t.match(await runCommand('completion', shell), { status: 0, stdout: /max-page-bytes[^]*hash-password/ }, shell)
  t.match(await runCommand('completion', 'csh'), { status: 2, stderr: /bash, zsh, fish/ })
  const manual = (await runCommand('man')).stdout
  t.match(manual, /^\.TH RETROGRADE 1 /)
  for (const name of Object.keys(SETTINGS)) t.ok(manual.includes(flagOf(name).replaceAll('-', '\\-')), name)
})

t.test('the program', async t => {
  const main = [PROGRAM]
  const folder = t.testdir()
  for (const unknown of ['sevre', 'constructor'])
    t.match(
      spawnSync(process.execPath, [...main, unknown], { encoding: 'utf8' }),
      { status: 2, stdout: '', stderr: /there is no command/ },
      `an unknown command: ${unknown}`
    )
  t.match(
    spawnSync(process.execPath, [...main, 'check', '--port', 'x'], { encoding: 'utf8' }),
    { status: 2, stdout: '', stderr: /^retrograde: --port: "x" is not allowed/ },
    'a wrong setting'
  )
  const server = spawn(
    process.execPath,
    [...main, 'serve', '--port', '0', '--host', '127.0.0.1', '--data-dir', join(folder, 'data')],
    { stdio: ['ignore', 'pipe', 'inherit'] }
  )
  let output = ''
  server.stdout.on('data', (chunk: Buffer) => {
    output += String(chunk)
  })
  while (!output.includes('home page')) await once(server.stdout, 'data')
  t.match(
    output,
    /HTTP proxy for your old browser:\n {2}127\.0\.0\.1:\d+\nThen type any address, or http:\/\/retrograde\//
  )
  const port = /127\.0\.0\.1:(\d+)/.exec(output)![1]!
  t.match(await runCommand('health', '--port', port), { status: 0, stdout: `Retrograde answers at port ${port}\n` })
  const other = http.createServer((_, answer) => answer.end('another program')).listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.teardown(() => other.close())
  const taken = String((other.address() as AddressInfo).port)
  t.match(await runCommand('health', '--port', taken), {
    status: 1,
    stdout: `what listens at port ${taken} says 200\n`
  })
  t.match(
    await runCommand('serve', '--port', port, '--host', '127.0.0.1', '--data-dir', ''),
    { status: 1, stderr: `retrograde: port ${port} is taken: another program, or another Retrograde, listens there` },
    'a port that is taken'
  )
  t.match(await runCommand('serve', '--host', '192.0.2.1', '--data-dir', ''), {
    status: 1,
    stderr: /this machine has no address 192\.0\.2\.1/
  })
  const exited = once(server, 'exit')
  server.kill('SIGTERM')
  t.strictSame(await exited, [0, null], 'it ends by itself after SIGTERM')
  t.match(await runCommand('health', '--port', port), { status: 1, stderr: /no proxy answers at port/ })
})

t.test(
  'the command has threads for sixteen',
  { skip: process.platform !== 'linux' && 'tasks are counted in /proc' },
  async t => {
    const threads = async (file: string, environment: Readonly<Record<string, string>>): Promise<number> => {
      const { UV_THREADPOOL_SIZE: _, ...inherited } = process.env
      // What tap has a child load before everything else needs threads already.
      const command = ['unset NODE_OPTIONS; exec "$@"', 'sh', process.execPath, join(dirname(PROGRAM), file)]
      const hashing = spawn('/bin/sh', ['-c', ...command, 'hash-password'], {
        stdio: ['pipe', 'ignore', 'inherit'],
        env: { ...inherited, ...environment }
      })
      const exited = once(hashing, 'exit')
      hashing.stdin.end('a password that is hashed\n')
      // Node 20 reads its files by such threads, Node 24 begins them for the hash.
      let most = 0
      while (hashing.exitCode === null && hashing.signalCode === null) {
        try {
          most = Math.max(most, readdirSync(`/proc/${hashing.pid}/task`).length)
        } catch {
          break
        }
        await sleep(1)
      }
      await exited
      return most
    }
    const { bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { bin: Record<string, string> }
    t.equal(bin['retrograde'], 'dist/retrograde.cjs')
    const sixteen = await threads('retrograde.cjs', {})
    // Threads of other kinds may just have begun or not.
    t.ok(sixteen - (await threads('main.js', {})) > 6, 'and Node has four')
    t.ok(
      (await threads('retrograde.cjs', { UV_THREADPOOL_SIZE: '40' })) - sixteen > 12,
      'unless the environment says how many'
    )
  }
)

t.test('what changed between two markups', async t => {
  t.equal(diffLines('<p>a</p><b>x</b>', '<b>x</b><p>a</p>'), 'only the order, or blanks\n')
  t.equal(diffLines('<p>a</p><b>x</b><b>x</b>', '<p>a</p><i>y</i>'), '- <b>x</b> (2 times)\n+ <i>y</i>\n')
  t.match(diffLines('', Array.from({ length: 60 }, (_, at) => `<p>${at}</p>`).join('')), /\.\.\. and 20 more\n$/)
})
