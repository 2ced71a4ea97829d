import type { Block, Region, Survey } from '../../content/blocks.js'
import { wordsIn } from '../../content/content.js'
import { sumsOf } from '../../content/numbers.js'

/** A paragraph of a text has so many words at least; fewer stand below the links of lists as well. */
const PARAGRAPH_WORDS = 15
/** The text of an article holds so many words of paragraphs, so much of all of those, and so much of what is shown. */
const LEAST_WORDS = 60
const TEXT = 0.9
const LEAST_SHARE = 0.5
/** A list of links has so many, with so much of its words, and no more than so much of the paragraphs. Links; shares. */
const LEAST_LINKS = 2
const LINKED = 0.3
const MOST_PARAGRAPHS = 0.1

const isParagraph = ({ words, linked, heading }: Block): boolean =>
  heading === 0 && words >= PARAGRAPH_WORDS && 3 * linked < words

/**
 * The lists of links behind the text of an article: parts of the elements around that text that hold none of it. On other
 * pages such lists are what these are about, below an introduction.
 */
export function listsBehind({ blocks, regions }: Survey, shown: ReadonlySet<Block>): readonly Region[] {
  const sums = sumsOf(blocks, block => (shown.has(block) && isParagraph(block) ? block.words : 0))
  const all = sums[blocks.length]!
  if (all < Math.max(LEAST_WORDS, LEAST_SHARE * wordsIn(shown))) return []
  const wordsOf = ({ first, end }: Region): number => sums[end]! - sums[first]!
  const text = regions.findLast(region => wordsOf(region) >= TEXT * all)
  if (text === undefined) return []
  const around = new Set<Region>()
  for (let at: Region | undefined = text.parent; at !== undefined; at = at.parent) around.add(at)
  const isList = (region: Region): boolean =>
    region.linked >= LINKED * region.words &&
    wordsOf(region) <= MOST_PARAGRAPHS * all &&
    blocks.slice(region.first, region.end).filter(({ links }) => links > 0).length >= LEAST_LINKS
  return regions.filter(
    region =>
      region.words > 0 &&
      region.first >= text.end &&
      region.parent !== undefined &&
      around.has(region.parent) &&
      isList(region)
  )
}
