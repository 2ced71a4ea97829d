import type { Step } from '../step.js'
import { attribute, elements, isTemplate, remove, replace, type Element } from '../tree/tree.js'

const isSvgTitle = (element: Element): boolean => element.namespaceURI.includes('svg') && element.tagName === 'title'

/** What a declarative shadow tree holds is shown. */
function showShadows(body: Element): void {
  for (const template of elements(body, 'template')) {
    if (attribute(template, 'shadowrootmode') !== undefined && isTemplate(template))
      replace(template, ...template.content.childNodes)
  }
}

/**
 * Removes what no browser shows, but for scripts, styles and comments, which the parser leaves out; a declarative
 * shadow tree is shown.
 */
export const dropUnseen: Step = {
  name: 'drop-unseen',
  run(page) {
    if (page.names.has('template')) showShadows(page.body)
    for (const element of page.unseen) if (!isSvgTitle(element)) remove(element)
  }
}
