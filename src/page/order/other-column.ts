import { likelihoodIn, type Content } from '../content/content.js'
import { createRepeats } from '../lists/repeats.js'
import { tallyOf } from '../menus/menus.js'
import { insertAfter, isElement, type Element, type Node } from '../tree/tree.js'
import { pathOf } from './front-matter.js'
import type { MainPart } from './main-part.js'

/** So likely content is what stands in another column than the title, and so little of it is in links. Mean, shares. */
const LIKELY = 0.4
const MOST_LINKED = 0.3
/** A shorter text is a notice. Letters. */
const LEAST_LETTERS = 300

interface Around {
  readonly content: Content
  readonly body: Element
}

function isContent(element: Element, content: Content): boolean {
  const { letters, linked } = tallyOf(element)
  return letters >= LEAST_LETTERS && linked <= MOST_LINKED * letters && likelihoodIn(element, content).mean >= LIKELY
}

/**
 * Moves what stands before the title, but is content as well, right behind the part of the page that has title and text:
 * it is another column, such as that with all that a shop tells of its goods besides their name and price. Where no text
 * is behind the title, what is in that column is the text. What is said once more behind the title is none.
 *
 * @param front the nodes before the title
 * @returns the others of them
 */
export function moveOtherColumns(
  front: readonly Node[],
  { start, prose, opening }: MainPart,
  { content, body }: Around
): Node[] {
  const ofText = new Set(pathOf(prose, body))
  const parts = pathOf(start, body).filter(node => opening.text < opening.title || ofText.has(node))
  const beside = new Map(parts.map(node => [node.parentNode, node]))
  const isSaid = createRepeats(content.survey.blocks, (_, at) => at < opening.title)
  const columns = front
    .filter(isElement)
    .filter(node => beside.has(node.parentNode) && isContent(node, content) && !isSaid(node))
  for (const column of columns.toReversed()) insertAfter(column, beside.get(column.parentNode)!)
  const moved = new Set<Node>(columns)
  return front.filter(node => !moved.has(node))
}
