import type { Block, Region, Survey } from '../../content/blocks.js'
import type { Content } from '../../content/content.js'
import { isWithin } from '../../content/regions.js'
import { inOneLine, lettersOf } from '../../content/words.js'
import { isInside, type Element } from '../../tree/tree.js'
import { isLink } from '../parts-of.js'

/** Less is said twice for a reason, but for the name of an author. Words. */
const COPY_WORDS = 3
const NAME = /^\p{Lu}[\p{L}.'’-]+ \p{Lu}[\p{L}.'’-]+$/u
/** Names of the elements around it, and how near they stand. Elements. */
const AUTHOR = new Set(['author', 'authors', 'byline', 'contributor', 'writer'])
const AUTHOR_WITHIN = 3
/** Words before a name, or a year; a longer text is no byline. Words. */
const BEFORE_NAME = /^\W*(\w+ )?(by|von|par|por|di|av|door)\b/i
const YEAR = /\b(19|20)\d\d\b/
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

/** Whether a block is the name of an author. */
const isAuthor = (block: Block, text: string): boolean =>
  NAME.test(text) && isWithin(block, ({ names }) => names.some(name => AUTHOR.has(name)), AUTHOR_WITHIN)

/** Whether a text ends with another one, or is a longer byline, and no word of it is cut. */
function beginsOrEndsWith(text: string, part: string): boolean {
  if (text.length <= part.length) return false
  if (text.startsWith(part)) return BEFORE_NAME.test(part) && /^[^\p{L}\p{N}]/u.test(text.slice(part.length))
  if (!text.endsWith(part)) return false
  // Of the text before it the last character alone: a pattern would be tried at each one of a long text.
  const before = text.slice(-part.length - 2, -part.length)
  return /[^\p{L}\p{N}]$/u.test(before)
}

/**
 * What is said above already, such as the byline for another screen, or as a part of what stands right before it, such as
 * whose a picture is.
 */
export function copiesIn(blocks: readonly Block[], body: Element): ReadonlySet<Block> {
  const said = new Map<string, Block>()
  let last = ''
  const isSaid = (text: string): boolean => {
    const before = said.get(text)
    return (before !== undefined && isShown(before, body)) || beginsOrEndsWith(last, text)
  }
  return new Set(
    blocks.filter(block => {
      const text = inOneLine(block.text)
      if (!isShown(block, body) || (block.words < COPY_WORDS && !isAuthor(block, text))) return false
      const again = isSaid(text)
      if (!again) {
        said.set(text, block)
        last = text
      }
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
      !own.some(({ text }) => YEAR.test(text) || BEFORE_NAME.test(text)) ||
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
export function listsAgain({ survey, chosen }: Content, range: Range): Region[] {
  const { blocks, regions } = survey
  const last = new Map<string, number>()
  // The other list may be what the page is about, and begin behind the range.
  for (let at = range.from; at < blocks.length; at++) {
    const block = blocks[at]!
    if (isLink(block) && (at < range.to || chosen.has(block)) && isShown(block, range.body))
      last.set(lettersOf(block.text), at)
  }
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
