import { select } from '../css/select.js'
import type { Step } from '../step.js'
import { contains, isElement, plainText, type Element, type Node } from '../tree/tree.js'

const SEEN = new Set(['img', 'picture', 'svg', 'video', 'iframe', 'input', 'select', 'textarea'])

/** Whether there is anything in it for a person. */
const isEmpty = (element: Element): boolean =>
  plainText(element) === '' && !SEEN.has(element.tagName) && !contains(element, ({ tagName }) => SEEN.has(tagName))

/** The elements between the body and what is kept, and the body. */
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
 * Keeps what the rule of the site names, in its place, and nothing else: forms and tables around it stay whole. Where
 * nothing is found the site looks different by now, and the page stays.
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
