import type { Block, Region, Survey } from './blocks.js'
import { attribute, type Element } from '../tree/tree.js'

/** Elements that say something of what stands in them. */
export const AROUND = [
  ...['nav', 'header', 'footer', 'aside', 'article', 'form', 'table', 'ul', 'ol', 'section', 'figure'],
  ...['blockquote', 'details', 'pre', 'dl']
]

const KINDS: ReadonlyMap<string, number> = new Map(AROUND.map((name, kind) => [name, kind]))

/** The blocks of a region. */
export const blocksIn = ({ blocks }: Survey, { first, end }: Region): readonly Block[] => blocks.slice(first, end)

/** Whether one of the regions around a block passes: the innermost ones, up to so many. */
export function isWithin(
  { region }: Pick<Block, 'region'>,
  test: (region: Region) => boolean,
  most = Infinity
): boolean {
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

/** What names say together, each of them once; elements that are named alike have the same list of them. */
function createScores(nameScore: (word: string) => number): (words: readonly string[]) => number {
  const known = new Map<readonly string[], number>()
  return words => {
    let sum = known.get(words)
    if (sum !== undefined) return sum
    sum = 0
    for (let word = 0; word < words.length; word++)
      if (words.indexOf(words[word]!) === word) sum += nameScore(words[word]!)
    known.set(words, sum)
    return sum
  }
}

/** What the names of each region say, and those of the regions around it. */
export function namesOfRegions(regions: readonly Region[], nameScore: (word: string) => number): RegionNames {
  const names = {
    own: new Float64Array(regions.length),
    least: new Float64Array(regions.length),
    most: new Float64Array(regions.length),
    sum: new Float64Array(regions.length)
  }
  const scoreOf = createScores(nameScore)
  for (const { at, names: words, parent } of regions) {
    const own = scoreOf(words)
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
    const own = at * AROUND.length
    if (parent !== undefined)
      for (let kind = 0; kind < AROUND.length; kind++) kinds[own + kind] = kinds[parent.at * AROUND.length + kind]!
    const kind = KINDS.get(element.tagName)
    if (kind !== undefined) kinds[own + kind] = kinds[own + kind]! + 1
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

/** Regions without those that stand in others of them, and each once. */
export function outerOf(regions: readonly Region[]): Region[] {
  const outer = new Set<Region>()
  let done = 0
  for (const region of regions.toSorted((one, other) => one.at - other.at)) {
    if (region.first < done) continue
    outer.add(region)
    done = region.end
  }
  return [...new Set(regions)].filter(region => outer.has(region))
}

/** Whether an element says that it is the main part of its page. */
export const isMain = (element: Element): boolean => element.tagName === 'main' || attribute(element, 'role') === 'main'

/** Whether a region is, or stands in, what has one of the elements. */
export function isPartOf(region: Region, holders: ReadonlySet<Element>): boolean {
  for (let at: Region | undefined = region; at !== undefined; at = at.parent) if (holders.has(at.element)) return true
  return false
}
