import type { ReadIn } from './languages.js'

/** What the words of a text say about it: log-odds that it is what the page is about, 0 where nothing is known. */
export interface CueScores {
  word(word: string): number
  pair(first: string, second: string): number
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
  word: scoreOf,
  pair: (first, second) => scoreOf(pairOf(first, second)),
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

/** Asks for pairs by their words, and for wholes only where some begin with that word: to write them down costs the most. */
export function cueScoresIn(scores: ReadonlyMap<string, number>): CueScores {
  const pairs = pairsOf(scores)
  const wholes = new Set([...scores.keys()].filter(cue => cue.startsWith('=')).map(cue => cue.slice(1).split(' ')[0]!))
  const ask = cueScores(cue => scores.get(cue) ?? 0)
  return {
    word: ask.word,
    pair: (first, second) => pairs.get(first)?.get(second) ?? 0,
    whole: words => (wholes.has(words[0] ?? '') ? ask.whole(words) : 0)
  }
}

/** Words of a block that are looked at, and those of one that is looked at as a whole. */
const MOST_WORDS = 12
const FEW_WORDS = 4

const isNumber = (word: string): boolean => word.charCodeAt(0) < 58 && /^\d+$/.test(word)

/** The words that are looked at. Numbers are told by their length alone. */
const plainOf = (words: readonly string[]): string[] =>
  words.slice(0, MOST_WORDS).map(word => (isNumber(word) ? '0'.repeat(Math.min(5, word.length)) : word))

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

/** The scores of cuesOf(), without making them: most have none. */
export function scoreCues(words: readonly string[], scores: CueScores): Said {
  const plain = plainOf(words)
  let [sum, least, most] = [0, 0, 0]
  const add = (score: number): void => {
    sum += score
    if (score < least) least = score
    if (score > most) most = score
  }
  for (let at = 0; at < plain.length; at++) {
    const score = scores.word(plain[at]!)
    if (score !== 0 && !isRepeated(plain, at, 1)) add(score)
  }
  for (let at = 0; at + 1 < plain.length; at++) {
    const score = scores.pair(plain[at]!, plain[at + 1]!)
    if (score !== 0 && !isRepeated(plain, at, 2)) add(score)
  }
  if (plain.length <= FEW_WORDS) add(scores.whole(plain))
  return { sum, least, most }
}
