import type { Block, Region } from '../../content/blocks.js'
import { likelihoodOf, likelyWordsIn, wordsIn, type Content } from '../../content/content.js'
import { grouped } from './grouped.js'

/** So many elements that look alike are the entries of a list. */
const LEAST_ENTRIES = 3
/** A longer one is no entry. Words. */
const MOST_WORDS = 90

/** On a page with so many of its words in entries, these are what it is about. Share. */
const LEAST_LISTED = 0.5
/**
 * When, what for, how many: of each fact of such a page so many words at most have a number in so many entries and differ,
 * and it is shown if it is so likely, as part of what is shown least likely. Words on the mean; shares.
 */
const FACT_WORDS = 8
const LEAST_NUMBERED = 0.5
const LEAST_DIFFERENT = 0.5
const LIKELY_FACT = 0.3

/** The entries of a menu stay as they are. */
const ASIDE = new Set(['nav', 'aside', 'footer'])

/**
 * The outermost entry of a list that a block stands in; undefined in a menu, and where there is no list. An entry may have
 * a HEADER of its own.
 */
export function entryOf({ region }: Block): Region | undefined {
  let found: Region | undefined
  for (let at: Region | undefined = region; at !== undefined; at = at.parent) {
    const { tagName } = at.element
    if (ASIDE.has(tagName) || (tagName === 'header' && found !== undefined)) return undefined
    if (at.alike >= LEAST_ENTRIES && at.words <= MOST_WORDS) found = at
  }
  return found
}

/** A block in its entry. */
export interface Placed {
  readonly block: Block
  readonly entry: Region
}

/** The blocks that stand in entries and say something. */
export const placedIn = (blocks: readonly Block[]): Placed[] =>
  blocks.flatMap(block => {
    const entry = block.words === 0 ? undefined : entryOf(block)
    return entry === undefined ? [] : [{ block, entry }]
  })

/** What tells the list of an entry from all others of its page. */
export const listKey = ({ entry: { parent, shape } }: Placed): string => `${parent?.at ?? ''} ${shape}`

/** The same part of all entries of one list, such as their prices. */
const partsOfEntries = (all: readonly Placed[]): Placed[][] =>
  grouped(
    all,
    placed => `${listKey(placed)} ${placed.block.region.depth - placed.entry.depth} ${placed.block.region.shape}`
  )

/** How likely the least likely block is that a page was found to be about. */
const leastOf = (content: Content): number =>
  [...content.chosen].reduce(
    (least, block) => (block.words === 0 ? least : Math.min(least, likelihoodOf(block, content))),
    1
  )

/** Whether the same part of all entries is a fact of each: the date of an event, the price of an offer. */
function isFact(part: readonly Block[]): boolean {
  if (wordsIn(part) > FACT_WORDS * part.length) return false
  const numbered = part.reduce((count, { text }) => count + (/\d/.test(text) ? 1 : 0), 0)
  if (numbered < LEAST_NUMBERED * part.length) return false
  return new Set(part.map(({ text }) => text)).size > LEAST_DIFFERENT * part.length
}

/**
 * Shows of all entries of a list what is likely on the mean, and of none what is not: prices of some goods alone help
 * nobody. Where the entries are what the page is about, a fact of some is enough: who lists events says when they are.
 *
 * @param shown what the reader would show of them one by one
 */
export function evenEntries(content: Content, shown: ReadonlySet<Block>): Set<Block> {
  const least = leastOf(content)
  const all = placedIn(content.survey.blocks)
  const listed = wordsIn(all.flatMap(({ block }) => (shown.has(block) ? block : [])))
  const ofEntries = listed >= LEAST_LISTED * wordsIn(shown)
  const even = new Set(shown)
  for (const placed of partsOfEntries(all)) {
    const part = placed.map(({ block }) => block)
    const count = part.reduce((sum, block) => sum + (shown.has(block) ? 1 : 0), 0)
    if (count === 0 || count === part.length) continue
    const enough = ofEntries && isFact(part) ? LIKELY_FACT * least : least
    if (likelyWordsIn(part, content) >= enough * wordsIn(part)) for (const block of part) even.add(block)
    else for (const block of part) even.delete(block)
  }
  return even
}
