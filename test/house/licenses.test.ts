import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { ROOT } from '../helpers/root.js'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}

/** Folders of all packages that a package needs to run, as Node finds them. */
function needed(folder: string, found = new Set<string>()): Set<string> {
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8')
  ) as Manifest
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    let above = folder
    while (above.startsWith(join(ROOT, '.').replace(/\/$/, '')) && !existsSync(join(above, 'node_modules', name)))
      above = join(above, '..')
    const at = join(above, 'node_modules', name)
    if (!existsSync(at) || found.has(at)) continue
    found.add(at)
    needed(at, found)
  }
  return found
}

t.test('the image has the licences of all that it carries', async t => {
  const sections = execFileSync(process.execPath, ['licenses/write.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024
  }).split(`\n\n${'='.repeat(80)}\n\n`)
  const folders = needed(ROOT)
  t.ok(folders.size > 100, `${folders.size} packages`)
  for (const folder of folders) {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
    const section = sections.find(text => text.startsWith(`${name} ${version} (`))
    t.match(section, /Permission|Redistribution|LICENSE|Licen[cs]e|public domain|warranty/i, `${name} ${version}`)
    t.ok((section?.length ?? 0) > 400, `${name} has a text of ${section?.length ?? 0} characters`)
  }
  const libvips = sections.find(text => text.startsWith('@img/sharp-libvips-'))
  t.match(libvips, /GNU LESSER GENERAL PUBLIC LICENSE[^]*GNU GENERAL PUBLIC LICENSE/)
  t.match(libvips, /librsvg/, 'and what is in it')
  const dockerfile = read('Dockerfile')
  t.match(dockerfile, /npm run -s licenses > THIRD-PARTY-LICENSES/)
  t.match(dockerfile, /COPY --from=build [^\n]*THIRD-PARTY-LICENSES/)
})
