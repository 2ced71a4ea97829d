import type { ReadIn } from './languages.js'

/** What is known of a word. */
export interface Cue {
  readonly score: number
  /** The scores of pairs that begin with it, 0 where nothing is known; undefined if there are none */
  readonly pair?: ((second: string) => number) | undefined
}

/** What the words of a text say about it: log-odds that it is what the page is about, 0 where nothing is known. */
export interface CueScores {
  cue(word: string): Cue | undefined
  whole(words: readonly string[]): number
}

export interface Lexicon {
  /** A word in the names of an element around the text */
  name(word: string): number
  /** In a short block itself */
  readonly cues: CueScores
  /** In the heading above it */
  readonly headings: CueScores
  /** Reads a page as one in the language that its words were learnt in */
  readonly readIn: ReadIn
}

/** A pair of words as one, and a text as a whole, as the file of the model has them. */
export const pairOf = (first: string, second: string): string => `${first} ${second}`
export const wholeOf = (words: readonly string[]): string => `=${words.join(' ')}`

/** Words, pairs and wholes with their scores, as the file of the model has them. */
export type ScoreOf = (cue: string) => number

/** Asks for each cue. */
export const cueScores = (scoreOf: ScoreOf): CueScores => ({
  cue: word => ({ score: scoreOf(word), pair: second => scoreOf(pairOf(word, second)) }),
  whole: words => scoreOf(wholeOf(words))
})

/** The scores of pairs, by the first word and then by the second. */
function pairsOf(scores: ReadonlyMap<string, number>): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const pairs = new Map<string, Map<string, number>>()
  for (const [cue, score] of scores) {
    const end = cue.startsWith('=') ? -1 : cue.indexOf(' ')
    if (end === -1) continue
    const first = cue.slice(0, end)
    const seconds = pairs.get(first) ?? new Map<string, number>()
    pairs.set(first, seconds.set(cue.slice(end + 1), score))
  }
  return pairs
}

/** What is known of each word alone and in front of others: most words that are asked for are in no cue. */
function cuesIn(scores: ReadonlyMap<string, number>): ReadonlyMap<string, Cue> {
  const cues = new Map<string, Cue>()
  for (const [word, score] of scores) if (!/[= ]/.test(word)) cues.set(word, { score, pair: undefined })
  for (const [first, seconds] of pairsOf(scores)) {
    const { score } = cues.get(first) ?? { score: 0 }
    cues.set(first, { score, pair: second => seconds.get(second) ?? 0 })
  }
  return cues
}

/** Asks for each word once, and for wholes only where some begin with that word: to write them down costs the most. */
export function cueScoresIn(scores: ReadonlyMap<string, number>): CueScores {
  const cues = cuesIn(scores)
  const wholes = [...scores]
    .filter(([cue]) => cue.startsWith('='))
    .map(([cue, score]) => [cue.slice(1), score] as const)
  const single = new Map(wholes.filter(([whole]) => !whole.includes(' ')))
  const longer = new Set(wholes.filter(([whole]) => whole.includes(' ')).map(([whole]) => whole.split(' ')[0]!))
  return {
    cue: word => cues.get(word),
    whole(words) {
      const [first = ''] = words
      // A block of images alone has no word.
      if (words.length <= 1) return single.get(first) ?? 0
      return longer.has(first) ? (scores.get(wholeOf(words)) ?? 0) : 0
    }
  }
}

/** Words of a block that are looked at, and those of one that is looked at as a whole. */
const MOST_WORDS = 12
const FEW_WORDS = 4

const isNumber = (word: string): boolean => word.charCodeAt(0) < 58 && /^\d+$/.test(word)

/** The words that are looked at. Numbers are told by their length alone. */
const plainOf = (words: readonly string[]): readonly string[] =>
  words.length <= MOST_WORDS && !words.some(isNumber)
    ? words
    : words.slice(0, MOST_WORDS).map(word => (isNumber(word) ? '0'.repeat(Math.min(5, word.length)) : word))

/** What the words of a short block say about it: the words, pairs of words, and all of it where that is little. */
export function cuesOf(words: readonly string[]): string[] {
  const plain = plainOf(words)
  const pairs = plain.slice(1).map((word, at) => pairOf(plain[at]!, word))
  return [...new Set([...plain, ...pairs, ...(plain.length <= FEW_WORDS ? [wholeOf(plain)] : [])])]
}

/** What the cues of a text say together: the sum of their scores, the least and the greatest. */
export interface Said {
  readonly sum: number
  readonly least: number
  readonly most: number
}

/** Whether the same pair, or the same word, stands further in front. */
const isRepeated = (words: readonly string[], at: number, length: 1 | 2): boolean => {
  for (let before = 0; before < at; before++)
    if (words[before] === words[at] && (length === 1 || words[before + 1] === words[at + 1])) return true
  return false
}

function add(said: { -readonly [Key in keyof Said]: Said[Key] }, score: number): void {
  said.sum += score
  if (score < said.least) said.least = score
  if (score > said.most) said.most = score
}

/** The scores of cuesOf(), without making them: most have none. */
export function scoreCues(words: readonly string[], scores: CueScores): Said {
  const plain = plainOf(words)
  const said = { sum: 0, least: 0, most: 0 }
  let paired: number[] | undefined
  for (let at = 0; at < plain.length; at++) {
    const cue = scores.cue(plain[at]!)
    if (cue === undefined) continue
    if (cue.score !== 0 && !isRepeated(plain, at, 1)) add(said, cue.score)
    const score = at + 1 < plain.length ? (cue.pair?.(plain[at + 1]!) ?? 0) : 0
    if (score !== 0 && !isRepeated(plain, at, 2)) (paired ??= []).push(score)
  }
  // What pairs say is added behind what words say, as it was learnt.
  for (const score of paired ?? []) add(said, score)
  if (plain.length <= FEW_WORDS) add(said, scores.whole(plain))
  return said
}
