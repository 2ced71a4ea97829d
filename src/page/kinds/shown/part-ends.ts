import type { Block, Region, Survey } from '../../content/blocks.js'
import { isProse } from '../../content/words.js'

/** What has more of its words in links leads elsewhere. Share. */
export const MOSTLY_LINKED = 0.8
/** Behind a label stand so many links that belong to it at most: each of them may be a label. Blocks. */
const MOST_LABELLED = 100

/** Blocks of a page: from `first` up to, and without, `end`. */
export type Stretch = Pick<Region, 'first' | 'end'>

/** The innermost region that holds more than a block. */
function aroundOf({ region }: Block, at: number): Region | undefined {
  let around: Region | undefined = region
  while (around !== undefined && around.end <= at + 1) around = around.parent
  return around
}

/** The box that a heading is the first in. */
export function boxBelow({ blocks }: Survey, at: number): Stretch | undefined {
  const around = aroundOf(blocks[at]!, at)
  return around?.first === at ? around : undefined
}

/** Where the part below a heading ends: at the next heading of its level, or where what both stand in ends. */
export function endBelow({ blocks }: Survey, at: number): number {
  const { heading } = blocks[at]!
  const within = aroundOf(blocks[at]!, at)?.end ?? 0
  let end = at + 1
  while (end < within && !(blocks[end]!.heading > 0 && blocks[end]!.heading <= heading)) end++
  return end
}

/** Where each look of a running text that is shown stands first. */
export function textsOf(blocks: readonly Block[], shown: ReadonlySet<Block>): ReadonlyMap<number, number> {
  const firsts = new Map<number, number>()
  blocks.forEach((block, at) => {
    const { shape } = block.region
    if (shown.has(block) && isProse(block) && !firsts.has(shape)) firsts.set(shape, at)
  })
  return firsts
}

/**
 * Where the links below a heading end: the text may go on behind them, as it began.
 *
 * @param below the heading and all that stands below it
 */
export function endOfLinks({ blocks }: Survey, below: Stretch, texts: ReadonlyMap<number, number>): number {
  const { first, end } = below
  let links = first + 1
  while (links < end && blocks[links]!.links === 0) links++
  for (let at = links + 1; at < end; at++) {
    const block = blocks[at]!
    if (isProse(block) && (texts.get(block.region.shape) ?? first) < first) return at
  }
  return end
}

/** Whether a block leads elsewhere and says little besides. */
export const isLink = ({ words, linked }: Block): boolean => words > 0 && linked >= MOSTLY_LINKED * words

/** Where the part below a label ends: it is the first in what both stand in, or has links alone right behind it. */
export function endOfLabelled({ blocks }: Survey, at: number): number {
  const around = aroundOf(blocks[at]!, at)
  if (around?.first === at) return around.end
  const most = Math.min(around?.end ?? 0, at + 1 + MOST_LABELLED)
  let end = at + 1
  while (end < most && (isLink(blocks[end]!) || blocks[end]!.words === 0)) end++
  return blocks.slice(at + 1, end).some(isLink) ? end : at
}
