import type { Block, Region, Survey } from '../../content/blocks.js'
import { sumsOf } from '../../content/numbers.js'
import { lettersOf } from '../../content/words.js'
import { isProse } from '../shown/prose.js'
import { namesOthers } from '../shown/heads-beside.js'

/** A heading of a part is no longer. Words. */
const MOST_WORDS = 20
/** Below it so many words of text are shown, and so much of the part. Words; share. */
const LEAST_SHOWN = 20
const LEAST_SHARE = 0.4

/** For each heading, where the part below it ends: at the next one of its level or above. */
function endsBelow(blocks: readonly Block[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>()
  const open: number[] = []
  blocks.forEach(({ heading }, at) => {
    if (heading === 0) return
    while (open.length > 0 && blocks[open.at(-1)!]!.heading >= heading) ends.set(open.pop()!, at)
    open.push(at)
  })
  for (const at of open) ends.set(at, blocks.length)
  return ends
}

/** For each place, that of the first heading from there on. */
function headsFrom(blocks: readonly Block[]): Int32Array {
  const next = new Int32Array(blocks.length + 1).fill(blocks.length)
  for (let at = blocks.length - 1; at >= 0; at--)
    next[at] = blocks[at]!.heading > 0 && blocks[at]!.words > 0 ? at : next[at + 1]!
  return next
}

/**
 * The headings of parts that look alike, where the text of the part is shown: what is praised, compared or told one by
 * one is named there alone. The title of the page stands above all of it already.
 */
export function partHeadsIn({ blocks, regions }: Survey, shown: ReadonlySet<Block>, title: string): readonly Block[] {
  const ends = endsBelow(blocks)
  const next = headsFrom(blocks)
  const texts = sumsOf(blocks, block => (shown.has(block) && isProse(block) ? block.words : 0))
  const letters = lettersOf(title)
  const isHead = (block: Block): boolean => {
    if (block.heading < 2 || block.hidden || block.words > MOST_WORDS || shown.has(block)) return false
    return !letters.includes(lettersOf(block.text)) && !namesOthers(block.text.trim())
  }
  const isPart = ({ alike, words }: Region): boolean => alike > 1 && words >= LEAST_SHOWN
  return regions.filter(isPart).flatMap(({ first, end, words }) => {
    const at = next[first]!
    const head = blocks[at]
    if (head === undefined || at >= end || texts[at]! > texts[first]!) return []
    const said = texts[Math.min(end, ends.get(at)!)]! - texts[at]!
    return said >= LEAST_SHOWN && said >= LEAST_SHARE * words && isHead(head) ? [head] : []
  })
}
