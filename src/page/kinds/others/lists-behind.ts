import type { Block, Region, Survey } from '../../content/blocks.js'
import { wordsIn } from '../../content/content.js'
import { sumsOf } from '../../content/numbers.js'

/** A paragraph of a text has so many words at least; fewer stand below the links of lists as well. */
const PARAGRAPH_WORDS = 15
/** The text of an article holds so many words of paragraphs, so much of all of those, and so much of what is shown. */
const LEAST_WORDS = 60
const TEXT = 0.75
const LEAST_SHARE = 0.5
/** A list of links has so many, with so much of its words, and no more than so much of the paragraphs. Links; shares. */
const LEAST_LINKS = 2
const LINKED = 0.3
const MOST_PARAGRAPHS = 0.1
/** Where little of what is said of other pages is a link, it has so much of the words of such a list. Share. */
const TEASERS = 0.75

const isParagraph = ({ words, linked, heading }: Block): boolean =>
  heading === 0 && words >= PARAGRAPH_WORDS && 3 * linked < words

/**
 * The lists behind the text of an article that lead to other pages, with what they say of those. On other pages such lists
 * are what these are about, below an introduction.
 */
export function listsBehind(
  { blocks, regions }: Survey,
  shown: ReadonlySet<Block>,
  teasers: ReadonlySet<Block>
): readonly Region[] {
  const isOfText = (block: Block): boolean => shown.has(block) && !teasers.has(block)
  const sums = sumsOf(blocks, block => (isOfText(block) && isParagraph(block) ? block.words : 0))
  const all = sums[blocks.length]!
  if (all < Math.max(LEAST_WORDS, LEAST_SHARE * wordsIn(blocks.filter(isOfText)))) return []
  const links = sumsOf(blocks, block => (block.links > 0 ? 1 : 0))
  const said = sumsOf(blocks, block => (teasers.has(block) ? block.words : block.linked))
  const within = (of: Float64Array, { first, end }: Region): number => of[end]! - of[first]!
  const text = regions.findLast(region => within(sums, region) >= TEXT * all)
  if (text === undefined) return []
  const isList = (region: Region): boolean =>
    within(sums, region) <= MOST_PARAGRAPHS * all &&
    within(links, region) >= LEAST_LINKS &&
    (region.linked >= LINKED * region.words || within(said, region) >= TEASERS * region.words)
  return regions.filter(region => region.words > 0 && region.first >= text.end && isList(region))
}
