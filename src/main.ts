#!/usr/bin/env node
import { check } from './commands/check.js'
import { convert } from './commands/convert.js'
import { doctor } from './commands/doctor.js'
import { hashPasswordCommand } from './commands/hash-password.js'
import { healthCommand } from './commands/health.js'
import { profileCommand } from './commands/profile.js'
import { serveCommand } from './commands/serve.js'
import { settingsTable } from './commands/settings-table.js'

/** The commands: each takes the words behind its name, and gives the exit code when it is through. */
const COMMANDS: Readonly<Record<string, { help: string; run: (args: string[]) => Promise<number> }>> = {
  serve: { help: 'runs the proxy', run: serveCommand },
  convert: {
    help: 'FILE|URL [--profile NAME] [--url URL] [--explain] prints a page as a browser would get it',
    run: convert
  },
  health: { help: 'asks whether the proxy on this machine answers', run: healthCommand },
  check: { help: 'checks rules and settings, and whether each line of rules/clients is reached', run: check },
  profile: { help: 'NAME prints what a profile is in the end, and which file says so', run: profileCommand },
  doctor: { help: '[--site URL] says what keeps the proxy from working on this machine', run: doctor },
  'hash-password': { help: 'reads a password and prints its hash for the setting users', run: hashPasswordCommand },
  settings: { help: 'prints all settings as a table', run: settingsTable }
}

function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, { help }]) => `  retrograde ${name.padEnd(13)} ${help}`)
  return `Retrograde lets retro machines browse today's web.\n\n${lines.join('\n')}\n\nSettings: --port N and so on, RETROGRADE_PORT and so on, or --config FILE; "retrograde settings" lists them.\n`
}

const [name = 'serve', ...args] = process.argv.slice(2)
const command = COMMANDS[name]
if (command === undefined) {
  const asked = ['help', '--help', '-h'].includes(name)
  process[asked ? 'stdout' : 'stderr'].write(usage())
  process.exitCode = asked ? 0 : 2
} else {
  command.run(args).then(
    code => {
      process.exitCode = code
    },
    (error: unknown) => {
      process.stderr.write(`retrograde: ${error instanceof Error ? error.message : String(error)}\n`)
      process.exitCode = 1
    }
  )
}
