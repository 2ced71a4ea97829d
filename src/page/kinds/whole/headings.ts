import type { Block, Region } from '../../content/blocks.js'
import { likelihoodOf, type Content } from '../../content/content.js'
import { sumsOf } from '../../content/numbers.js'
import { lettersOf } from '../../content/words.js'

/** A longer text is no heading. Words. */
const MOST_WORDS = 16
/** A heading is shown if so many words below it are, and so much of them. */
const LEAST_WORDS = 10
const LEAST_SHARE = 0.33
/** What is less likely a part of what the page is about is above something else: "Newsletter", "Share", "On this page". */
const LEAST_LIKELY = 0.2

/**
 * The innermost element around a block in which more is said than by links and other headings, some of it below the block:
 * the heading of a part may stand at the end of an element before it.
 */
function around(block: Block, saysMore: (region: Region) => boolean): Region {
  let at = block.region
  while (at.parent !== undefined && !saysMore(at)) at = at.parent
  return at
}

/** So many links are a list. */
const LEAST_LINKS = 3

const lettersBehindNumber = (text: string): string => lettersOf(text.replace(/^[\s\d.)]+/, ''))

/**
 * Tells whether a block below a heading says the same, perhaps with a number before it, or a link behind: "Science See
 * all". What stands below is read once: it may be long, and stand below many headings.
 */
function createIsSaidBy(): (below: Block | undefined, heading: Block) => boolean {
  let last: { readonly block: Block; readonly letters: string } | undefined
  return (below, { text, words }) => {
    if (below === undefined) return false
    if (last?.block !== below) last = { block: below, letters: lettersBehindNumber(below.text) }
    const own = lettersBehindNumber(text)
    const isLinked = below.heading === 0 && below.words - below.linked === words
    return own === last.letters || (isLinked && last.letters.startsWith(own))
  }
}

/** Whether a block may be the heading of a part of the page: the first level is that of the whole page. */
const mayHead = ({ heading, words, hidden }: Block): boolean => heading > 1 && words <= MOST_WORDS && !hidden

/**
 * The headings of what is shown: where a page is a list of lists, the model takes those that are links for ways to other
 * pages. What stands above all of it, or says the title once more, is that of the page, or of its site.
 */
export function headingsOf(content: Content, shown: ReadonlySet<Block>, title: string): readonly Block[] {
  const { blocks } = content.survey
  const titled = lettersOf(title)
  const isOwn = ({ text }: Block): boolean => lettersOf(text) !== titled
  const isSaidBy = createIsSaidBy()
  const headings: Block[] = []
  const words = sumsOf(blocks, block => block.words)
  const kept = sumsOf(blocks, block => (shown.has(block) ? block.words : 0))
  const links = sumsOf(blocks, block => (block.links > 0 ? 1 : 0))
  const said = sumsOf(blocks, block => (block.heading > 0 ? 0 : block.words - block.linked))
  const saysMoreBelow =
    (at: number) =>
    ({ first, end }: Region): boolean =>
      said[end]! > said[first]! && words[end]! > words[at + 1]!
  /** Whether what stands below a heading in the same element is a list of links alone, and not shown */
  const headsList = (at: number): boolean => {
    let outer: Region | undefined = blocks[at]!.region
    while (outer !== undefined && words[Math.max(at + 1, outer.end)] === words[at + 1]) outer = outer.parent
    const end = outer?.end ?? 0
    return kept[end] === kept[at + 1] && said[end] === said[at + 1] && links[end]! >= links[at + 1]! + LEAST_LINKS
  }
  /** Where the next heading of each level or above stands, from the end on */
  const next = new Array<number>(7).fill(blocks.length)
  /** What is shown next below */
  let shownBelow: Block | undefined
  for (let at = blocks.length - 1; at >= 0; at--) {
    const block = blocks[at]!
    const { heading } = block
    if (block.words === 0) continue
    const below = shownBelow
    if (shown.has(block)) shownBelow = block
    if (heading === 0) continue
    const isNew = !shown.has(block) && isOwn(block) && !isSaidBy(below, block)
    if (isNew && mayHead(block) && likelihoodOf(block, content) >= LEAST_LIKELY && !headsList(at)) {
      const end = Math.min(next[heading]!, around(block, saysMoreBelow(at)).end)
      const part = kept[end]! - kept[at + 1]!
      const isPart = part < kept[blocks.length]!
      if (isPart && part >= LEAST_WORDS && part >= LEAST_SHARE * (words[end]! - words[at + 1]!)) headings.push(block)
    }
    next.fill(at, heading)
  }
  return headings
}
