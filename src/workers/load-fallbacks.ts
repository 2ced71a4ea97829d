import { join } from 'node:path'
import type { Fallbacks } from '../charset/fallbacks.js'
import { readRuleFile, RulesError } from '../config/read-rules.js'

/**
 * The table of fallbacks.
 * @throws RulesError when the file is missing, or when a line is not "character: text".
 */
export function loadFallbacks(rulesFolder: string): Fallbacks {
  const file = join(rulesFolder, 'charsets', 'fallbacks.yaml')
  const { value } = readRuleFile(file)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RulesError(`${file}: it takes lines of "character: text"`)
  const fallbacks = new Map<string, string>()
  for (const [character, written] of Object.entries(value)) {
    if ([...character].length !== 1 || typeof written !== 'string' || /[^ -~]/.test(written))
      throw new RulesError(`${file}, ${JSON.stringify(character)}: it takes one character and ASCII text`)
    fallbacks.set(character, written)
  }
  return fallbacks
}
