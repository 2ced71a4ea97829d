import type { Survey } from './blocks.js'
import { RowWriter } from './numbers.js'

const STEPS = [-3, -2, -1, 1, 2, 3]
const REACHES = [3, 8, 25]
const LEVELS = 6
const NEAR = 10

/** Sums of words, and of words times what was found for them. */
interface Sums {
  readonly words: Float64Array
  readonly main: Float64Array
}

function sumsOf({ blocks }: Survey, found: Float32Array): Sums {
  const words = new Float64Array(blocks.length + 1)
  const main = new Float64Array(blocks.length + 1)
  blocks.forEach((block, at) => {
    // A block of images alone counts for half a word.
    words[at + 1] = words[at]! + block.words + 0.5
    main[at + 1] = main[at]! + (block.words + 0.5) * found[at]!
  })
  return { words, main }
}

/** What was found for the blocks that have the same shape: sum, words, count. */
function shapeSums({ blocks }: Survey, found: Float32Array): ReadonlyMap<number, [number, number, number]> {
  const sums = new Map<number, [number, number, number]>()
  blocks.forEach(({ region, words }, at) => {
    let sum = sums.get(region.shape)
    if (sum === undefined) sums.set(region.shape, (sum = [0, 0, 0]))
    sum[0] += (words + 0.5) * found[at]!
    sum[1] += words + 0.5
    sum[2]++
  })
  return sums
}

/**
 * Adds to the row of a block what a first look has found for it and for those around it: blocks beside each other, and
 * blocks of one shape, mostly are of one kind. Each row is written over the one before.
 */
export function neighboursOf(survey: Survey, found: Float32Array): (row: Float32Array, at: number) => Float32Array {
  const { blocks } = survey
  const { words, main } = sumsOf(survey, found)
  const shapes = shapeSums(survey, found)
  const mean = (from: number, to: number): number =>
    words[to]! > words[from]! ? (main[to]! - main[from]!) / (words[to]! - words[from]!) : -1
  const end = blocks.length
  const all = main[end]!
  const most = found.reduce((most, value) => Math.max(most, value), 0)
  const writer = new RowWriter()
  const { put } = writer
  return (row, at) => {
    const { region, words: own } = blocks[at]!
    writer.putAll(row)
    put(found[at]!)
    for (const step of STEPS) put(found[at + step] ?? -1)
    for (const reach of REACHES) put(mean(Math.max(0, at - reach), Math.min(end, at + reach + 1)))
    for (const reach of [NEAR, end]) {
      put(mean(Math.max(0, at - reach), at))
      put(mean(at + 1, Math.min(end, at + 1 + reach)))
    }
    let around: typeof region | undefined = region
    for (let level = 0; level < LEVELS; level++) {
      put(around === undefined ? -1 : mean(around.first, around.end))
      around = around?.parent
    }
    put(all)
    put(mean(0, end))
    put(most)
    put(all > 0 ? main[at]! / all : 0)
    const [sum, weight, count] = shapes.get(region.shape)!
    const others = weight - own - 0.5
    put(sum / weight)
    put(others > 0 ? (sum - (own + 0.5) * found[at]!) / others : -1)
    put(count)
    return writer.end()
  }
}
