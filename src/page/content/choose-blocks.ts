import type { Block, Survey } from './blocks.js'

/** What is less likely is left out, however little is sure. Likelihood. */
const LEAST = 0.2

/**
 * The blocks that a page is about: so many of the likeliest that the expected F1 of their words is greatest. What is
 * missed and what is too much then weigh the same, on pages of which much is sure and on those of which little is.
 *
 * @param found how likely each block is, 0 to 1
 */
export function chooseBlocks({ blocks }: Survey, found: Float32Array): ReadonlySet<Block> {
  const order: number[] = []
  let expected = 0
  blocks.forEach(({ words }, at) => {
    expected += words * found[at]!
    if (found[at]! >= LEAST) order.push(at)
  })
  order.sort((one, other) => found[other]! - found[one]!)
  let [said, right, best, count] = [0, 0, 0, 0]
  order.forEach((at, place) => {
    said += blocks[at]!.words
    right += blocks[at]!.words * found[at]!
    const score = (2 * right) / (said + expected)
    if (score <= best) return
    best = score
    count = place + 1
  })
  return new Set(order.slice(0, count).map(at => blocks[at]!))
}
