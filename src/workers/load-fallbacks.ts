import type { Fallbacks } from '../charset/fallbacks.js'
import { readRuleFile, RulesError } from '../config/read-rules.js'
import { layersOf, type RulesFolder } from '../config/layers/rules-folder.js'

/** @throws RulesError when a line is not "character: text". */
function fallbacksIn(file: string): Array<[string, string]> {
  const { value } = readRuleFile(file)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RulesError(`${file}: it takes lines of "character: text"`)
  return Object.entries<unknown>({ ...value }).map(([character, written]) => {
    if ([...character].length !== 1 || typeof written !== 'string' || /[^ -~]/.test(written))
      throw new RulesError(`${file}, ${JSON.stringify(character)}: it takes one character and ASCII text`)
    return [character, written]
  })
}

/**
 * The table of fallbacks, one's own over ours.
 * @throws RulesError when the file is missing, or when a line is not "character: text".
 */
export const loadFallbacks = (rulesFolder: RulesFolder): Fallbacks =>
  new Map(layersOf(rulesFolder, 'charsets/fallbacks.yaml').flatMap(fallbacksIn))
