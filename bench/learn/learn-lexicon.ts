import { cueScores, cuesOf, type Lexicon } from '../../src/page/content/lexicon.js'
import { readAsEnglish } from '../../src/page/content/languages.js'
import { wordsOf } from '../../src/page/content/words.js'
import type { LabelledPage } from './labelled-pages.js'

/** Each page has one vote for a word: the share of the places of the word that are content. */
type Votes = ReadonlyMap<string, number>

export interface PageVotes {
  readonly names: Votes
  readonly cues: Votes
  readonly headings: Votes
}

type Kind = keyof PageVotes
const KINDS: readonly Kind[] = ['names', 'cues', 'headings']

/** A word on fewer pages is the word of a site. Pages. */
const LEAST_PAGES = 6
/** Votes that nobody has cast, at the odds of all words. */
const SHRINK = 2
/** Blocks that a heading says something about. */
const REACH = 30
const SHORT = 14
/** What says less is left out of the file. Log-odds. */
const LEAST_SCORE = 0.2

class Ballot {
  readonly #sums = new Map<string, { sum: number; count: number }>()

  add(word: string, share: number): void {
    const votes = this.#sums.get(word) ?? { sum: 0, count: 0 }
    this.#sums.set(word, votes)
    votes.sum += share
    votes.count++
  }

  votes(): Votes {
    return new Map([...this.#sums].map(([word, { sum, count }]) => [word, sum / count]))
  }
}

export function votesOf({ survey, shares }: LabelledPage): PageVotes {
  const [names, cues, headings] = [new Ballot(), new Ballot(), new Ballot()]
  for (const { first, end, names: words } of survey.regions) {
    let [sum, all] = [0, 0]
    for (let at = first; at < end; at++) {
      sum += shares[at]! * survey.blocks[at]!.words
      all += survey.blocks[at]!.words
    }
    if (all > 0) for (const word of new Set(words)) names.add(word, sum / all)
  }
  let above: string[] = []
  let left = 0
  survey.blocks.forEach(({ words, heading, text }, at) => {
    if (words === 0) return
    if (words <= SHORT) for (const cue of cuesOf(wordsOf(text))) cues.add(cue, shares[at]!)
    if (heading > 0) {
      above = cuesOf(wordsOf(text))
      left = REACH
    } else if (left-- > 0) for (const cue of above) headings.add(cue, shares[at]!)
  })
  return { names: names.votes(), cues: cues.votes(), headings: headings.votes() }
}

interface Counted {
  readonly words: ReadonlyMap<string, { sum: number; count: number }>
  readonly prior: number
}

/** What is known of words from some pages; `without` leaves one of them out, as if it were new. */
export interface Learnt {
  lexicon(without?: PageVotes): Lexicon
  /** For the file */
  scores(): Record<Kind, Record<string, number>>
}

function count(pages: readonly PageVotes[], kind: Kind): Counted {
  const words = new Map<string, { sum: number; count: number }>()
  for (const page of pages)
    for (const [word, share] of page[kind]) {
      const counted = words.get(word) ?? { sum: 0, count: 0 }
      words.set(word, counted)
      counted.sum += share
      counted.count++
    }
  let [sum, all] = [0, 0]
  for (const counted of words.values()) {
    if (counted.count < LEAST_PAGES) continue
    sum += counted.sum
    all += counted.count
  }
  return { words, prior: sum / all }
}

function scoreOf({ words, prior }: Counted, word: string, own: number | undefined): number {
  const counted = words.get(word)
  if (counted === undefined) return 0
  const pages = counted.count - (own === undefined ? 0 : 1)
  const sum = counted.sum - (own ?? 0)
  if (pages < LEAST_PAGES) return 0
  const odds = (sum + SHRINK * prior) / (pages - sum + SHRINK * (1 - prior))
  const score = Math.log(odds) - Math.log(prior / (1 - prior))
  return Math.abs(score) < LEAST_SCORE ? 0 : score
}

export function learnLexicon(pages: readonly PageVotes[]): Learnt {
  const counted = { names: count(pages, 'names'), cues: count(pages, 'cues'), headings: count(pages, 'headings') }
  const score = (kind: Kind, without: PageVotes | undefined) => (word: string) =>
    scoreOf(counted[kind], word, without?.[kind].get(word))
  return {
    lexicon: without => ({
      name: score('names', without),
      cues: cueScores(score('cues', without)),
      headings: cueScores(score('headings', without)),
      readIn: readAsEnglish
    }),
    scores: () =>
      Object.fromEntries(
        KINDS.map(kind => [
          kind,
          Object.fromEntries(
            [...counted[kind].words.keys()]
              .sort()
              .map(word => [word, Number(scoreOf(counted[kind], word, undefined).toFixed(2))] as const)
              .filter(([, value]) => value !== 0)
          )
        ])
      ) as Record<Kind, Record<string, number>>
  }
}
