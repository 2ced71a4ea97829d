import { SETTING_GROUPS } from '../../config/setting-groups.js'
import { defaultText, flagOf, SETTING_NAMES, variableOf } from '../../config/setting-names.js'
import type { Setting } from '../../config/setting-values.js'
import { SETTINGS } from '../../config/settings.js'
import type { Asked } from '../command.js'
import { CONFIG_PLACES } from './find-config-file.js'
import { settingsOf } from './settings-of.js'

/** Where comments begin, if the value is no longer. Characters. */
const COMMENT_COLUMN = 40

/** The configuration reference, as docs/configuration.md has it. */
export function configurationReference(): string {
  const rows = SETTING_NAMES.map(name => {
    const setting: Setting<unknown> = SETTINGS[name]
    const unit = setting.unit ?? setting.choices?.join(', ') ?? ''
    const names = [name, `--${flagOf(name)}`, variableOf(name)].map(text => `\`${text}\``)
    return `| ${[...names, defaultText(name) || 'empty', unit, setting.help].join(' | ')} |`
  })
  return `# Settings

Made from \`src/config/settings.ts\` by \`npm run docs\`. A flag beats the environment, the environment beats the file that
\`--config FILE\` or \`RETROGRADE_CONFIG\` names (YAML, lines of \`setting: value\`). Where none is named, the first of these
is taken: ${CONFIG_PLACES.map(place => `\`${place}\``).join(', ')}.
\`retrograde settings\` shows what is in force, and from where. Files and folders without a \`/\` in front are looked for
in the folder in which the program starts. A wrong value stops the start.

| setting | flag | environment | default | unit or choices | what it does |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

/** An address without the name and the password in it. */
function withoutUserinfo(address: string): string {
  const [from, to] = [address.indexOf('://'), address.lastIndexOf('@')]
  return from < 0 || to < from ? address : `${address.slice(0, from)}://...${address.slice(to)}`
}

/** What is shown of a value that may hold a secret. */
const HIDE: Readonly<Record<string, (item: string) => string>> = {
  // Hashes of passwords are nothing to look at.
  users: item => item.replace(/:.*/, ':...'),
  store: withoutUserinfo
}

const shownValue = (setting: Setting<unknown>, value: unknown): string => {
  const items = Array.isArray(value) ? value.map(String) : [String(value)]
  return items.map(item => HIDE[setting.kind]?.(item) ?? item).join(', ')
}

/** The settings in force by groups, each that has not its default with the place where it was said. */
function settingsInForce(asked: Asked): string {
  const { config, places, notes } = settingsOf(asked)
  const lines = Object.entries(SETTING_GROUPS).flatMap(([group, names]) => [
    `# ${group}`,
    ...names.map(name => {
      const line = `${name}: ${shownValue(SETTINGS[name], config[name])}`
      const place = places.get(name)
      return place === undefined ? line : `${line.padEnd(COMMENT_COLUMN)} # ${place}`
    }),
    ''
  ])
  return [...lines, ...notes.map(note => `# ${note}`)].join('\n')
}

/** retrograde settings */
export async function settingsTable(asked: Asked): Promise<number> {
  process.stdout.write(asked.flags.markdown === true ? configurationReference() : settingsInForce(asked))
  return 0
}
