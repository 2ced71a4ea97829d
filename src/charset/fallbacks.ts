import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** A character, and what to write when a charset lacks it; rules/charsets/fallbacks.yaml. */
export type Fallbacks = ReadonlyMap<string, string>

function readLines(file: string): Array<[character: string, written: unknown]> {
  let lines: unknown
  try {
    lines = parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  if (typeof lines !== 'object' || lines === null || Array.isArray(lines))
    throw new Error(`${file}: it takes lines of "character: text"`)
  return Object.entries(lines)
}

/**
 * Reads the table of fallbacks.
 * @throws Error when a line is not "character: text".
 */
export function loadFallbacks(rulesFolder: string): Fallbacks {
  const file = join(rulesFolder, 'charsets', 'fallbacks.yaml')
  const fallbacks = new Map<string, string>()
  for (const [character, written] of readLines(file)) {
    if ([...character].length !== 1 || typeof written !== 'string' || /[^ -~]/.test(written)) {
      throw new Error(`${file}, ${JSON.stringify(character)}: it takes one character and ASCII text`)
    }
    fallbacks.set(character, written)
  }
  return fallbacks
}
