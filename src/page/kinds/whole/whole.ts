import type { Block } from '../../content/blocks.js'
import type { Content } from '../../content/content.js'
import { inOneLine } from '../../content/words.js'
import type { PageLines } from '../../lines/page-lines.js'
import { isNoHeading } from '../shown/heads-beside.js'
import { wholesBetween } from './between.js'
import { headingsOf } from './headings.js'
import { notesIn } from './notes.js'
import { sectionsBelow } from './sections.js'

/** What is shown, and of which page. */
interface Shown {
  readonly blocks: ReadonlySet<Block>
  /** What was shown before what stands beside it was taken away: that does not come back */
  readonly before: ReadonlySet<Block>
  readonly title: string
  /** Shops have headings of what stands beside their goods, too */
  readonly isForSale: boolean
  readonly lines: PageLines
}

/** What is shown of a page, with what it is no whole without: tables, notes, headings. */
export function withWhole(content: Content, { blocks: shown, before, title, isForSale, lines }: Shown): Set<Block> {
  const whole = new Set(shown)
  const add = (blocks: readonly Block[]): void => {
    for (const block of blocks) if (!before.has(block)) whole.add(block)
  }
  add(wholesBetween(content, shown))
  add(notesIn(content.survey, shown))
  if (!isForSale) add(sectionsBelow(content, shown))
  add(headingsOf(content, whole, title).filter(({ text }) => !isNoHeading(inOneLine(text), lines)))
  return whole
}
