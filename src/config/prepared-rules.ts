import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file of rules as it was when the program was built. */
export interface PreparedFile {
  readonly value: unknown
  /** Hash of the schema that it was checked against, if it has one */
  readonly checkedBy?: string
}

/**
 * What parsing and checking of the rules gave when the program was built, by hash of their text: either takes half a
 * second of a start. A file that has been changed since is none of them, and is parsed and checked as ever.
 */
export type PreparedRules = Readonly<Record<string, PreparedFile>>

/** Beside the folders of the program; `npm run build` writes it. */
export const PREPARED_FILE = fileURLToPath(new URL('../prepared-rules.json', import.meta.url))

/** The name of a text among prepared ones. */
export const textHash = (text: string): string => hash('sha256', text, 'base64url')

export const readPreparedRules = (): PreparedRules =>
  existsSync(PREPARED_FILE) ? (JSON.parse(readFileSync(PREPARED_FILE, 'utf8')) as PreparedRules) : {}
