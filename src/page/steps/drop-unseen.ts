import type { Step } from '../step.js'
import { attribute, elements, isTemplate, remove, replaceByAll, type Element } from '../tree/tree.js'

const isSvgTitle = (element: Element): boolean => element.namespaceURI.includes('svg') && element.tagName === 'title'

/** Shows the content of declarative shadow trees. */
function showShadows(body: Element): void {
  for (const template of elements(body, 'template')) {
    if (attribute(template, 'shadowrootmode') !== undefined && isTemplate(template))
      replaceByAll(template, template.content.childNodes)
  }
}

/** Nothing is seen of these, but their clients know what to do with them. */
const UNSEEN_BUT_KNOWN = new Set(['bgsound', 'param'])

/**
 * Removes what no browser shows; scripts, styles and comments are not in the tree. Declarative shadow trees are shown.
 */
export const dropUnseen: Step = {
  name: 'drop-unseen',
  run(page, { profile }) {
    if (page.names.has('template')) showShadows(page.body)
    const isKnown = ({ tagName }: Element): boolean =>
      UNSEEN_BUT_KNOWN.has(tagName) && profile.elements[tagName.toUpperCase()] !== undefined
    for (const element of page.unseen) if (!isSvgTitle(element) && !isKnown(element)) remove(element)
  }
}
