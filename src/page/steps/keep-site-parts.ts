import { select } from '../css/select.js'
import type { Step } from '../step.js'
import { contains, isElement, plainText, type Element, type Parent } from '../tree/tree.js'

const SEEN = new Set(['img', 'picture', 'svg', 'video', 'iframe', 'input', 'select', 'textarea'])

/** Whether there is anything in it for a person. */
const isEmpty = (element: Element): boolean =>
  plainText(element) === '' && !SEEN.has(element.tagName) && !contains(element, ({ tagName }) => SEEN.has(tagName))

/** The elements between the body and what is kept, and the body. */
function around(kept: readonly Element[], body: Element): Set<Parent> {
  const found = new Set<Parent>([body])
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
    const stays = new Set<unknown>(kept)
    const parents = around(kept, body)
    for (const parent of parents) {
      const gone = parent.childNodes.filter(node => !stays.has(node) && !parents.has(node as unknown as Parent))
      parent.childNodes = parent.childNodes.filter(node => stays.has(node) || parents.has(node as unknown as Parent))
      for (const node of gone) node.parentNode = null
    }
  }
}
