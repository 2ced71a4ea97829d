import { existsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface, type Interface } from 'node:readline/promises'
import { OWN_RULES } from '../../clients/rules.js'
import { ConfigError } from '../../config/config.js'
import { hashPassword } from '../../config/password-hash.js'
import { readValue } from '../../config/setting-values.js'
import { SETTINGS } from '../../config/settings.js'
import { loadEditions } from '../../news/editions.js'
import type { Asked } from '../command.js'
import { CONFIG_FILE } from './find-config-file.js'
import { sampleFile } from './sample-file.js'

type Chosen = Readonly<Record<string, unknown>>
/** What an answer chooses, or why it cannot be. */
type Read = (answer: string) => Chosen | string | Promise<Chosen | string>

interface Question {
  readonly text: string
  readonly read: Read
}

function smallFrom(answer: string): Chosen | string {
  const isYes = /^(y|yes|j|ja|1|on)$/i.test(answer)
  const chosen: Chosen = { small: isYes ? 'on' : 'off' }
  return isYes || /^(n|no|nein|0|off)$/i.test(answer) ? chosen : 'yes or no, or nothing'
}

function portFrom(answer: string): Chosen | string {
  const port = readValue(SETTINGS.port, answer)
  return port === undefined || port === 0 ? 'a port is a number from 1 to 65535' : { port }
}

function networksFrom(answer: string): Chosen | string {
  const allowClients = readValue(SETTINGS.allowClients, answer)
  return allowClients === undefined
    ? 'networks are written as 192.168.1.0/24, with commas between them'
    : { allowClients }
}

function editionFrom(answer: string): Chosen | string {
  const editions = [...loadEditions(OWN_RULES).values()]
  const asked = answer.toLowerCase()
  const found =
    editions.find(({ id }) => id === asked) ?? editions.find(({ language }) => language === asked.slice(0, 2))
  return found === undefined ? `there are ${editions.map(({ id }) => id).join(', ')}` : { newsEdition: found.id }
}

async function usersFrom(answer: string): Promise<Chosen | string> {
  const [name = '', password = ''] = answer.split(/[\s:]+(.*)/s)
  if (password === '') return 'a name and a password, with a space between them'
  const users = [`${name}:${await hashPassword(password)}`]
  return readValue(SETTINGS.users, users) === undefined ? 'a name is of letters, digits, . _ -' : { users }
}

/** THE LIST of questions; an empty answer chooses nothing, which is the default. */
const QUESTIONS: readonly Question[] = [
  { text: `Port that old browsers are told (${SETTINGS.port.default})`, read: portFrom },
  { text: 'Networks whose machines may use it (all private ones)', read: networksFrom },
  { text: 'Name and password that they must give, as "ada secret" (none)', read: usersFrom },
  {
    text: 'Is this a small machine, of 1 GB or less (found out)',
    read: smallFrom
  },
  { text: 'Language or country of the news, such as de (us)', read: editionFrom }
]

async function ask({ text, read }: Question, terminal: AsyncIterator<string, undefined>): Promise<Chosen> {
  for (;;) {
    process.stderr.write(`${text}: `)
    const { value, done } = await terminal.next()
    const answer = done === true ? '' : value.trim()
    const chosen = answer === '' ? {} : await read(answer)
    if (typeof chosen !== 'string') return chosen
    process.stderr.write(`  ${chosen}\n`)
  }
}

async function askAll(): Promise<Chosen> {
  const terminal: Interface = createInterface({ input: process.stdin })
  const lines = terminal[Symbol.asyncIterator]()
  let all: Chosen = {}
  for (const question of QUESTIONS) all = { ...all, ...(await ask(question, lines)) }
  terminal.close()
  return all
}

/** retrograde init: writes a file of settings. */
export async function init({ words: [file = CONFIG_FILE], flags }: Asked): Promise<number> {
  if (existsSync(file) && flags.force !== true)
    throw new ConfigError(`${file} is there already: --force writes over it`)
  const folder = dirname(file)
  if (!existsSync(folder)) throw new ConfigError(`${file}: there is no folder ${folder}`)
  const text = sampleFile(flags.sample === true ? {} : await askAll())
  writeFileSync(file, text, { mode: 0o600 })
  process.stderr.write(`${file} is written.${file === CONFIG_FILE ? '' : ` Start with: retrograde --config ${file}`}\n`)
  return 0
}
