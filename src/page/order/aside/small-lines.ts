import type { Block } from '../../content/blocks.js'
import { likelihoodOf, type Content } from '../../content/content.js'
import { blocksIn } from '../../content/regions.js'
import { inOneLine } from '../../content/words.js'
import { filedIn } from '../../lists/filed.js'
import type { PageLines } from '../../lines/page-lines.js'
import { SURE } from '../text-from.js'

/** A longer line says something else too. Words. */
const MOST_WORDS = 8

/** Whether a line says what can be done with a page besides reading it, or leads back to what it is one of. */
const isOfPage = ({ text, words, heading }: Block, lines: PageLines): boolean => {
  if (heading > 0 || words === 0 || words > MOST_WORDS) return false
  const line = inOneLine(text)
  return lines.says('page tools', line) || lines.says('back', line) || lines.says('filed label', `${line}:`)
}

/**
 * The lines from one block up to another that nobody looks for above a text, however short they are: what a page is filed
 * under, what can be done with it besides reading it, a way back.
 */
export function smallLinesIn(
  content: Content,
  [from, to]: readonly [number, number],
  lines: PageLines
): ReadonlySet<Block> {
  const { survey } = content
  const filed = [...filedIn(survey.regions)].filter(({ first, end }) => first >= from && end <= to)
  const ofPage = survey.blocks.slice(from, to).filter(block => isOfPage(block, lines))
  const all = [...filed.flatMap(region => blocksIn(survey, region)), ...ofPage]
  return new Set(all.filter(block => likelihoodOf(block, content) < SURE))
}
