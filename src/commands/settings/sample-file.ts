import { stringify } from 'yaml'
import { SETTING_GROUPS } from '../../config/setting-groups.js'
import type { Setting } from '../../config/setting-values.js'
import { SETTINGS } from '../../config/settings.js'

const HEAD = `# Settings of Retrograde. Lines without # count; what is not said has the value that stands here.
# "retrograde settings" prints those in force, "retrograde check" says what is wrong in this file.
`

const lineOf = (name: string, value: unknown): string => stringify({ [name]: value }, { flowCollectionPadding: false })

/** A file of settings: those that were chosen, and all others as comments with their defaults. */
export function sampleFile(chosen: Readonly<Record<string, unknown>>): string {
  const groups = Object.entries(SETTING_GROUPS).map(([group, names]) => {
    const lines = names.map(name => {
      const setting: Setting<unknown> = SETTINGS[name]
      const line = Object.hasOwn(chosen, name)
        ? lineOf(name, chosen[name])
        : lineOf(name, setting.default).replace(/^(?=.)/gm, '#')
      return `# ${setting.help}${setting.choices === undefined ? '' : ` (${setting.choices.join(', ')})`}\n${line}`
    })
    return `\n# ---- ${group}\n\n${lines.join('\n')}`
  })
  return HEAD + groups.join('')
}
