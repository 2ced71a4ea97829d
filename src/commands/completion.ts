import { ConfigError } from '../config/config.js'
import { flagOf, SETTING_NAMES } from '../config/setting-names.js'
import type { Asked, Command, Commands } from './command.js'

const settingFlags = (): string[] => ['--config', ...SETTING_NAMES.map(name => `--${flagOf(name)}`)]

/** The flags of a command, without their values. */
const flagsOf = ({ options = {}, settings }: Command): string[] => [
  '--help',
  ...Object.keys(options).map(flags => flags.split(' ')[0]!),
  ...(settings ? settingFlags() : [])
]

const bash = (commands: Commands): string => `# eval "$(retrograde completion bash)"
_retrograde() {
  local words
  case "\${COMP_WORDS[1]}" in
${Object.entries(commands)
  .map(([name, command]) => `    ${name}) words='${flagsOf(command).join(' ')}' ;;`)
  .join('\n')}
    *) words='${[...Object.keys(commands), '--version', ...flagsOf(commands.serve!)].join(' ')}' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}") $(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _retrograde retrograde
`

const zsh = (commands: Commands): string => `# eval "$(retrograde completion zsh)"
autoload -U +X bashcompinit && bashcompinit
${bash(commands)}`

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`\'`)}'`

const fish = (commands: Commands): string => `# retrograde completion fish | source
${Object.entries(commands)
  .flatMap(([name, command]) => [
    `complete -c retrograde -n __fish_use_subcommand -a ${name} -d ${quoted(command.help)}`,
    ...flagsOf(command).map(
      flag => `complete -c retrograde -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)}`
    )
  ])
  .join('\n')}
`

const SHELLS: Readonly<Record<string, (commands: Commands) => string>> = { bash, zsh, fish }

/** retrograde completion SHELL */
export async function completion({ words: [shell = ''], commands }: Asked): Promise<number> {
  const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined
  if (script === undefined) throw new ConfigError(`completion takes one of ${Object.keys(SHELLS).join(', ')}`)
  process.stdout.write(script(commands))
  return 0
}
