import { flagOf, variableOf } from '../config/config.js'
import { SETTINGS } from '../config/settings.js'

function defaultText(name: string, value: unknown): string {
  // The number of threads is that of the machine: it must not change the documentation.
  if (name === 'conversions') return 'cores, at most 4'
  const text = Array.isArray(value) ? value.join(', ') : String(value)
  return text === '' ? 'empty' : text
}

/** The configuration reference, as docs/configuration.md has it. */
export function configurationReference(): string {
  const rows = Object.entries(SETTINGS).map(([name, setting]) => {
    const unit = setting.unit ?? setting.choices?.join(', ') ?? ''
    const names = [name, `--${flagOf(name)}`, variableOf(name)].map(text => `\`${text}\``)
    return `| ${[...names, defaultText(name, setting.default), unit, setting.help].join(' | ')} |`
  })
  return `# Settings

Made from \`src/config/settings.ts\` by \`npm run docs\`. A flag beats the environment, the environment beats the file that
\`--config FILE\` or \`RETROGRADE_CONFIG\` names (YAML, lines of \`setting: value\`). A wrong value stops the start.

| setting | flag | environment | default | unit or choices | what it does |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

/** retrograde settings */
export async function settingsTable(): Promise<number> {
  process.stdout.write(configurationReference())
  return 0
}
