import { Command as Program, CommanderError, Option } from 'commander'
import { ConfigError } from '../config/config.js'
import { settingOptions } from '../config/flags.js'
import { didYouMean } from '../config/nearest.js'
import { VERSION } from '../config/version.js'
import type { Command } from './command.js'
import { COMMANDS } from './commands.js'
import { errorInWords } from '../system-error.js'

/** Exit codes: all went well; something failed; it was asked for in a wrong way. */
const OK = 0
const FAILED = 1
const MISUSED = 2

const WHAT_IT_IS = `Retrograde lets retro machines browse today's web.`
const HOW_TO_SET =
  'Settings are flags, variables (RETROGRADE_PORT and so on) or lines of a file: "retrograde serve --help" shows them.'

const COMMAND_FIRST = 'A command stands before its settings: retrograde check --config FILE'

/** A command as commander wants it; `done` is told its exit code. */
function subcommand(name: string, command: Command, done: (code: number) => void): Program {
  const program = new Program(name).summary(command.help).description(`${command.help}.`)
  for (const [word, help] of Object.entries(command.words ?? {})) program.argument(word, help)
  for (const [flags, help] of Object.entries(command.options ?? {})) program.addOption(new Option(flags, help))
  if (command.settings) for (const option of settingOptions()) program.addOption(option)
  return program.action(async (...given: unknown[]) => {
    const words = given.slice(0, -2).filter(word => typeof word === 'string')
    const run = await command.load()
    done(await run({ words, flags: program.opts(), commands: COMMANDS }))
  })
}

/** All commands. */
export function createProgram(done: (code: number) => void): Program {
  const program = new Program('retrograde')
    .description(WHAT_IT_IS)
    .version(VERSION, '-V, --version', 'print the version')
    .addHelpText('after', `\n${HOW_TO_SET}`)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, 'retrograde:')) })
  for (const [name, command] of Object.entries(COMMANDS)) {
    const part = subcommand(name, command, done).copyInheritedSettings(program)
    program.addCommand(part, { isDefault: name === 'serve' })
  }
  return program
}

/** A word that is no command would be taken for one of serve's. @throws ConfigError */
function checkCommand([name]: readonly string[]): void {
  const names = [...Object.keys(COMMANDS), 'help']
  if (name !== undefined && !name.startsWith('-') && !names.includes(name))
    throw new ConfigError(`there is no command ${name}${didYouMean(name, names) || ':'} "retrograde --help" lists them`)
}

function codeOf(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.code === 'commander.excessArguments') process.stderr.write(`${COMMAND_FIRST}\n`)
    return error.exitCode === 0 ? OK : MISUSED
  }
  process.stderr.write(`retrograde: ${errorInWords(error)}\n`)
  return error instanceof ConfigError ? MISUSED : FAILED
}

/** Runs what was typed, and gives the exit code: 0, or 1 when it failed, or 2 when it was asked for in a wrong way. */
export async function runProgram(args: readonly string[]): Promise<number> {
  let code = OK
  try {
    checkCommand(args)
    await createProgram(ended => (code = ended)).parseAsync(args, { from: 'user' })
  } catch (error) {
    return codeOf(error)
  }
  return code
}
