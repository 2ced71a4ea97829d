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

/** Asks for pairs and wholes only where some begin with that word, because to write them down costs the most. */
export function cueScoresIn(scores: ReadonlyMap<string, number>): CueScores {
  const cues = [...scores.keys()]
  const pairs = new Set(cues.filter(cue => !cue.startsWith('=')).flatMap(cue => firstOf(cue)))
  const wholes = new Set(cues.filter(cue => cue.startsWith('=')).map(cue => cue.slice(1).split(' ')[0] ?? ''))
  const ask = cueScores(cue => scores.get(cue) ?? 0)
  return {
    word: ask.word,
    pair: (first, second) => (pairs.has(first) ? ask.pair(first, second) : 0),
    whole: words => (wholes.has(words[0] ?? '') ? ask.whole(words) : 0)
  }
}

/** The first word of a pair; none of a word alone. */
const firstOf = (cue: string): string[] => (cue.includes(' ') ? [cue.slice(0, cue.indexOf(' '))] : [])
