import { isCredit } from '../../article/keep-blocks.js'
import type { Block, Region, Survey } from '../../content/blocks.js'

/** Names of what stands below a picture. */
const NAMES = new Set(['caption', 'credit', 'credits'])

const isBelowPicture = ({ element, names, parent }: Region): boolean =>
  (parent?.images ?? 0) > 0 && (element.tagName === 'figcaption' || names.some(name => NAMES.has(name)))

/** What is shown without the captions that only say whose a picture is: they say nothing of what it shows. */
export function withoutCredits({ blocks, regions }: Survey, shown: ReadonlySet<Block>): Set<Block> {
  const left = new Set(shown)
  for (const { first, end } of regions.filter(isBelowPicture))
    for (const block of blocks.slice(first, end)) if (isCredit(block)) left.delete(block)
  return left
}
