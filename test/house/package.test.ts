import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'
import { minVersion, satisfies, validRange } from 'semver'
import t from 'tap'
import { parse } from 'yaml'
import { resolveSettings } from '../../src/config/config.js'
import { SETTINGS } from '../../src/config/settings.js'
import { ROOT } from '../helpers/root.js'

interface Entry {
  readonly version: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
  readonly engines?: { readonly node?: string }
}
interface Manifest {
  readonly engines: { readonly node: string }
  readonly files: readonly string[]
  readonly scripts: Record<string, string>
  readonly dependencies: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
  readonly allowScripts: Record<string, boolean>
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
const manifest = manifestOf(ROOT)
const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Entry>
}
const entries = Object.entries(packages).filter(([path]) => path !== '')
const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? ''

t.test('npm ci warns of nothing', async t => {
  const oldest = minVersion(manifest.engines.node)?.version ?? ''
  let asked = 0
  for (const [path, { engines, hasInstallScript, version }] of entries) {
    // Some old packages list their engines in forms that npm passes over too.
    if (engines?.node !== undefined && validRange(engines.node) !== null) {
      asked++
      t.ok(satisfies(oldest, engines.node), `${path} ${version} takes Node ${oldest}`)
    }
    if (hasInstallScript === true) t.equal(manifest.allowScripts[nameOf(path)], true, `the script of ${path} was read`)
  }
  t.ok(asked > 200, `${asked} packages`)
})

t.test('what npm packs names the versions that were tested', async t => {
  const folder = t.testdir()
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(ROOT, name), join(folder, name))
  const pin = (what: string): void => {
    execFileSync(process.execPath, [join(ROOT, 'packaging/npm/pin.mjs'), what], { cwd: folder })
  }
  pin('write')
  pin('write') // as after a pack that was stopped
  const packed = manifestOf(folder)
  const said = { ...packed.dependencies, ...packed.optionalDependencies }
  for (const [name, version] of Object.entries(said))
    t.ok(
      entries.some(([path, entry]) => nameOf(path) === name && entry.version === version),
      `${name} ${version}`
    )
  for (const [path, { dev, optional, version }] of entries) {
    if (dev === true || optional === true) continue
    t.ok(nameOf(path) in said, path)
    if (path === `node_modules/${nameOf(path)}`) t.equal(said[nameOf(path)], version, path)
  }
  t.equal(said['msgpackr-extract'], packages['node_modules/msgpackr-extract']?.version, 'what overrides hold, too')
  t.strictSame(Object.keys(packed.scripts), ['start'], 'an installed package compiles nothing')
  pin('restore')
  t.strictSame(manifestOf(folder), manifest)
})

t.test('what README names is in the package', async t => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const always = /^(README|LICENSE|package\.json)/
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target)
  t.ok(links.length > 5, `${links.length} links`)
  for (const link of links)
    t.ok(always.test(link) || manifest.files.some(file => link === file || link.startsWith(`${file}/`)), link)
})

t.test('the settings of the Debian package are settings, and are taken', async t => {
  const file = join(ROOT, 'packaging/deb/retrograde.yaml')
  // Also those that are there to be uncommented.
  const names = [...readFileSync(file, 'utf8').matchAll(/^#?(\w+):/gm)].map(([, name = '']) => name)
  t.ok(names.length > 4, names.join())
  for (const name of names) t.ok(name in SETTINGS, name)
  const main = join(ROOT, '.build/src/main.js')
  execFileSync(process.execPath, [main, 'check', '--config', file], { cwd: t.testdir(), env: {}, stdio: 'pipe' })
})

interface Service {
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly command?: string
  readonly networks?: unknown
}

t.test('files for Docker Compose name settings, and files that are there', t => {
  for (const file of ['compose.yaml', 'compose.desktop.yaml', 'compose.scale.yaml']) {
    t.ok(manifest.files.includes(file), `${file} is in the package`)
    const { services } = parse(readFileSync(join(ROOT, file), 'utf8')) as { services: Record<string, Service> }
    const environment = Object.entries(services.retrograde?.environment ?? {}).map(
      // What the person who starts it says, or what stands behind :-
      ([name, value]) => [name, value.replace(/^\$\{\w+:-(.*)\}$/, '$1')] as const
    )
    t.ok(environment.length > 0, file)
    const { notes } = resolveSettings({ flags: {}, environment: Object.fromEntries(environment) })
    t.strictSame(notes, [], `${file}: every variable is a setting, with a value that it takes`)
    for (const { volumes = [] } of Object.values(services))
      for (const [host = ''] of volumes.map(volume => volume.split(':')))
        if (host.startsWith('./')) t.ok(existsSync(join(ROOT, host)), `${file}: ${host}`)
  }
  const text = readFileSync(join(ROOT, 'compose.scale.yaml'), 'utf8')
  const balancer = /ipv4_address: (\S+)/.exec(text)?.[1]
  t.match(text, `RETROGRADE_PROXY_PROTOCOL_FROM: ${balancer}`, 'the balancer that there is is believed')
  t.match(text, /--maxmemory-policy volatile-ttl/)
  t.end()
})

t.test('launchd is given what it reads', async t => {
  const keys: string[] = []
  const texts: string[] = []
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('text', text => texts.push(text.trim()))
  parser.on('closetag', ({ name }) => {
    if (name === 'key') keys.push(texts.at(-1) ?? '')
  })
  parser.write(readFileSync(join(ROOT, 'packaging/launchd/org.retrograde.proxy.plist'), 'utf8')).close()
  for (const key of ['Label', 'ProgramArguments', 'RunAtLoad', 'KeepAlive']) t.ok(keys.includes(key), key)
  t.ok(texts.includes('org.retrograde.proxy'), 'the label is the name of the file')
  t.match(texts.join('\n'), /exec retrograde serve$/m)
})
