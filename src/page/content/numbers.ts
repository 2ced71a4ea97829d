import type { Block } from './blocks.js'

/** Counts grow by factors: 1 to 2 is as far as 100 to 200. */
export const log = Math.log1p

export const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)

/** Sums over blocks: from any to any in one step. */
export function sumsOf(blocks: readonly Block[], of: (block: Block, at: number) => number): Float64Array {
  const sums = new Float64Array(blocks.length + 1)
  let sum = 0
  blocks.forEach((block, at) => {
    sum += of(block, at)
    sums[at + 1] = sum
  })
  return sums
}
