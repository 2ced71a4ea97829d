import type { Block } from '../content/blocks.js'
import { PRICE } from '../content/columns.js'
import type { Content } from '../content/content.js'
import { entryOf } from './shown/even-entries.js'
import { isFormer, namesAround, withoutStruck } from './shown/former-price.js'

/** The price of a product stands so near below its name. Blocks. */
const REACH = 40
/** A heading so near below the name is a second line of it. Blocks. */
const SECOND_LINE = 2
/** A longer text is no price. Words. */
const MOST_WORDS = 8

/** Whether a block is nothing but an amount: that needs no name, unless it is that of one of several goods. */
const isAlone = (block: Block): boolean =>
  block.linked === 0 &&
  (entryOf(block) ?? block.region) === block.region &&
  !/[\p{L}\p{N}]/u.test(withoutStruck(block).replace(PRICE, ''))

/** The price that a page shows below its heading and above the next; empty where there is none. */
export function shownPrice({ survey: { blocks } }: Content): string {
  const title = blocks.findIndex(({ heading, words }) => heading === 1 && words > 0)
  if (title === -1) return ''
  const below = blocks.slice(title + 1, title + REACH)
  const next = below.findIndex(({ heading, words }, at) => at >= SECOND_LINE && heading > 0 && words > 0)
  const price = below
    .slice(0, next === -1 ? undefined : next)
    .find(
      block =>
        !block.hidden &&
        block.words <= MOST_WORDS &&
        (namesAround(block).includes('price') || isAlone(block)) &&
        !isFormer(block) &&
        PRICE.test(withoutStruck(block))
    )
  return price === undefined ? '' : (PRICE.exec(withoutStruck(price))?.[0] ?? '')
}
