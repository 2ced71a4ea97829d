import { readRules, type RuleFile } from '../config/read-rules.js'
import type { RulesFolder } from '../config/layers/rules-folder.js'
import { createPageLines, faultOf, type LineRules, type PageLines } from '../page/lines/page-lines.js'
import { createShareWords, type ShareRules, type ShareWords } from '../page/shares/share-words.js'

/**
 * What shares a page, by rules/share-links.yaml.
 * @throws RulesError naming file, line, field and reason.
 */
export const loadShareWords = (rulesFolder: RulesFolder): ShareWords =>
  createShareWords(readRules<ShareRules>(rulesFolder, 'share-links').value)

/** @throws RulesError at the first phrase that has a fault. */
function checkPhrases(rules: RuleFile<LineRules>): void {
  for (const [language, lines] of Object.entries(rules.value))
    for (const [said, phrases] of Object.entries(lines))
      phrases.forEach((phrase, at) => {
        const fault = faultOf(phrase)
        if (fault !== undefined)
          throw rules.failure([language, said, String(at)], `${JSON.stringify(phrase)}: ${fault}`)
      })
}

/**
 * What lines around the subject of a page say, by rules/page-lines.yaml.
 * @throws RulesError naming file, line, field and reason.
 */
export function loadPageLines(rulesFolder: RulesFolder): PageLines {
  const rules = readRules<LineRules>(rulesFolder, 'page-lines')
  // The build looks at all phrases too, and a thread that begins would wait for it.
  if (rules.checkedBy === undefined) checkPhrases(rules)
  return createPageLines(rules.value)
}
