import { Command, CommanderError, Option } from 'commander'
import { SETTING_GROUPS } from './setting-groups.js'
import { defaultText, flagOf, type SettingName } from './setting-names.js'
import type { Setting } from './setting-values.js'
import { SETTINGS } from './settings.js'

/** Settings as they were typed, by name; `true` is a flag without a value. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>

/** Flags that turn something on may stand without a value. */
const isSwitch = (setting: Setting<unknown>): boolean => setting.choices?.includes('on') === true

function valueName(setting: Setting<unknown>): string {
  const name = setting.choices?.join('|') ?? setting.unit ?? setting.kind
  return isSwitch(setting) ? `[${name}]` : `<${name}>`
}

const helpOf = (name: SettingName): string => {
  const value = defaultText(name)
  return `${SETTINGS[name].help}${value === '' ? '' : ` (${value})`}`
}

/** The settings as options of a command, in their groups. */
export const settingOptions = (): Option[] => [
  new Option('--config <file>', 'YAML file with settings.').helpGroup('Settings from a file:'),
  ...Object.entries(SETTING_GROUPS).flatMap(([group, names]) =>
    names.map(name => {
      const setting: Setting<unknown> = SETTINGS[name]
      const option = new Option(`--${flagOf(name)} ${valueName(setting)}`, helpOf(name))
      return option.helpGroup(`${group}:`)
    })
  )
]

/** Flags of settings and nothing else; what is wrong is thrown as the error that `failure` makes of it. */
export function parseFlags(args: readonly string[], failure: (message: string) => Error): Flags {
  const command = new Command().exitOverride().configureOutput({ writeErr() {} })
  for (const option of settingOptions()) command.addOption(option)
  try {
    return command.parse(args, { from: 'user' }).opts()
  } catch (error) {
    throw error instanceof CommanderError ? failure(error.message.replace(/^error: /, '').replace('\n', ' ')) : error
  }
}
