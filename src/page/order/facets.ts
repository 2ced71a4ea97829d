import type { Block, Region, Survey } from '../content/blocks.js'
import { likelihoodOf, likelyWordsIn, wordsIn, type Content } from '../content/content.js'
import { sumsOf } from '../content/numbers.js'
import { FACETS } from '../lists/narrowing.js'
import { SURE } from './text-from.js'
import { attribute, elements } from '../tree/tree.js'

/** What stands above what a list can be narrowed down by, or put in another order. */
const HEADING =
  /^(all )?(sort (&|and) )?(filters?( by)?|filter (results|products|items)|refine( your)?( results| search)?( by)?|narrow( your| by)?( results| search)?( by)?|shop by filters?|filtern( nach)?|filtres?|filtros?|filtra)\W*$/i
/** Fewer stand in nobody's way. Words. */
const LEAST_WORDS = 12
/** More of what stands behind the title is no part beside that, the less so where little is offered. Shares of its words. */
const MOST = 0.5
const MOST_CALLED = 0.75
/** Facets are many short lines: with more words to each, they are posts or goods. Blocks; words. */
const LEAST_LINES = 5
const WORDS_PER_LINE = 3.5
/** With so many fields in what is named so, the names of facets may look like content. Fields. */
const LEAST_FIELDS = 3
/** Nothing names them where so many lines are to be ticked, most with how many things there are of each. Fields, shares. */
const LEAST_COUNTED = 10
const FIELDS_SHARE = 0.3
const COUNTED_SHARE = 0.5
/** What a button that narrows a list down says to who hears the page; so much of such facets is in those. Share. */
const REFINES = /\b(refined?|filter(ed)?) by [^:]{1,60}:/i
const MOSTLY = 0.6
const TICKED = /^(checkbox|radio|hidden)$/i
const COUNT = /(^|[\s\p{L}])\(?\d[\d.,]*\)?$/u
/** A form is that of the list itself if so much more stands in it. Times the words of the facets. */
const FORM_OF_LIST = 2

const isCalled = ({ names }: Region): boolean => names.some(name => FACETS.has(name))

/** Whether a region is many short lines without pictures. */
const hasLines = ({ first, end, words, prose, images }: Region): boolean =>
  images === 0 && 2 * prose < words && end - first >= LEAST_LINES && words <= WORDS_PER_LINE * (end - first)

/** Whether a region is surely there to narrow a list down, though the names of some facets look like content. */
export function areFacets(region: Region, { blocks }: Survey, content: Content): boolean {
  const { controls, words, first, end } = region
  if (!hasLines(region) || !isCalled(region) || controls < LEAST_FIELDS) return false
  return likelyWordsIn(blocks.slice(first, end), content) < SURE * words
}

/** Whether a region has nothing but boxes to tick, for most of which it says how many things there are. */
function isCounted({ element, first, end, controls }: Region, blocks: readonly Block[]): boolean {
  if (controls < LEAST_COUNTED || controls < FIELDS_SHARE * (end - first)) return false
  const fields = elements(element, 'input', 'select', 'textarea')
  if (fields.length < LEAST_COUNTED || !fields.every(field => TICKED.test(attribute(field, 'type') ?? ''))) return false
  const counted = blocks.slice(first, end).filter(({ text }) => COUNT.test(text.trim())).length
  return counted >= COUNTED_SHARE * controls
}

/** Whether a button or a link says what a list is narrowed down to by it. */
const refines = ({ region, linked, words, text }: Block): boolean =>
  (region.element.tagName === 'button' || linked === words) && REFINES.test(text)

const isNamed = (region: Region, blocks: readonly Block[]): boolean =>
  isCalled(region) || HEADING.test(blocks[region.first]?.text.trim() ?? '') || isCounted(region, blocks)

/** Whether facets would be torn from the rest of their form, and it is not that of all of the list. */
function isTorn({ controls, words, parent }: Region): boolean {
  let around = controls === 0 ? undefined : parent
  while (around !== undefined && around.element.tagName !== 'form') around = around.parent
  return around !== undefined && around.words < FORM_OF_LIST * words
}

/**
 * Finds what a list can be narrowed down by, wherever it stands behind the title: many short lines without pictures, of
 * which nothing is surely content; the most of the page stands elsewhere.
 *
 * @param from the first block that is looked at
 * @returns the outermost regions, in order
 */
export function facetsFrom(survey: Survey, from: number, content: Content): Region[] {
  const { blocks, regions } = survey
  const surely = sumsOf(blocks, block => (likelihoodOf(block, content) >= SURE ? 1 : 0))
  const refining = sumsOf(blocks, block => (refines(block) ? block.words : 0))
  const total = wordsIn(blocks.slice(from))
  const isFacets = (region: Region): boolean => {
    const { first, end, words, images } = region
    if (words < LEAST_WORDS) return false
    if (images === 0 && refining[end]! - refining[first]! >= MOSTLY * words)
      return words <= MOST_CALLED * total && !isTorn(region)
    if (!hasLines(region)) return false
    const isSure = areFacets(region, survey, content)
    return (
      words <= (isSure ? MOST_CALLED : MOST) * total &&
      (isSure || surely[end] === surely[first]) &&
      isNamed(region, blocks) &&
      !isTorn(region)
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
