import type { Block, Region, Survey } from '../content/blocks.js'
import { likelihoodOf, wordsIn, type Content } from '../content/content.js'
import { sumsOf } from '../content/numbers.js'
import { FACETS } from '../lists/narrowing.js'
import { SURE } from './text-from.js'
import { closest } from '../tree/tree.js'

/** What stands above what a list can be narrowed down by, or put in another order. */
const HEADING =
  /^(all )?(sort (&|and) )?(filters?( by)?|filter (results|products|items)|refine( your)?( results| search)?( by)?|narrow( your| by)?( results| search)?( by)?|shop by filters?|filtern( nach)?|filtres?|filtros?|filtra)\W*$/i
/** Fewer stand in nobody's way. Words. */
const LEAST_WORDS = 12
/** Facets are many short lines: with more words to each, they are posts or goods. Blocks; words. */
const LEAST_LINES = 5
const WORDS_PER_LINE = 3.5

const isNamed = ({ names, first }: Region, blocks: readonly Block[]): boolean =>
  names.some(name => FACETS.has(name)) || HEADING.test(blocks[first]?.text.trim() ?? '')

/**
 * Finds what a list can be narrowed down by, wherever it stands behind the title: many short lines without pictures, of
 * which nothing is surely content; the most of the page stands elsewhere.
 *
 * @param from the first block that is looked at
 * @returns the outermost regions, in order
 */
export function facetsFrom({ blocks, regions }: Survey, from: number, content: Content): Region[] {
  const surely = sumsOf(blocks, block => (likelihoodOf(block, content) >= SURE ? 1 : 0))
  const total = wordsIn(blocks.slice(from))
  const isFacets = (region: Region): boolean => {
    const { element, first, end, words, prose, images, controls } = region
    return (
      words >= LEAST_WORDS &&
      2 * words <= total &&
      2 * prose < words &&
      images === 0 &&
      end - first >= LEAST_LINES &&
      words <= WORDS_PER_LINE * (end - first) &&
      surely[end] === surely[first] &&
      isNamed(region, blocks) &&
      (controls === 0 || closest(element, 'form') === undefined)
    )
  }
  const found: Region[] = []
  let done = from
  for (const region of regions) {
    if (region.first < done || region.end <= region.first || !isFacets(region)) continue
    found.push(region)
    done = region.end
  }
  return found
}
