import type { Block, Survey } from '../../content/blocks.js'
import { likelihoodOf, type Content } from '../../content/content.js'
import { inOneLine } from '../../content/words.js'
import type { PageLines, Said } from '../../lines/page-lines.js'

/** A longer text says something else too. Words. */
const MOST_WORDS = 60
/** So short a line of what an entry is filed under says little besides, if it has a link. Words. */
const FILED_WORDS = 12
const LINE_WORDS = 25
/** What can be done with a page stands in a row of a few. Words; likelihood. */
const TOOLS_WORDS = 16
const SURE = 0.6
/** What is surely content in these may name what a program can do. */
const ENTRIES = new Set(['li', 'dt', 'dd', 'td', 'th'])

/** Whether a block is all of an entry, or of a cell: one that lays the page out has more. */
const isEntry = ({ region: { element, first, end } }: Block): boolean =>
  ENTRIES.has(element.tagName) && end === first + 1

/** Where more lines of one look say so, they are those of the entries of a list. Lines. */
const MOST_LINES = 3
/** A block with so many words is running text. Words. */
const TEXT_WORDS = 20

/** What is said of an entry wherever it stands. */
const OF_ENTRIES: readonly Said[] = ['this entry', 'trackbacks', 'counted', 'count label', 'answer', 'liked']

function isEntryLine(block: Block, isBelow: boolean, lines: PageLines): boolean {
  const { words, linked, links, heading } = block
  if (words === 0 || words > MOST_WORDS) return false
  const text = inOneLine(block.text)
  const isFiled = isBelow && links > 0 && (words <= FILED_WORDS || 5 * linked >= words)
  if (isFiled && (lines.says('filed', text) || lines.says('filed label', text))) return true
  if (heading === 0 && links > 0 && words <= LINE_WORDS && lines.says('to do', text)) return true
  return OF_ENTRIES.some(said => lines.says(said, text)) || (isBelow && lines.says('signed', text))
}

/** Whether a name tells what a line with a link is: below another entry, it may say less. */
const isNamedLine = ({ region, words, links }: Block): boolean =>
  region.names.length > 0 && links > 0 && words <= LINE_WORDS

/**
 * The blocks that say where an entry is filed, who has put it there, what was written to it, or ask for a favour; not
 * those of the entries of a list.
 */
export function entryLinesIn({ blocks }: Survey, shown: ReadonlySet<Block>, lines: PageLines): readonly Block[] {
  const found: Block[] = []
  let isBelow = false
  for (const block of blocks.filter(block => shown.has(block))) {
    if (isEntryLine(block, isBelow, lines)) found.push(block)
    else isBelow ||= block.words >= TEXT_WORDS && 2 * block.linked < block.words
  }
  const looks = new Map<number, number>()
  for (const { region } of found) looks.set(region.shape, (looks.get(region.shape) ?? 0) + 1)
  const named = new Map<number, number>()
  for (const { region } of [...shown].filter(isNamedLine)) named.set(region.look, (named.get(region.look) ?? 0) + 1)
  return found.filter(
    block =>
      looks.get(block.region.shape)! <= MOST_LINES &&
      !(isNamedLine(block) && named.get(block.region.look)! > MOST_LINES)
  )
}

/** Who holds the rights, with a link beside that: the foot of a page that has no other. Words. */
const RIGHTS = /©|\(c\) |\bcopyright\b/i
const FOOT_WORDS = 30

/** The last line of what is shown, if it is the foot of the page; a caption has no link. */
function footIn({ blocks }: Survey, shown: ReadonlySet<Block>): readonly Block[] {
  const last = blocks.findLast(block => block.words > 0 && shown.has(block))
  const isFoot =
    last !== undefined && last.heading === 0 && last.links > 0 && last.words <= FOOT_WORDS && RIGHTS.test(last.text)
  return isFoot ? [last] : []
}

/** The parts of a block; what stands side by side may have nothing between but how it looks. */
const partsOf = ({ texts }: Block): string => texts.map(({ value }) => value).join(' ')
const rowOf = (block: Block): string => (block.links > 0 ? partsOf(block) : block.text)

/** The blocks that say what sites say around any text: rows of what can be done with it, hints of forms and players. */
export function noticesIn(content: Content, shown: ReadonlySet<Block>, lines: PageLines): readonly Block[] {
  const isNotice = (block: Block): boolean =>
    block.heading !== 1 && block.words > 0 && block.words <= MOST_WORDS && lines.says('notice', inOneLine(rowOf(block)))
  const isTools = (block: Block): boolean =>
    block.heading === 0 &&
    block.words > 0 &&
    block.words <= TOOLS_WORDS &&
    (likelihoodOf(block, content) < SURE || !isEntry(block)) &&
    lines.says('tools', inOneLine(partsOf(block)))
  return [...[...shown].filter(block => isNotice(block) || isTools(block)), ...footIn(content.survey, shown)]
}
