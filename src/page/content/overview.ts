import type { Block, Survey } from './blocks.js'
import { HeadingsAbove } from './headings-above.js'
import { scoreCues, type Lexicon } from './lexicon.js'
import { sumsOf } from './numbers.js'
import type { Reading } from './languages.js'
import type { PageFacts } from './page-facts.js'
import { isMain, kindsAround, namesOfRegions, shapesOf } from './regions.js'
import { letterSum, lettersOf, wordsOf } from './words.js'

/** Longer blocks are not judged by their words. Words. */
export const SHORT = 14
/** Longer ones have no date or price of their own, and do not repeat the title. Words. */
export const BRIEF = 30

/** Of the blocks, so many with so much text are looked for in the JSON-LD, by their beginning. Blocks, characters. */
const MOST_TOLD = 1000
const LEAST_TOLD = 20
const TOLD = 60

/** A block is told from others by so much of it. Characters. */
const SAME = 200

/** A paragraph to begin with, and to end with. Words outside links. */
const FIRST_PROSE = 20
const LAST_PROSE = 15

const isProse = ({ words, linked }: Block, least: number): boolean => words - linked >= least && linked * 3 < words

/** What the words of short blocks say: the sum of their scores, the least and the greatest. */
interface Scores {
  readonly sums: Float32Array
  readonly leasts: Float32Array
  readonly mosts: Float32Array
}

function scoresOf(
  blocks: readonly Block[],
  briefs: ReadonlyArray<readonly string[]>,
  { lexicon, reading }: { readonly lexicon: Lexicon; readonly reading: Reading }
): Scores {
  const none = (): Float32Array => new Float32Array(blocks.length)
  const scores = { sums: none(), leasts: none(), mosts: none() }
  blocks.forEach((block, at) => {
    if (block.words > SHORT) return
    const { sum, least, most } = scoreCues(reading.words(briefs[at]!), lexicon.cues)
    scores.sums[at] = sum
    scores.leasts[at] = least
    scores.mosts[at] = most
  })
  return scores
}

/** Which blocks stand in the JSON-LD of the page too. */
function toldBlocks(blocks: readonly Block[], data: string): Uint8Array {
  const told = new Uint8Array(blocks.length)
  if (data === '') return told
  let left = MOST_TOLD
  blocks.forEach(({ text }, at) => {
    if (text.length <= LEAST_TOLD || left <= 0) return
    const letters = lettersOf(text.slice(0, SAME))
    if (letters.length > LEAST_TOLD && left-- > 0 && data.includes(letters.slice(0, TOLD))) told[at] = 1
  })
  return told
}

/** What is found out once for all blocks. */
export function lookOver(survey: Survey, facts: PageFacts, lexicon: Lexicon) {
  const { blocks, regions } = survey
  const keys = blocks.map(({ text }) => letterSum(text.slice(0, SAME)))
  const copies = new Map<number, number>()
  for (const key of keys) copies.set(key, (copies.get(key) ?? 0) + 1)
  const reading = lexicon.readIn(blocks)
  const briefs = blocks.map(({ words, text }) => (words <= BRIEF ? wordsOf(text) : []))
  return {
    blocks,
    total: regions[0]!.words,
    names: namesOfRegions(regions, word => lexicon.name(reading.name(word))),
    kinds: kindsAround(regions),
    shapes: shapesOf(blocks),
    titleWords: new Set(wordsOf(facts.title)),
    firstHeading: blocks.findIndex(({ heading }) => heading === 1),
    firstProse: blocks.findIndex(block => isProse(block, FIRST_PROSE)),
    lastProse: blocks.findLastIndex(block => isProse(block, LAST_PROSE)),
    keys,
    copies,
    told: toldBlocks(blocks, facts.data),
    words: sumsOf(blocks, block => block.words),
    linked: sumsOf(blocks, block => block.linked),
    main: regions.find(({ element }) => isMain(element)),
    briefs,
    scores: scoresOf(blocks, briefs, { lexicon, reading }),
    headings: new HeadingsAbove(),
    headingScore: (words: readonly string[]) => scoreCues(reading.words(words), lexicon.headings).sum
  }
}

export type Overview = ReturnType<typeof lookOver>
