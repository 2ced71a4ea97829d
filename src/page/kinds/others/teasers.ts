import type { Block } from '../../content/blocks.js'
import { wordsIn } from '../../content/content.js'
import { isProse } from '../../content/words.js'
import { attribute, closest } from '../../tree/tree.js'
import { isLink } from '../shown/part-ends.js'

/** A link with fewer words names no page; below one that does stand so many words of that page. Words. */
const NAME_WORDS = 3
const TEASER_WORDS = 100
/** So many of them look alike. */
const LEAST_ALIKE = 2

/** Whether a block is a link that leads to a place on its own page: the question above its answer. */
function leadsDown({ texts }: Block): boolean {
  const [text] = texts
  const link = text === undefined ? undefined : closest(text, 'a')
  return link !== undefined && attribute(link, 'href')?.startsWith('#') === true
}

/** Whether a block is a link with the name of a page; a heading of the first level has the name of this one. */
const isName = (block: Block): boolean =>
  block.words >= NAME_WORDS && block.heading !== 1 && isLink(block) && !leadsDown(block)

const hasText = (part: readonly Block[]): boolean => part.some(isProse)

/** The names of other pages that are links, and what is said of those pages below them, wherever several look alike. */
export function teasersIn(blocks: readonly Block[]): ReadonlySet<Block> {
  const parts = new Map<number, Block[][]>()
  let part: Block[] | undefined
  let left = 0
  for (const block of blocks) {
    if (isName(block)) {
      const { shape } = block.region
      part = [block]
      left = TEASER_WORDS
      const others = parts.get(shape)
      if (others === undefined) parts.set(shape, [part])
      else others.push(part)
    } else if (part !== undefined && block.words <= left) {
      part.push(block)
      left -= block.words
    } else part = undefined
  }
  const teasers = [...parts.values()].filter(alike => alike.filter(hasText).length >= LEAST_ALIKE)
  return new Set(teasers.flat(2))
}

/** Where teasers are more of what is shown, they are what the page is about: a front page. Share of its words. */
const MOST_OF_SHOWN = 0.5

/** Whether what is shown of a page is mostly teasers. */
export const isFrontPage = (teasers: ReadonlySet<Block>, shown: ReadonlySet<Block>): boolean =>
  wordsIn([...shown].filter(block => teasers.has(block))) > MOST_OF_SHOWN * wordsIn(shown)
