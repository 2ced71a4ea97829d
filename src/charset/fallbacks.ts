import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** Character → what to write when a charset lacks it; rules/charsets/fallbacks.yaml. */
export type Fallbacks = ReadonlyMap<string, string>

/**
 * Reads the table of fallbacks.
 * @throws Error when a line is not "character: text".
 */
export function loadFallbacks (rulesFolder: string): Fallbacks {
  const file = join(rulesFolder, 'charsets', 'fallbacks.yaml')
  const lines = parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  for (const [character, written] of Object.entries(lines)) {
    if ([...character].length !== 1 || typeof written !== 'string' || /[^ -~]/.test(written)) {
      throw new Error(`${file}, ${JSON.stringify(character)}: it takes one character and ASCII text`)
    }
  }
  return new Map(Object.entries(lines) as Array<[string, string]>)
}
