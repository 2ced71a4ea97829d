import { lettersOf } from '../../content/words.js'
import { sumsOf } from '../../content/numbers.js'
import type { Block, Region, Survey } from '../../content/blocks.js'

/** A shorter text may well stand twice. Words. */
const LEAST_WORDS = 8
/** Rows and lines of code are alike because what they say is. */
const ALIKE = new Set(['table', 'pre', 'dl'])
/** A longer text is told by its beginning and its length. Characters. */
const KEY_CHARACTERS = 2000
/** Texts that say the same begin alike. Characters. */
const BEGINNING = 8

const keyOf = ({ text }: Block): string => {
  const letters = lettersOf(text)
  return letters.length <= KEY_CHARACTERS ? letters : `${letters.length} ${letters.slice(0, KEY_CHARACTERS)}`
}

/** Larger parts are not compared: the first of them counts. Blocks. */
const MOST_BLOCKS = 8

/** Blocks of a page: from `first` up to, and without, `end`. */
interface Stretch {
  readonly first: number
  readonly end: number
}

/** The innermost region around two. */
function around(one: Region, other: Region): Region {
  let [a, b] = [one, other]
  while (a !== b) {
    if (a.at > b.at) a = a.parent!
    else b = b.parent!
  }
  return a
}

/** The largest part of a page that holds one of two blocks without the other. */
function partOf({ region }: Block, at: number, other: Block): Stretch {
  const both = around(region, other.region)
  let part = region
  if (part === both) return { first: at, end: at + 1 }
  while (part.parent !== both) part = part.parent!
  return part
}

function isRow({ region }: Block): boolean {
  for (let at: Region | undefined = region; at !== undefined; at = at.parent)
    if (ALIKE.has(at.element.tagName)) return true
  return false
}

/** Verses of one song stand in one element: a refrain is no copy. */
const isVerse = (one: Block, other: Block): boolean =>
  one.region === other.region || (one.region.parent === other.region.parent && one.region.look === other.region.look)

/** For each block whether a heading stands right above it. */
function headedOf(blocks: readonly Block[]): boolean[] {
  let isHeaded = false
  return blocks.map(({ words, heading }) => {
    const was = isHeaded
    if (words > 0) isHeaded = heading > 0
    return was
  })
}

/** Takes away, block by block, what was said before. */
class Copies {
  readonly left: Set<Block>
  readonly #blocks: readonly Block[]
  /** What the blocks say that are shown */
  readonly #keys: readonly string[]
  /** Where each thing is said first */
  readonly #firsts = new Map<string, number>()
  /** How many blocks before each say something new */
  readonly #fresh: Float64Array
  readonly #headed: readonly boolean[]
  /** What stays in the place of what was said first */
  readonly #kept = new Set<Block>()

  constructor(blocks: readonly Block[], shown: ReadonlySet<Block>) {
    this.#blocks = blocks
    this.left = new Set(shown)
    this.#keys = blocks.map(block => (shown.has(block) && block.words > 0 ? keyOf(block) : ''))
    this.#fresh = sumsOf(blocks, (_, at) => (this.#isNew(at) ? 1 : 0))
    this.#headed = headedOf(blocks)
  }

  #isNew(at: number): boolean {
    const key = this.#keys[at] ?? ''
    if (key === '' || this.#firsts.has(key)) return false
    this.#firsts.set(key, at)
    return true
  }

  look(at: number): void {
    const block = this.#blocks[at]!
    const first = this.#firsts.get(this.#keys[at]!)
    if (block.words < LEAST_WORDS || first === undefined || first === at || !this.left.has(block)) return
    const before = this.#blocks[first]!
    if (isRow(block) || isVerse(before, block)) return
    const part = partOf(block, at, before)
    const earlier = partOf(before, first, block)
    if (this.#saysMore(part, earlier)) {
      this.#take(earlier)
      for (let other = part.first; other < part.end; other++) this.#keep(other)
    } else if (this.#fresh[part.end] === this.#fresh[part.first]) this.#take(part)
  }

  /** Whether a small part says what another one says, and has a heading or more besides. */
  #saysMore(part: Stretch, earlier: Stretch): boolean {
    if (part.end - part.first > MOST_BLOCKS || earlier.end - earlier.first > MOST_BLOCKS) return false
    if (earlier.end > part.first) return false
    const said = new Set(this.#keys.slice(part.first, part.end))
    const own = new Set(this.#keys.slice(earlier.first, earlier.end))
    said.delete('')
    own.delete('')
    if (![...own].every(key => said.has(key))) return false
    return said.size > own.size || (this.#headed[part.first] === true && this.#headed[earlier.first] !== true)
  }

  #take({ first, end }: Stretch): void {
    for (const block of this.#blocks.slice(first, end)) if (!this.#kept.has(block)) this.left.delete(block)
  }

  #keep(at: number): void {
    if (this.#keys[at] === '') return
    this.#kept.add(this.#blocks[at]!)
    this.#firsts.set(this.#keys[at]!, at)
  }
}

/** Whether two longer blocks begin alike and are as long: on most pages none do, and nothing has to be compared. */
function mayHaveCopies(shown: Iterable<Block>): boolean {
  const begun = new Set<string>()
  let longer = 0
  for (const { words, text } of shown) {
    if (words < LEAST_WORDS) continue
    longer++
    begun.add(`${words} ${text.trimStart().slice(0, BEGINNING).toLowerCase()}`)
  }
  return begun.size < longer
}

/**
 * What is shown without the parts that say nothing but what was said before: slides of a gallery, the text for another
 * screen. What an entry of a list has in common with others stays, as it says something of that entry.
 */
export function withoutCopies({ blocks }: Survey, shown: ReadonlySet<Block>): Set<Block> {
  if (!mayHaveCopies(shown)) return new Set(shown)
  const copies = new Copies(blocks, shown)
  for (let at = 0; at < blocks.length; at++) copies.look(at)
  return copies.left
}
