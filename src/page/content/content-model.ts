import type { Survey } from './blocks.js'
import { featuresOf } from './features.js'
import type { Lexicon } from './lexicon.js'
import { createForest, type ForestData } from './forest.js'
import { withNeighbours } from './neighbours.js'
import type { PageFacts } from './page-facts.js'

/** What bench/learn writes: words with their log-odds, and two forests. */
export interface ContentModelData {
  readonly names: Readonly<Record<string, number>>
  readonly cues: Readonly<Record<string, number>>
  readonly headings: Readonly<Record<string, number>>
  /** Looks at each block alone */
  readonly first: ForestData
  /** Looks at it with what was found for those around it */
  readonly second: ForestData
}

/** Finds for each block of a page how likely it is a part of what the page is about: 0 to 1. */
export type ContentModel = (survey: Survey, facts: PageFacts) => Float32Array

const lookUp = (words: Readonly<Record<string, number>>): ((word: string) => number) => {
  const scores = new Map(Object.entries(words))
  return word => scores.get(word) ?? 0
}

export function createContentModel(data: ContentModelData): ContentModel {
  const lexicon: Lexicon = {
    name: lookUp(data.names),
    cue: lookUp(data.cues),
    heading: lookUp(data.headings)
  }
  const [first, second] = [createForest(data.first), createForest(data.second)]
  return (survey, facts) => {
    const features = featuresOf(survey, facts, lexicon)
    const found = first(features)
    return second(withNeighbours(survey, features, found), found)
  }
}
