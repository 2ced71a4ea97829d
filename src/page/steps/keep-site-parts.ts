import { select } from '../css/select.js'
import type { Step } from '../step.js'
import { contains, isElement, plainText, type Element, type Node } from '../tree/tree.js'

const SEEN = new Set(['img', 'picture', 'svg', 'video', 'iframe', 'input', 'select', 'textarea'])

/** Whether an element shows nothing. */
const isEmpty = (element: Element): boolean =>
  plainText(element) === '' && !SEEN.has(element.tagName) && !contains(element, ({ tagName }) => SEEN.has(tagName))

/** The body, and the elements between it and what is kept. */
function around(kept: readonly Element[], body: Element): Set<Element> {
  const found = new Set([body])
  for (const element of kept) {
    for (
      let parent = element.parentNode;
      parent !== null && isElement(parent) && !found.has(parent);
      parent = parent.parentNode
    )
      found.add(parent)
  }
  return found
}

/**
 * Keeps the elements that the rule of the site names, in their places, with the forms and tables around them, and
 * nothing else. If they are missing, the site has changed and the page stays whole.
 */
export const keepSiteParts: Step = {
  name: 'keep-site-parts',
  run({ body }, { site }) {
    if (site?.keep === undefined) return
    const kept = select(body, site.keep)
    if (kept.every(isEmpty)) return
    const parents = around(kept, body)
    const stays = new Set<Node>([...kept, ...parents])
    for (const parent of parents) {
      for (const node of parent.childNodes) if (!stays.has(node)) node.parentNode = null
      parent.childNodes = parent.childNodes.filter(node => stays.has(node))
    }
  }
}
