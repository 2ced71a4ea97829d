import { surveyBlocks, type Block } from '../../src/page/content/blocks.js'
import type { Content } from '../../src/page/content/content.js'
import { parse } from '../../src/page/tree/parse.js'
import { attribute, bodyOf, createElement, type Element, type Text } from '../../src/page/tree/tree.js'

/** A page whose blocks say in `data-p` of an element around them how likely they are content; 0 otherwise. */
export function contentIn(markup: string): { content: Content; body: Element } {
  const body = bodyOf(parse(markup, 100_000).document) ?? createElement('body')
  const survey = surveyBlocks(body, () => false)
  const likelihoods = new Map<Text, number>()
  const chosen = new Set<Block>()
  const likelihoodOf = (text: Text): number => {
    for (let at = text.parentNode; at !== null && 'attrs' in at; at = at.parentNode) {
      const told = attribute(at, 'data-p')
      if (told !== undefined) return Number(told)
    }
    return 0
  }
  for (const block of survey.blocks) {
    for (const text of block.texts) likelihoods.set(text, likelihoodOf(text))
    if (block.texts[0] !== undefined && likelihoodOf(block.texts[0]) >= 0.4) chosen.add(block)
  }
  return { content: { survey, chosen, likelihoods }, body }
}
