import type { Element, Text } from '../tree/tree.js'
import { isElement, isText, type Parent } from '../tree/tree.js'
import { isHidden } from '../css/hidden.js'
import { surveyBlocks, type Block, type Survey } from './blocks.js'
import { chooseBlocks } from './choose-blocks.js'
import type { ContentModel } from './content-model.js'
import { pageFactsOf } from './page-facts.js'

/** What a page is about, as far as it can be told. It holds for the texts of the page, wherever steps move them. */
export interface Content {
  readonly survey: Survey
  /** The blocks that the page is about */
  readonly chosen: ReadonlySet<Block>
  /** How likely each text is a part of that; what came into the page later is not in it */
  readonly likelihoods: ReadonlyMap<Text, number>
}

interface Described {
  readonly title: string
  readonly data: readonly string[]
  readonly body: Element
  readonly suspects: readonly Element[]
}

/** Finds what a page is about; the page stays as it is. */
export function contentOf(
  { title, data, body, suspects }: Described,
  { url, contentModel }: { readonly url: URL; readonly contentModel: ContentModel }
): Content {
  const hidden = new Set(suspects.filter(isHidden))
  const survey = surveyBlocks(body, element => hidden.has(element))
  const found = contentModel(survey, pageFactsOf(title, data, url))
  const likelihoods = new Map<Text, number>()
  survey.blocks.forEach(({ texts }, at) => {
    for (const text of texts) likelihoods.set(text, found[at]!)
  })
  return { survey, chosen: chooseBlocks(survey, found), likelihoods }
}

/** How likely a block is a part of what the page is about; 0 for a picture. */
export const likelihoodOf = ({ texts }: Block, { likelihoods }: Content): number =>
  texts[0] === undefined ? 0 : (likelihoods.get(texts[0]) ?? 0)

/** The words of blocks, of regions, or of what else counts them. */
export function wordsIn(parts: Iterable<{ readonly words: number }>): number {
  let sum = 0
  for (const { words } of parts) sum += words
  return sum
}

/** So many of their words blocks have as a part of what the page is about: each by how likely its block is. */
export function likelyWordsIn(blocks: Iterable<Block>, content: Content): number {
  let sum = 0
  for (const block of blocks) sum += block.words * likelihoodOf(block, content)
  return sum
}

/**
 * What a page is about where less of it is than the model finds on the whole.
 *
 * @param odds each block is less likely by this factor: of its likelihood to its opposite
 */
export function doubted(content: Content, odds: number): Content {
  const { survey } = content
  const found = Float32Array.from(survey.blocks, block => {
    const likelihood = likelihoodOf(block, content)
    return likelihood / (likelihood + odds * (1 - likelihood))
  })
  return { ...content, chosen: chooseBlocks(survey, found) }
}

/** How likely the likeliest text in an element is, and how likely its text is on the whole; 0 to 1. */
export function likelihoodIn(element: Parent, { likelihoods }: Content): { most: number; mean: number } {
  let [most, sum, all] = [0, 0, 0]
  const stack: Parent[] = [element]
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (const node of at.childNodes) {
      if (isElement(node)) stack.push(node)
      if (!isText(node)) continue
      const likelihood = likelihoods.get(node)
      if (likelihood === undefined) continue
      const { length } = node.value.trim()
      most = Math.max(most, likelihood)
      sum += likelihood * length
      all += length
    }
  }
  return { most, mean: all === 0 ? 0 : sum / all }
}
