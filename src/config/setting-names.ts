import { SETTINGS } from './settings.js'

/** A setting is `maxPageBytes` in a file, `--max-page-bytes` as a flag, RETROGRADE_MAX_PAGE_BYTES as a variable. */
export type SettingName = keyof typeof SETTINGS

export const isSettingName = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name)

export const SETTING_NAMES = Object.keys(SETTINGS).filter(isSettingName)

export const flagOf = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

const VARIABLES = 'RETROGRADE_'
export const variableOf = (name: string): string => `${VARIABLES}${flagOf(name).replaceAll('-', '_').toUpperCase()}`

/** Whether a variable of the environment may be one of ours. */
export const isVariable = (name: string): boolean => name.startsWith(VARIABLES)

/** The environment as another program may know it: there are passwords among the settings. */
export const withoutSettings = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !isVariable(name)))

/** The name of a setting that is written like its flag. */
export const keyOf = (key: string): string => key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** The value of a setting in words; empty where it is. */
export const valueText = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value))

/** Defaults that the machine makes, in words: no document says the figure of the machine that it was written on. */
export const MACHINE_DEFAULTS: Partial<Record<string, string>> = {
  conversions: 'as many as cores, 2 at least and 4 at most'
}

/** The default of a setting in words. */
export const defaultText = (name: SettingName): string => MACHINE_DEFAULTS[name] ?? valueText(SETTINGS[name].default)
