import { surveyBlocks, type Block } from '../../src/page/content/blocks.js'
import type { Content } from '../../src/page/content/content.js'
import { parse } from '../../src/page/tree/parse.js'
import { bodyOf, type Element, type Text } from '../../src/page/tree/tree.js'

/** A page on which likelihoods are known by the first words of a text; what is likelier than a half is chosen. */
export function knownContent(
  markup: string,
  known: Readonly<Record<string, number>>
): { content: Content; body: Element } {
  const body = bodyOf(parse(markup, 10_000).document)!
  const survey = surveyBlocks(body, () => false)
  const likelihoods = new Map<Text, number>()
  const likely = ({ text }: Block): number =>
    Object.entries(known).find(([words]) => text.trim().startsWith(words))?.[1] ?? 0
  for (const block of survey.blocks) for (const text of block.texts) likelihoods.set(text, likely(block))
  const chosen = new Set(survey.blocks.filter(block => likely(block) > 0.5))
  return { content: { survey, chosen, likelihoods }, body }
}

export const textsOf = (blocks: Iterable<Block>): string[] => [...blocks].map(({ text }) => text.trim()).sort()
