import type { Commands } from './command.js'

const OVERWRITE = 'write over a file that is there'

/** THE LIST of commands, in the order of the help. */
export const COMMANDS: Commands = {
  serve: {
    help: 'runs the proxy; what is done when no command is named',
    settings: true,
    load: async () => (await import('./serve.js')).serveCommand
  },
  init: {
    help: 'writes a file of settings, from five questions',
    words: { '[file]': 'the file to write (retrograde.yaml)' },
    options: { '--force': OVERWRITE, '--sample': 'ask nothing: all settings as comments, with their defaults' },
    settings: false,
    load: async () => (await import('./settings/init.js')).init
  },
  settings: {
    help: 'prints the settings in force, and where each was said',
    options: { '--markdown': 'print the reference of all settings, as docs/configuration.md has it' },
    settings: true,
    load: async () => (await import('./settings/settings-table.js')).settingsTable
  },
  check: {
    help: 'checks rules and settings, and whether each line of rules/clients is reached',
    settings: true,
    load: async () => (await import('./check.js')).check
  },
  doctor: {
    help: 'says what keeps the proxy from working on this machine',
    options: { '--site <url>': 'secure site to try (https://example.com/)' },
    settings: true,
    load: async () => (await import('./doctor.js')).doctor
  },
  health: {
    help: 'asks whether the proxy on this machine answers',
    settings: true,
    load: async () => (await import('./health.js')).healthCommand
  },
  backup: {
    help: 'writes what is remembered (settings, cookies, addresses) to a file; the proxy may run',
    words: { '<file>': 'the file to write' },
    settings: true,
    load: async () => (await import('./backup.js')).backup
  },
  restore: {
    help: 'brings back what a backup has, in the place of what is remembered',
    words: { '<file>': 'a file that backup wrote' },
    settings: true,
    load: async () => (await import('./backup.js')).restore
  },
  convert: {
    help: 'prints a page as a browser would get it',
    words: { '<source>': 'a file or an address' },
    options: {
      '--url <url>': 'address that the file counts as',
      '--reader': 'as the reader shows it',
      '--explain': 'say what each step changed'
    },
    settings: true,
    load: async () => (await import('./convert.js')).convert
  },
  profile: {
    help: 'prints what a profile is in the end, and which file says so',
    words: { '<name>': 'name of a profile' },
    settings: true,
    load: async () => (await import('./profile.js')).profileCommand
  },
  'hash-password': {
    help: 'reads a password and prints its hash for the setting users',
    settings: false,
    load: async () => (await import('./hash-password.js')).hashPasswordCommand
  },
  completion: {
    help: 'prints what completes these commands in a shell',
    words: { '<shell>': 'bash, zsh or fish' },
    settings: false,
    load: async () => (await import('./completion.js')).completion
  },
  man: {
    help: 'prints the manual page (troff)',
    settings: false,
    load: async () => (await import('./man-page.js')).manPage
  }
}
