import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const read = (...path) => readFileSync(join(...path), 'utf8').trim()

/** Texts for packages that come without: the GPL belongs to the LGPL, which refers to it. */
const TEXTS = { MIT: ['MIT.txt'], ISC: ['ISC.txt'], 'LGPL-3.0-or-later': ['LGPL-3.0.txt', 'GPL-3.0.txt'] }
/** Files of a package that say what holds for it and what it contains. */
const FILES = /^(licen[cs]e|copying|notice|third[-_]?party)/i

const authorOf = ({ author, contributors = [], name }) =>
  [author, ...contributors]
    .filter(Boolean)
    .map(person => (typeof person === 'string' ? person : person.name))
    .join(', ') || `the authors of ${name}`

function textsOf(folder, manifest) {
  const files = readdirSync(folder)
    .filter(file => FILES.test(file))
    .map(file => read(folder, file))
  if (files.length > 0) return files
  const texts = (TEXTS[manifest.license] ?? []).map(file => read(here, file))
  if (texts.length === 0) throw new Error(`${manifest.name}: there is no text of its licence (${manifest.license})`)
  if (manifest.license === 'MIT' || manifest.license === 'ISC') return [`Copyright (c) ${authorOf(manifest)}`, ...texts]
  // libvips is many libraries in one: its README lists them and their licences.
  return [
    read(folder, 'README.md'),
    ...(existsSync(join(folder, 'versions.json')) ? [read(folder, 'versions.json')] : []),
    ...texts
  ]
}

function section(folder) {
  const manifest = JSON.parse(read(folder, 'package.json'))
  const source =
    typeof manifest.repository === 'string'
      ? manifest.repository
      : (manifest.repository?.url ?? manifest.homepage ?? '')
  return [`${manifest.name} ${manifest.version} (${manifest.license})`, source, ...textsOf(folder, manifest)]
    .filter(part => part !== '')
    .join('\n\n')
}

/**
 * The licences of packages, with their texts.
 * @throws Error where a text is missing
 */
export const licencesOf = folders => `${folders.map(section).join(`\n\n${'='.repeat(80)}\n\n`)}\n`
