import type { Block, Region, Survey } from './blocks.js'
import { attribute, type Element } from '../tree/tree.js'

/** Elements that say something of what stands in them. */
export const AROUND = [
  ...['nav', 'header', 'footer', 'aside', 'article', 'form', 'table', 'ul', 'ol', 'section', 'figure'],
  ...['blockquote', 'details', 'pre', 'dl']
]

/** The blocks of a region. */
export const blocksIn = ({ blocks }: Survey, { first, end }: Region): readonly Block[] => blocks.slice(first, end)

/** Whether one of the regions around a block passes: the innermost ones, up to so many. */
export function isWithin({ region }: Block, test: (region: Region) => boolean, most = Infinity): boolean {
  let around: Region | undefined = region
  for (let step = 0; step < most && around !== undefined; step++, around = around.parent) if (test(around)) return true
  return false
}

export interface RegionNames {
  readonly own: Float64Array
  readonly least: Float64Array
  readonly most: Float64Array
  readonly sum: Float64Array
}

/** What the names of each region say, and those of the regions around it. */
export function namesOfRegions(regions: readonly Region[], nameScore: (word: string) => number): RegionNames {
  const names = {
    own: new Float64Array(regions.length),
    least: new Float64Array(regions.length),
    most: new Float64Array(regions.length),
    sum: new Float64Array(regions.length)
  }
  for (const { at, names: words, parent } of regions) {
    let own = 0
    for (let word = 0; word < words.length; word++)
      if (words.indexOf(words[word]!) === word) own += nameScore(words[word]!)
    const around = parent?.at ?? 0
    names.own[at] = own
    names.least[at] = Math.min(own, parent === undefined ? 0 : names.least[around]!)
    names.most[at] = Math.max(own, parent === undefined ? 0 : names.most[around]!)
    names.sum[at] = own + (parent === undefined ? 0 : names.sum[around]!)
  }
  return names
}

/** How many elements of each kind are around each region, itself included. */
export function kindsAround(regions: readonly Region[]): Uint8Array {
  const kinds = new Uint8Array(regions.length * AROUND.length)
  for (const { at, element, parent } of regions) {
    if (parent !== undefined)
      kinds.copyWithin(at * AROUND.length, parent.at * AROUND.length, (parent.at + 1) * AROUND.length)
    const kind = AROUND.indexOf(element.tagName)
    if (kind !== -1) kinds[at * AROUND.length + kind] = kinds[at * AROUND.length + kind]! + 1
  }
  return kinds
}

export interface Shape {
  blocks: number
  words: number
  linked: number
}

/** What the blocks of each shape have together. */
export function shapesOf(blocks: readonly Block[]): ReadonlyMap<number, Shape> {
  const shapes = new Map<number, Shape>()
  for (const { region, words, linked } of blocks) {
    let shape = shapes.get(region.shape)
    if (shape === undefined) shapes.set(region.shape, (shape = { blocks: 0, words: 0, linked: 0 }))
    shape.blocks++
    shape.words += words
    shape.linked += linked
  }
  return shapes
}

/** The innermost region around one that has at least a share of the words of the page, or the one below it. */
export function upTo(region: Region, words: number): Region {
  let at = region
  while (at.parent !== undefined && at.parent.words < words) at = at.parent
  return at
}

/** Whether an element says that it is the main part of its page. */
export const isMain = (element: Element): boolean => element.tagName === 'main' || attribute(element, 'role') === 'main'
