import type { Block } from '../../content/blocks.js'
import type { Content } from '../../content/content.js'
import { inOneLine } from '../../content/words.js'
import type { PageLines } from '../../lines/page-lines.js'
import { isNoHeading } from '../shown/heads-beside.js'
import { wholesBetween } from './between.js'
import { headingsOf } from './headings.js'
import { notesIn } from './notes.js'
import { questionsIn } from './questions.js'

/** What is shown, and of which page. */
interface Shown {
  readonly blocks: ReadonlySet<Block>
  readonly title: string
  /** Whether the page offers one thing for sale: the questions there are about the shop as often */
  readonly isForSale: boolean
  readonly lines: PageLines
}

/** What is shown of a page, with what it is no whole without: tables, answers to questions, notes, headings. */
export function withWhole(content: Content, { blocks: shown, title, isForSale, lines }: Shown): Set<Block> {
  const whole = new Set(shown)
  for (const block of wholesBetween(content, shown)) whole.add(block)
  for (const block of isForSale ? [] : questionsIn(content)) whole.add(block)
  for (const block of notesIn(content.survey, shown)) whole.add(block)
  for (const block of headingsOf(content, whole, title))
    if (!isNoHeading(inOneLine(block.text), lines)) whole.add(block)
  return whole
}
