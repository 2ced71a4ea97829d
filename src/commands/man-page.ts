import { SETTING_GROUPS } from '../config/setting-groups.js'
import { defaultText, flagOf, variableOf, type SettingName } from '../config/setting-names.js'
import type { Setting } from '../config/setting-values.js'
import { SETTINGS } from '../config/settings.js'
import { VERSION } from '../config/version.js'
import type { Asked, Command } from './command.js'
import { CONFIG_PLACES } from './settings/find-config-file.js'

/** Text for troff: a backslash, and a dot or a quote that a line begins with, would be its own. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&')

const item = (term: string, text: string): string => `.TP\n.B ${escaped(term)}\n${escaped(text)}`

function commandText(name: string, { words = {}, options = {}, help }: Command): string {
  const own = Object.entries(options).map(([flags, text]) => item(flags, text))
  const lines = [item([name, ...Object.keys(words)].join(' '), help)]
  return own.length === 0 ? lines.join('\n') : [...lines, '.RS', ...own, '.RE'].join('\n')
}

function settingText(name: SettingName): string {
  const setting: Setting<unknown> = SETTINGS[name]
  const takes = setting.choices?.join(', ') ?? setting.unit
  const facts = [variableOf(name), ...(takes === undefined ? [] : [takes]), defaultText(name) || 'empty']
  return item(`--${flagOf(name)}`, `${setting.help} (${facts.join('; ')})`)
}

/** retrograde man: the manual page, of the same lists as the help. */
export async function manPage(asked: Asked): Promise<number> {
  const commands = Object.entries(asked.commands).map(([name, command]) => commandText(name, command))
  const groups = Object.entries(SETTING_GROUPS).map(([group, names]) =>
    [`.SS ${escaped(group)}`, ...names.map(name => settingText(name))].join('\n')
  )
  const lines = [
    `.TH RETROGRADE 1 "" "Retrograde ${escaped(VERSION)}"`,
    `.SH NAME\nretrograde \\- an HTTP proxy that lets retro machines browse today's web`,
    '.SH SYNOPSIS\n.B retrograde\n[command] [options]',
    ['.SH COMMANDS', ...commands].join('\n'),
    [
      '.SH SETTINGS',
      escaped('Flags; the variable of the environment, what it takes and the default stand behind.')
    ].join('\n'),
    ...groups,
    [
      '.SH FILES',
      ...CONFIG_PLACES.map(place => `.I ${escaped(place)}\n.br`),
      'The first that is there is taken when no file is named; one without a / is in the folder where it starts.'
    ].join('\n'),
    '.SH EXIT STATUS\n0 when all went well, 1 when it failed, 2 when it was asked for in a wrong way.'
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  return 0
}
