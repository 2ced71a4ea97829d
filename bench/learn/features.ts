import type { Survey } from '../../src/page/content/blocks.js'
import { describeBlocks } from '../../src/page/content/features.js'
import type { Forest } from '../../src/page/content/forest.js'
import type { Lexicon } from '../../src/page/content/lexicon.js'
import { neighboursOf } from '../../src/page/content/neighbours.js'
import type { LabelledPage } from './labelled-pages.js'

/** Numbers for each block of a page. */
export type Features = readonly Float32Array[]

export function featuresOf({ survey, facts }: LabelledPage, lexicon: Lexicon): Features {
  const rows: Float32Array[] = []
  describeBlocks({ survey, facts, lexicon }, row => rows.push(row.slice()))
  return rows
}

/** What a forest finds for each block. */
export const foundBy = (forest: Forest, features: Features): Float32Array => Float32Array.from(features, forest)

export function withNeighbours(survey: Survey, features: Features, found: Float32Array): Features {
  const around = neighboursOf(survey, found)
  return features.map((row, at) => around(row, at).slice())
}
