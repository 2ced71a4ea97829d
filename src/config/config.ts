import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { yamlValue } from './read-rules.js'
import { allowedValues, readValue, type Setting } from './setting-values.js'
import { SETTINGS } from './settings.js'

type Name = keyof typeof SETTINGS
type ValueOf<S> = S extends Setting<infer T> ? T : never
export type Config = { readonly [N in Name]: ValueOf<(typeof SETTINGS)[N]> }

/** A setting with a wrong value: says which, where it was said, and what is allowed. */
export class ConfigError extends Error {}

export const flagOf = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
export const variableOf = (name: string): string => `RETROGRADE_${flagOf(name).replaceAll('-', '_').toUpperCase()}`

const isName = (name: string): name is Name => Object.hasOwn(SETTINGS, name)

/** What was said of a setting. */
interface Said {
  readonly name: string
  readonly value: unknown
  /** Where, as a message names it */
  readonly place: string
}

function take(values: Record<string, unknown>, { name, value, place }: Said): void {
  const setting: Setting<unknown> | undefined = isName(name) ? SETTINGS[name] : undefined
  if (setting === undefined)
    throw new ConfigError(`${place}: there is no such setting. Settings: ${Object.keys(SETTINGS).join(', ')}`)
  const result = readValue(setting, value)
  // Where a hash is expected there may be a password, which is not to be shown.
  const shown = setting.kind === 'users' ? 'what it says' : JSON.stringify(value)
  if (result === undefined)
    throw new ConfigError(`${place}: ${shown} is not allowed; it takes ${allowedValues(setting)}`)
  values[name] = result
}

function fromFile(values: Record<string, unknown>, file: string): void {
  let content: unknown
  try {
    content = yamlValue(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new ConfigError(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (content === null) return
  if (typeof content !== 'object' || Array.isArray(content))
    throw new ConfigError(`${file}: it takes lines of "setting: value"`)
  for (const [name, value] of Object.entries(content)) take(values, { name, value, place: `${file}, ${name}` })
}

/**
 * Tools that pass all variables on write empty ones for those that are not set: they say nothing, but of a
 * folder, where empty is a value of its own (dataDir: nothing is kept).
 */
const canBeEmpty = (name: string): boolean => isName(name) && SETTINGS[name].kind === 'path'

function fromEnvironment(values: Record<string, unknown>, environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(SETTINGS)) {
    const value = environment[variableOf(name)]
    if (value !== undefined && (value !== '' || canBeEmpty(name)))
      take(values, { name, value, place: variableOf(name) })
  }
}

export type Flags = Readonly<Record<string, string | boolean | undefined>>

/** The options of a command line that takes settings, for util.parseArgs. */
export const flagOptions = (): Record<string, { type: 'string' }> =>
  Object.fromEntries([...Object.keys(SETTINGS).map(flagOf), 'config'].map(flag => [flag, { type: 'string' }]))

function parseFlags(args: readonly string[]): Flags {
  const options = flagOptions()
  try {
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch (error) {
    throw new ConfigError(
      `${error instanceof Error ? error.message : String(error)}. Options: ${Object.keys(options)
        .map(flag => `--${flag}`)
        .join(' ')}`
    )
  }
}

/**
 * The settings from flags, environment and file, in that order of strength.
 * @throws ConfigError naming the setting, the value and what is allowed.
 */
export function resolveConfig(flags: Flags, environment: NodeJS.ProcessEnv): Config {
  const values: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(SETTINGS)) values[name] = setting.default
  const file = flags.config ?? environment.RETROGRADE_CONFIG
  if (typeof file === 'string' && file !== '') fromFile(values, file)
  fromEnvironment(values, environment)
  for (const name of Object.keys(SETTINGS)) {
    const value = flags[flagOf(name)]
    if (value !== undefined) take(values, { name, value, place: `--${flagOf(name)}` })
  }
  return Object.freeze(values) as Config
}

/** The settings from a command line and the environment. @throws ConfigError */
export const readConfig = (args: readonly string[], environment: NodeJS.ProcessEnv): Config =>
  resolveConfig(parseFlags(args), environment)
