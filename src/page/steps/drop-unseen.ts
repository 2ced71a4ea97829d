import type { Step } from '../step.js'
import { attribute, elements, isElement, isText, prune, replace, type Element, type Node } from '../tree.js'

/** Never shown by any browser, with all they contain. */
const UNSEEN = new Set(['script', 'style', 'template', 'link', 'meta', 'base', 'title', 'head', 'param', 'track', 'portal', 'fencedframe', 'keygen', 'bgsound', 'noembed'])

const isSvgTitle = (element: Element): boolean => element.namespaceURI.includes('svg') && element.tagName === 'title'

function picks (node: Node): boolean {
  if (isText(node)) return false
  if (!isElement(node)) return true // comments, document types, processing instructions
  return UNSEEN.has(node.tagName) && !isSvgTitle(node)
}

/** Removes what no browser shows: scripts, styles, comments, and all of the head; a declarative shadow tree is shown. */
export const dropUnseen: Step = {
  name: 'drop-unseen',
  run (page) {
    for (const template of elements(page.body, 'template')) {
      if (attribute(template, 'shadowrootmode') === undefined || !('content' in template)) continue
      const content = template.content as unknown as { childNodes: Node[] }
      replace(template, ...content.childNodes)
    }
    prune(page.body, picks)
  }
}
