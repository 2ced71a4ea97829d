import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PREPARED_FILE, textHash, type PreparedFile } from '../config/prepared-rules.js'

/*
 * The last step of a build: checks the rules that come with the program, and keeps what they say as JSON.
 */

// What was prepared before is not taken for what is there now: what reads it is loaded when it is gone.
rmSync(PREPARED_FILE, { force: true })
const { OWN_RULES } = await import('../clients/rules.js')
const { readConfig } = await import('../config/config.js')
const { yamlValue } = await import('../config/yaml.js')
const { readAllRules } = await import('../rules/rules-in-use.js')

/** Schemas that are not called like the file or the folder that they are for. */
const SCHEMAS: Readonly<Record<string, string>> = { profiles: 'profile', sites: 'site', trackers: 'blocked' }

function checkedBy(name: string): Pick<PreparedFile, 'checkedBy'> {
  const [kind = ''] = name.split(/[/.]/)
  const file = join(OWN_RULES, 'schema', `${SCHEMAS[kind] ?? kind}.json`)
  return existsSync(file) ? { checkedBy: textHash(readFileSync(file, 'utf8')) } : {}
}

function prepare(name: string): [hash: string, file: PreparedFile] {
  const text = readFileSync(join(OWN_RULES, name), 'utf8')
  return [textHash(text), { value: yamlValue(text), ...checkedBy(name) }]
}

readAllRules(readConfig([], {}))
const names = readdirSync(OWN_RULES, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.yaml'))
writeFileSync(PREPARED_FILE, JSON.stringify(Object.fromEntries(names.map(prepare))))
