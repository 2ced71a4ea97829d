import type { Block, Region, Survey } from '../../content/blocks.js'
import { lettersOf } from '../../content/words.js'
import { isInside, type Element } from '../../tree/tree.js'
import { isLink } from '../parts-of.js'

/** Less is said twice for a reason. Words. */
const COPY_WORDS = 3
/** A year, or words before a name; a longer text is no byline. Words. */
const BYLINE = /\b(19|20)\d\d\b|^\W*(\w+ )?(by|von|par|por|di|av|door)\b/i
const BYLINE_WORDS = 30
/** Shorter lists take no room; so many of their entries stand in the other one, too. Entries, share. */
const LEAST_ENTRIES = 6
const SAME = 0.75

/** Blocks of a survey, from one up to another; what has left the body is no longer said. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly body: Element
}

const isShown = ({ texts }: Block, body: Element): boolean => texts[0] !== undefined && isInside(texts[0], body)

/** What is said above already, such as the byline for another screen. */
export function copiesIn(blocks: readonly Block[], body: Element): ReadonlySet<Block> {
  const said = new Map<string, Block>()
  return new Set(
    blocks.filter(block => {
      if (block.words < COPY_WORDS) return false
      const text = block.text.trim()
      const before = said.get(text)
      const again = before !== undefined && isShown(before, body)
      if (!again) said.set(text, block)
      return again
    })
  )
}

const isBetween = ({ first, end }: Region, { from, to }: Range): boolean => first >= from && end <= to && end > first

/** Finds what says on the whole, in short blocks, what another region above it says: "Published | May 3, 2025". */
export function bylinesAgain({ blocks, regions }: Survey, range: Range): Region[] {
  const said = new Map<string, number>()
  return regions.filter(region => {
    const { first, end, words, controls } = region
    if (!isBetween(region, range) || words < COPY_WORDS || words > BYLINE_WORDS || controls > 0) return false
    const own = blocks.slice(first, end)
    if (
      !own.some(({ text }) => BYLINE.test(text)) ||
      !own.every(block => block.words === 0 || isShown(block, range.body))
    )
      return false
    const letters = own.map(({ text }) => lettersOf(text)).join('')
    const before = said.get(letters)
    if (before === undefined) said.set(letters, end)
    return before !== undefined && before <= first
  })
}

/**
 * Finds lists of links of which another one below has nearly all entries once more, such as the kinds of goods of a shop
 * without and with pictures: the one that has no pictures is said again.
 */
export function listsAgain({ blocks, regions }: Survey, range: Range): Region[] {
  const last = new Map<string, number>()
  for (let at = range.from; at < range.to; at++)
    if (isLink(blocks[at]!) && isShown(blocks[at]!, range.body)) last.set(lettersOf(blocks[at]!.text), at)
  const isAgain = (region: Region): boolean => {
    const { first, end, words, linked, images, controls, parent } = region
    if (!isBetween(region, range) || end - first < LEAST_ENTRIES || linked < words || images + controls > 0)
      return false
    // The same blocks have been looked at in what is around them.
    if (parent?.first === first && parent.end === end && parent.linked === linked) return false
    const same = blocks.slice(first, end).filter(({ text }) => (last.get(lettersOf(text)) ?? -1) >= end).length
    return same >= SAME * (end - first)
  }
  return regions.filter(isAgain)
}
