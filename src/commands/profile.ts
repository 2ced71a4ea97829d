import { basename } from 'node:path'
import { isSaidValue, profileFiles, profileSources, type SaidFields } from '../clients/profile-sources.js'
import { loadClientRules } from '../clients/rules.js'
import { rulesFolderOf } from '../rules/rules-in-use.js'
import type { Asked } from './command.js'
import { configOf } from './settings/settings-of.js'

/** Where comments begin, if the value is no longer. Characters. */
const COMMENT_COLUMN = 48

/** JSON is YAML as well, with quotes where no file of rules has them: those that need none go. */
const written = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/"([A-Za-z][\w-]*)"/g, '$1')
    .replaceAll(',', ', ')

function linesOf(fields: SaidFields, indent = ''): string[] {
  return Object.entries(fields).flatMap(([name, said]) => {
    if (!isSaidValue(said)) return [`${indent}${name}:`, ...linesOf(said, `${indent}  `)]
    const value = typeof said.value === 'string' ? JSON.stringify(said.value) : written(said.value)
    const text = `${indent}${name}: ${value}`
    return [`${text.padEnd(COMMENT_COLUMN)} # ${basename(said.file)}:${said.line}`]
  })
}

/** retrograde profile NAME: what a profile is when all that it extends is counted in, and where each value stands. */
export async function profileCommand(asked: Asked): Promise<number> {
  const [name = ''] = asked.words
  const config = configOf(asked)
  const folder = rulesFolderOf(config)
  const { profiles } = loadClientRules(folder)
  if (!profiles.has(name)) throw new Error(`profile takes one of these names: ${[...profiles.keys()].join(', ')}`)
  const files = profileFiles(folder, name)
  process.stdout.write(`# ${files.map(({ file }) => basename(file)).join(' over ')}\n`)
  process.stdout.write(`${linesOf(profileSources(files)).join('\n')}\n`)
  return 0
}
