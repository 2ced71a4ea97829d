import type { Block, Region } from '../../content/blocks.js'
import { likelyWordsIn, wordsIn, type Content } from '../../content/content.js'
import { sumsOf } from '../../content/numbers.js'
import { isProse, setOf } from '../../content/words.js'
import { listsBehind } from '../others/lists-behind.js'
import { isNamedText } from '../others/named-text.js'
import { isFrontPage } from '../others/teasers.js'

/** Names of who has written an article, as one word with what is told of that person as well. */
const AUTHOR = setOf(
  'author authors authorbox authorinfo authorbio aboutauthor autor autorin autoren autorenbox verfasser auteur autore'
)
/** A longer line is more than a name; so is what tells more of that person. Words. */
const LINE_WORDS = 12
const BOX_WORDS = 200
/** Where more elements are named so, they are those of entries. Elements. */
const MOST_AUTHORS = 3
/** What is told of the author stands behind so much of the running text, with no more than so much behind it. Shares. */
const BEFORE_BOX = 0.5
const BEHIND_BOX = 0.1
/** In what is named so, a site asks its readers for something: to try what it sells, mostly. */
const ACTION = 'cta'
const ACTION_WORDS = 100
/** What is surely a part of the text only looks like that; so does what is much of it. Likelihood; share of what is shown. */
const SURE = 0.85
const MOST_OF_SHOWN = 0.1

interface Known {
  /** Whether who has written the page stands above it already */
  readonly isSigned: boolean
  /** Whether the page says that it is an article */
  readonly isArticle: boolean
  /** What is said of other pages (others/teasers.ts) */
  readonly teasers: ReadonlySet<Block>
}

/**
 * What is shown of an article without boxes that stand around its text: who has written it, what the
 * site wants, where else to go.
 */
export function withoutBoxes(content: Content, shown: ReadonlySet<Block>, known: Known): Set<Block> {
  const { isSigned, isArticle, teasers } = known
  const { blocks, regions } = content.survey
  const left = new Set(shown)
  const sums = sumsOf(blocks, block => (shown.has(block) && isProse(block) ? block.words : 0))
  const all = sums[blocks.length]!
  const take = ({ first, end }: Region): void => {
    for (const block of blocks.slice(first, end)) left.delete(block)
  }
  const isBox = ({ words, first, end }: Region): boolean =>
    sums[first] === 0
      ? isSigned && words <= LINE_WORDS
      : sums[first]! >= BEFORE_BOX * all && all - sums[end]! <= BEHIND_BOX * all
  const authors = regions.filter(
    ({ names, words }) => words > 0 && words <= BOX_WORDS && names.some(name => AUTHOR.has(name))
  )
  if (authors.length <= MOST_AUTHORS) for (const region of authors.filter(isBox)) take(region)
  if (!isArticle && !isNamedText(content.survey, sums)) return left
  // Of a front page, one of its stories is signed, dated and called an article.
  if (isFrontPage(teasers, shown)) return left
  for (const region of listsBehind(content.survey, left, teasers)) take(region)
  const total = wordsIn(shown)
  let end: number | undefined
  for (const region of regions) {
    if (region.words === 0 || region.words > ACTION_WORDS || !region.names.includes(ACTION)) continue
    const part = blocks.slice(region.first, region.end)
    if (region.words > MOST_OF_SHOWN * total || likelyWordsIn(part, content) >= SURE * region.words) continue
    take(region)
    const between = region.first - 1 === end ? blocks[end] : undefined
    if (between !== undefined && isJoint(between)) left.delete(between)
    const label = blocks[region.first - 1]
    if (label !== undefined && isLabelOf(label, region)) left.delete(label)
    end = region.end
  }
  return left
}

/** Whether a block is the word between two things that it stands between: "or". */
const isJoint = ({ words, links, heading, pictures }: Block): boolean =>
  words <= 1 && links === 0 && heading === 0 && pictures.length === 0

/** Whether a block says what stands in a region, in a box that holds both and no more: "Best prices:". */
const isLabelOf = ({ text, words, links }: Block, { first, end, parent }: Region): boolean =>
  words <= LINE_WORDS &&
  links === 0 &&
  text.trimEnd().endsWith(':') &&
  parent?.first === first - 1 &&
  parent.end === end
