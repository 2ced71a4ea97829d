import type { Block, Region, Survey } from '../content/blocks.js'

/** So many elements that look alike are the entries of a list. */
const LEAST_ENTRIES = 4
/** A longer one is no entry. Words. */
const MOST_WORDS = 90
/** What is shown of so many entries is shown of all, and what is shown of so few of none. Share. */
const MOST = 0.6
const FEW = 0.2

/** The entries of a menu stay as they are. */
const ASIDE = new Set(['nav', 'aside', 'footer', 'header'])

interface Part {
  readonly blocks: Block[]
  shown: number
}

/** The outermost entry of a list that a block stands in. */
function entryOf({ region }: Block): Region | undefined {
  let found: Region | undefined
  for (let at: Region | undefined = region; at !== undefined; at = at.parent) {
    if (ASIDE.has(at.element.tagName)) return undefined
    if (at.alike >= LEAST_ENTRIES && at.words <= MOST_WORDS) found = at
  }
  return found
}

/** Shows of all entries of a list what is shown of most of them: prices of some goods alone help nobody. */
export function evenEntries({ blocks }: Survey, shown: ReadonlySet<Block>): Set<Block> {
  const entries = new Map<Block, Region>()
  const seen = new Set<Region>()
  for (const block of blocks) {
    const entry = entryOf(block)
    if (entry === undefined) continue
    entries.set(block, entry)
    if (shown.has(block)) seen.add(entry)
  }
  const parts = new Map<string, Part>()
  for (const [block, entry] of entries) {
    if (!seen.has(entry) || block.hidden) continue
    const key = `${entry.parent?.at ?? ''} ${entry.shape} ${block.region.depth - entry.depth} ${block.region.shape}`
    const part = parts.get(key) ?? { blocks: [], shown: 0 }
    parts.set(key, part)
    part.blocks.push(block)
    if (shown.has(block)) part.shown++
  }
  const even = new Set(shown)
  for (const part of parts.values()) {
    if (part.shown >= MOST * part.blocks.length) for (const block of part.blocks) even.add(block)
    else if (part.shown <= FEW * part.blocks.length) for (const block of part.blocks) even.delete(block)
  }
  return even
}
