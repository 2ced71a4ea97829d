#!/usr/bin/env node

interface Command {
  readonly help: string
  /** Loads what this command needs and nothing else: most of them need no proxy, whose parts take a second to load */
  readonly load: () => Promise<(args: string[]) => Promise<number>>
}

/** The commands: each takes the words behind its name, and gives the exit code when it is through. */
const COMMANDS: Readonly<Record<string, Command>> = {
  serve: { help: 'runs the proxy', load: async () => (await import('./commands/serve.js')).serveCommand },
  convert: {
    help: 'FILE|URL [--profile NAME] [--url URL] [--explain] prints a page as a browser would get it',
    load: async () => (await import('./commands/convert.js')).convert
  },
  health: {
    help: 'asks whether the proxy on this machine answers',
    load: async () => (await import('./commands/health.js')).healthCommand
  },
  check: {
    help: 'checks rules and settings, and whether each line of rules/clients is reached',
    load: async () => (await import('./commands/check.js')).check
  },
  profile: {
    help: 'NAME prints what a profile is in the end, and which file says so',
    load: async () => (await import('./commands/profile.js')).profileCommand
  },
  doctor: {
    help: '[--site URL] says what keeps the proxy from working on this machine',
    load: async () => (await import('./commands/doctor.js')).doctor
  },
  'hash-password': {
    help: 'reads a password and prints its hash for the setting users',
    load: async () => (await import('./commands/hash-password.js')).hashPasswordCommand
  },
  settings: {
    help: 'prints all settings as a table',
    load: async () => (await import('./commands/settings-table.js')).settingsTable
  }
}

function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, { help }]) => `  retrograde ${name.padEnd(13)} ${help}`)
  return `Retrograde lets retro machines browse today's web.\n\n${lines.join('\n')}\n\nSettings: --port N and so on, RETROGRADE_PORT and so on, or --config FILE; "retrograde settings" lists them.\n`
}

const [name = 'serve', ...args] = process.argv.slice(2)
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (command === undefined) {
  const asked = ['help', '--help', '-h'].includes(name)
  process[asked ? 'stdout' : 'stderr'].write(usage())
  process.exitCode = asked ? 0 : 2
} else {
  command
    .load()
    .then(run => run(args))
    .then(
      code => {
        process.exitCode = code
      },
      (error: unknown) => {
        process.stderr.write(`retrograde: ${error instanceof Error ? error.message : String(error)}\n`)
        process.exitCode = 1
      }
    )
}
