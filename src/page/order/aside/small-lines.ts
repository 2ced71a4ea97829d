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
const isOfPage = ({ heading }: Block, text: string, lines: PageLines): boolean =>
  heading === 0 && (lines.says('page tools', text) || lines.says('back', text))

/** Whether a line stands above what a page is filed under. */
const isLabel = ({ heading }: Block, text: string, lines: PageLines): boolean =>
  heading !== 1 && lines.says('filed label', `${text.replace(/:$/, '')}:`)

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
  const filed = [...filedIn(survey.regions.filter(({ first, end }) => first >= from && end <= to))]
  const ofPage = survey.blocks.slice(from, to).filter(block => {
    if (block.words === 0 || block.words > MOST_WORDS) return false
    const text = inOneLine(block.text)
    return isOfPage(block, text, lines) || isLabel(block, text, lines)
  })
  const all = [...filed.flatMap(region => blocksIn(survey, region)), ...ofPage]
  return new Set(all.filter(block => likelihoodOf(block, content) < SURE))
}
