import type { Flags } from '../config/flags.js'

/** What was typed behind a command. */
export interface Asked {
  readonly words: readonly string[]
  /** Options of the command and settings, by their names in camel case */
  readonly flags: Flags
  /** All commands, for those that tell of them */
  readonly commands: Commands
}

/** Does what a command is for, and gives its exit code. */
export type RunCommand = (asked: Asked) => Promise<number>

/** A command as its help shows it. */
export interface Command {
  readonly help: string
  /** Words that it takes: <needed> or [not needed], and what each is */
  readonly words?: Readonly<Record<string, string>>
  /** Options of its own, beside settings */
  readonly options?: Readonly<Record<string, string>>
  /** Whether it takes settings */
  readonly settings: boolean
  /** Loads what this command needs and nothing else: most of them need no proxy, whose parts take a second to load */
  readonly load: () => Promise<RunCommand>
}

export type Commands = Readonly<Record<string, Command>>
