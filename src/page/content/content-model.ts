import type { Survey } from './blocks.js'
import { describeBlocks } from './features.js'
import { createForest, type ForestData } from './forest.js'
import { readAsEnglish, type ReadIn } from './languages.js'
import { cueScoresIn, type Lexicon } from './lexicon.js'
import { neighboursOf } from './neighbours.js'
import { RowList } from './numbers.js'
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

/** What the first look finds to be less likely is not looked at again. */
const UNLIKELY = 0.02

const mapOf = (scores: Readonly<Record<string, number>>): ReadonlyMap<string, number> => new Map(Object.entries(scores))

export function createContentModel(data: ContentModelData, readIn: ReadIn = readAsEnglish): ContentModel {
  const names = mapOf(data.names)
  const lexicon: Lexicon = {
    name: word => names.get(word) ?? 0,
    cues: cueScoresIn(mapOf(data.cues)),
    headings: cueScoresIn(mapOf(data.headings)),
    readIn
  }
  const [first, second] = [createForest(data.first), createForest(data.second)]
  return (survey, facts) => {
    const found = new Float32Array(survey.blocks.length)
    const likely: number[] = []
    const rows = new RowList()
    describeBlocks({ survey, facts, lexicon }, (row, at) => {
      found[at] = first(row)
      if (found[at] < UNLIKELY) return
      likely.push(at)
      rows.add(row)
    })
    const withNeighbours = neighboursOf(survey, found)
    const result = found.slice()
    likely.forEach((at, place) => {
      result[at] = second(withNeighbours(rows.row(place), at))
    })
    return result
  }
}
