import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The compiled file that a thread or a process begins with, beside this one, or in dist/ when the sources are run. */
export function entryFile (name: string): string {
  const compiled = fileURLToPath(new URL(`./${name}.js`, import.meta.url))
  return existsSync(compiled) ? compiled : fileURLToPath(new URL(`../../dist/workers/${name}.js`, import.meta.url))
}
