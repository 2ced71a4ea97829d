import { readFileSync } from 'node:fs'
import { parseFlags, type Flags } from './flags.js'
import { didYouMean } from './nearest.js'
import { flagOf, isSettingName, keyOf, SETTING_NAMES, isVariable, variableOf } from './setting-names.js'
import { allowedValues, readValue, SECRET_KINDS, type Setting } from './setting-values.js'
import { SETTINGS, type SettingValues } from './settings.js'
import { SMALL_DEFAULTS } from './small-machine.js'
import { yamlValue } from './yaml.js'
import { codeOf, reasonOf } from '../system-error.js'

export type Config = Readonly<SettingValues>

/** A setting with a wrong value: says which, where it was said, and what is allowed. */
export class ConfigError extends Error {}

/** Where settings are said. */
export interface ConfigSources {
  readonly flags: Flags
  readonly environment: NodeJS.ProcessEnv
  /** File of settings that counts when none is named */
  readonly file?: string | undefined
  /** Whether the machine is one with little memory */
  readonly isSmall?: boolean
}

/** The settings in force. */
export interface ResolvedConfig {
  readonly config: Config
  /** Where each was said that has not its default */
  readonly places: ReadonlyMap<string, string>
  /** What was said and means nothing */
  readonly notes: readonly string[]
}

/** What was said of a setting. */
interface Said {
  readonly name: string
  readonly value: unknown
  /** Where, as a message names it */
  readonly place: string
}

function valueOf({ name, value, place }: Said): unknown {
  if (!isSettingName(name)) throw new ConfigError(`${place}: there is no such setting`)
  const setting: Setting<unknown> = SETTINGS[name]
  const result = readValue(setting, value)
  if (result !== undefined) return result
  // Where a hash or the address of a store is expected there may be a password, which is not to be shown.
  const shown = SECRET_KINDS.has(setting.kind) ? 'what it says' : JSON.stringify(value)
  throw new ConfigError(`${place}: ${shown} is not allowed; it takes ${allowedValues(setting)}`)
}

/** @throws ConfigError when it cannot be read, or has a setting that there is not. */
function fromFile(file: string): Said[] {
  let content: unknown
  try {
    content = yamlValue(readFileSync(file, 'utf8'))
  } catch (error) {
    const advice = codeOf(error) === 'EACCES' ? ': run it as one who may, or name another file with --config' : ''
    throw new ConfigError(`${file}: ${reasonOf(error)}${advice}`)
  }
  if (content === null) return []
  if (typeof content !== 'object' || Array.isArray(content))
    throw new ConfigError(`${file}: it takes lines of "setting: value"`)
  return Object.entries<unknown>({ ...content }).map(([key, value]) => {
    const name = keyOf(key)
    const place = `${file}, ${key}`
    if (!isSettingName(name))
      throw new ConfigError(
        `${place}: there is no such setting${didYouMean(name, SETTING_NAMES) || ':'} "retrograde settings" lists them`
      )
    // A name with nothing behind it is empty, as an empty variable is for a folder.
    return { name, value: value ?? '', place }
  })
}

/**
 * Tools that pass all variables on write empty ones for those that are not set: they say nothing, but of a
 * folder, where empty is a value of its own (dataDir: nothing is kept).
 */
const canBeEmpty = (name: string): boolean => isSettingName(name) && SETTINGS[name].kind === 'path'

const fromEnvironment = (environment: NodeJS.ProcessEnv): Said[] =>
  SETTING_NAMES.flatMap(name => {
    const value = environment[variableOf(name)]
    return value !== undefined && (value !== '' || canBeEmpty(name)) ? [{ name, value, place: variableOf(name) }] : []
  })

const fromFlags = (flags: Flags): Said[] =>
  SETTING_NAMES.flatMap(name => {
    const value = flags[name]
    return value === undefined ? [] : [{ name, value, place: `--${flagOf(name)}` }]
  })

/** Variables that look like settings and are none. */
function unknownVariables(environment: NodeJS.ProcessEnv): string[] {
  const known = ['RETROGRADE_CONFIG', ...SETTING_NAMES.map(variableOf)]
  return Object.keys(environment)
    .filter(name => isVariable(name) && !known.includes(name))
    .map(name => `${name} is not a setting, and says nothing${didYouMean(name, known)}`)
}

function smallDefaults(mode: unknown, isSmall: boolean): Said[] {
  if (mode === 'off' || (mode !== 'on' && !isSmall)) return []
  return Object.entries(SMALL_DEFAULTS).map(([name, value]) => ({ name, value, place: 'small machine' }))
}

/**
 * The settings from flags, environment and file, in that order of strength.
 * @throws ConfigError naming the setting, the value and what is allowed.
 */
export function resolveSettings({ flags, environment, file, isSmall = false }: ConfigSources): ResolvedConfig {
  const named = flags.config ?? environment.RETROGRADE_CONFIG
  const settingsFile = typeof named === 'string' && named !== '' ? named : file
  const all: readonly Said[] = [
    ...(settingsFile === undefined ? [] : fromFile(settingsFile)),
    ...fromEnvironment(environment),
    ...fromFlags(flags)
  ].map(said => ({ ...said, value: valueOf(said) }))
  const mode = all.findLast(said => said.name === 'small')?.value ?? SETTINGS.small.default
  const said = [...smallDefaults(mode, isSmall), ...all]
  const defaults = SETTING_NAMES.map(name => [name, SETTINGS[name].default] as const)
  return {
    config: Object.freeze(
      Object.fromEntries([...defaults, ...said.map(({ name, value }) => [name, value] as const)])
    ) as Config,
    places: new Map(said.map(({ name, place }) => [name, place])),
    notes: unknownVariables(environment)
  }
}

/** The settings from a command line and the environment alone. @throws ConfigError */
export const readConfig = (args: readonly string[], environment: NodeJS.ProcessEnv): Config =>
  resolveSettings({ flags: parseFlags(args, message => new ConfigError(message)), environment }).config
