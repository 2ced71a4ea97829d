import type { Block } from '../content/blocks.js'
import { lettersOf, wordsOf } from '../content/words.js'
import { isProse, SURE } from './text-from.js'

/** A title is looked for so far before the content. Blocks. */
const REACH = 20
/**
 * A heading farther before it is its title if so much of what stands between them is likely content too, such as the
 * goods of a shop above the text about them. Words, by how likely they are.
 */
const GOODS = 20
/** Such a heading is no less likely content than that. */
const LEAST_HEADING = 0.1
/** Or, on a page without such headings, if a paragraph that may be content follows so soon, though not a sure one. Blocks. */
const LEADS_WITHIN = 6
/** That may be content which is so likely, though not enough to be chosen. Likelihood. */
const LIKELY_PROSE = 0.25
/** And so far into it, past so little of it: the name of the site may stand before. Blocks, words. */
const FAR_IN = 60
const MOST_PASSED = 30
/** Past a gallery, if it is the only one of the first level. Words. */
const FEW_PASSED = 90
/** Past more, such as a box about cookies, if the heading surely is the title. Share of the words of the content. */
const SHARE_PASSED = 0.5
/**
 * Headings of the first and the second level are more of a title than other blocks with the same words; but such a
 * heading may as well hold the name of the site. Share of the title.
 */
const HEADING_BONUS = [0, 0.1, 0.05]
/** So much of the page's title is a heading that holds it; less is the name of the site. */
const TITLE_SHARE = 0.4
/** A longer text is no title, and a shorter one may well be a word of something else. Words, letters. */
const TITLE_WORDS = 40
export const LEAST_TITLE = 8

/** What stands between the parts of a title: "Site: Handbook | Chapter 3" */
export const SEPARATOR = /\s[|–—·»-]\s|:\s/
/** A shorter part may well be the name of the site. Words. */
const PART_WORDS = 2

interface Title {
  readonly letters: string
  readonly words: ReadonlySet<string>
  readonly parts: ReadonlySet<string>
}

const titleOf = (title: string): Title => ({
  letters: lettersOf(title),
  words: new Set(wordsOf(title)),
  parts: new Set(title.split(SEPARATOR).map(lettersOf))
})

/** The steps before the name in a heading that is a path through the site: "Lists > The best lamps" */
const STEPS_BEFORE = /^.{1,120}\s[>›»]\s/

/** How much of the page's title a block is: 0 to 1. A heading that is a whole part of it is enough of it. */
function titleShare({ text, words, heading, links }: Block, title: Title): number {
  const name = links > 0 && (heading === 1 || heading === 2) ? text.trim().replace(STEPS_BEFORE, '') : text
  const own = words > TITLE_WORDS ? '' : lettersOf(name)
  if (own === '' || !title.letters.includes(own)) return 0
  const isPart = (heading === 1 || heading === 2) && links === 0 && words >= PART_WORDS && title.parts.has(own)
  return Math.max(own.length / title.letters.length, isPart ? TITLE_SHARE : 0)
}

/** A heading that says the title in other words has so many of its words in common with that. Words, share of its own. */
const SAME_WORDS = 4
const SAME_SHARE = 0.75

/** How much of the words of a page's title a heading has that says it a little differently: 0 to 1. */
function wordShare({ text, words, heading, links }: Block, said: ReadonlySet<string>): number {
  if (heading === 0 || heading > 2 || links > 0 || words > TITLE_WORDS) return 0
  const own = new Set(wordsOf(text))
  const same = [...own].filter(word => said.has(word)).length
  return same >= SAME_WORDS && same >= SAME_SHARE * own.size ? same / said.size : 0
}

/** What the title of a page is looked for in. */
export interface Search {
  readonly blocks: readonly Block[]
  readonly chosen: ReadonlySet<Block>
  readonly likelihoodOf: (block: Block) => number
  /** The first block that surely is content */
  readonly first: number
  /** Words of the whole content */
  readonly words: number
  /** The heading of the first level of a page that has one of them; it is no link to the front page */
  readonly onlyHeading: Block | undefined
  /** Whether it has headings of that level at all */
  readonly headed: boolean
}

export const isHeadline = ({ heading, words }: Block): boolean => heading === 1 && words > 0

/** Whether a paragraph that may be content follows so soon. */
const leads = ({ blocks, chosen, headed, likelihoodOf }: Search, at: number): boolean =>
  !headed &&
  blocks
    .slice(at + 1, at + 1 + LEADS_WITHIN)
    .some(block => isProse(block) && (chosen.has(block) || likelihoodOf(block) >= LIKELY_PROSE))

/** On a page without headings of the first level, what is called so and says so much of its title is one, wherever it stands. */
const CALLED = /^(title|name|heading|headline)$/
const CALLED_SHARE = 0.6

/** A link that is that unlikely leads elsewhere: in no heading, it is one of a menu ("Documentation"). */
const leadsAway = (block: Block, { likelihoodOf }: Search): boolean =>
  block.linked === block.words && likelihoodOf(block) < LEAST_HEADING

const ofMenu = (block: Block, search: Search): boolean => block.heading === 0 && leadsAway(block, search)

/** As a heading, it is the name of the site above each of its pages. */
const ofSite = (block: Block, search: Search): boolean => isHeadline(block) && leadsAway(block, search)

const isCalled = ({ links, region: { names } }: Block): boolean => links === 0 && names.some(name => CALLED.test(name))

/** Whether a block may be the title, as far as its place goes. */
function inPlace(search: Search, at: number, passed: number): boolean {
  const { blocks, likelihoodOf, first, onlyHeading } = search
  const block = blocks[at]!
  if (block === onlyHeading && at < first) return true
  if (block === onlyHeading && passed <= FEW_PASSED) return true
  if (passed > MOST_PASSED) return block.heading === 1 && likelihoodOf(block) >= SURE
  if (at >= first - REACH || (block.links === 0 && leads(search, at))) return true
  if (block.heading === 0 || block.heading > 2 || likelihoodOf(block) < LEAST_HEADING) return false
  let goods = 0
  for (let between = at + 1; between < first && goods < GOODS; between++)
    goods += blocks[between]!.words * likelihoodOf(blocks[between]!)
  return goods >= GOODS
}

/**
 * The block that holds most of the page's title, before the content or at its beginning; else the nearest heading of
 * the first level before it.
 */
function titleNear(search: Search, title: Title): number | undefined {
  const { blocks, chosen, first, words } = search
  const otherWords = (block: Block): number => (search.headed ? 0 : wordShare(block, title.words))
  let best: { at: number; weight: number } | undefined
  let heading: number | undefined
  let passed = 0
  for (let at = 0; at < blocks.length; at++) {
    if (passed > Math.max(MOST_PASSED, SHARE_PASSED * words) || (at > first + FAR_IN && passed > MOST_PASSED)) break
    const block = blocks[at]!
    const share = ofMenu(block, search) ? 0 : titleShare(block, title) || otherWords(block)
    const weight = share + (HEADING_BONUS[block.heading] ?? 0)
    const called = (): boolean =>
      !search.headed &&
      share >= CALLED_SHARE &&
      isCalled(block) &&
      passed <= MOST_PASSED &&
      search.likelihoodOf(block) >= LEAST_HEADING
    if (share >= TITLE_SHARE && weight > (best?.weight ?? 0) && (inPlace(search, at, passed) || called()))
      best = { at, weight }
    if (at <= first && isHeadline(block) && !ofSite(block, search) && inPlace(search, at, passed)) {
      // A shop says the name of its goods once more, below them, above what it says about them.
      if (heading === undefined || lettersOf(blocks[heading]!.text) !== lettersOf(block.text)) heading = at
    }
    if (chosen.has(block)) passed += block.words
  }
  return best?.at ?? heading
}

/** A heading that holds so much of the page's title, or a whole part of it in so many words, surely is it. Share, words. */
const SURE_SHARE = 0.8
const SURE_WORDS = 4
/** What may stand before such a heading and is likely content: a gallery, a long menu. Words, share of all of it. */
const BEFORE_SURE = { words: 150, share: 0.25 }

/** The only heading of the first level that surely is the title, if little of the content comes before it. */
function sureTitle({ blocks, chosen, words }: Search, { letters, parts }: Title): number | undefined {
  const isSure = ({ heading, links, words, text }: Block): boolean => {
    if (heading !== 1 || links > 0 || words < SURE_WORDS || words > TITLE_WORDS) return false
    const own = lettersOf(text)
    return parts.has(own) || (letters.includes(own) && own.length >= SURE_SHARE * letters.length)
  }
  const sure = blocks.filter(isSure)
  const at = sure[0] === undefined || sure.length > 1 ? -1 : blocks.indexOf(sure[0])
  if (at === -1) return undefined
  const passed = blocks.slice(0, at).reduce((sum, block) => sum + (chosen.has(block) ? block.words : 0), 0)
  return passed <= Math.max(BEFORE_SURE.words, BEFORE_SURE.share * words) ? at : undefined
}

/** The place of the title of a page among its blocks; undefined where none of them is it. */
export function findTitle(search: Search, title: string): number | undefined {
  const named = titleOf(title)
  return sureTitle(search, named) ?? titleNear(search, named)
}
