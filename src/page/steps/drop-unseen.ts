import type { Step } from '../step.js'
import { attribute, elements, isElement, isText, prune, replace, type Element, type Node, type Text } from '../tree.js'

/** Never shown by any browser, with all they contain. */
const UNSEEN = new Set(['script', 'style', 'template', 'link', 'meta', 'base', 'title', 'head', 'param', 'track', 'portal', 'fencedframe', 'keygen', 'bgsound', 'noembed'])

const isSvgTitle = (element: Element): boolean => element.namespaceURI.includes('svg') && element.tagName === 'title'

/** White space between their children means nothing. */
const STRUCTURES = new Set(['ul', 'ol', 'dl', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'select', 'picture'])

const isBlank = (node: Text): boolean => STRUCTURES.has(node.parentNode?.nodeName ?? '') && /^\s*$/.test(node.value)

function picks (node: Node): boolean {
  if (isText(node)) return isBlank(node)
  if (!isElement(node)) return true // comments, document types, processing instructions
  return UNSEEN.has(node.tagName) && !isSvgTitle(node)
}

/** What a declarative shadow tree holds is shown. */
function showShadows (body: Element): void {
  for (const template of elements(body, 'template')) {
    if (attribute(template, 'shadowrootmode') === undefined || !('content' in template)) continue
    const content = template.content as unknown as { childNodes: Node[] }
    replace(template, ...content.childNodes)
  }
}

/** Removes what no browser shows: scripts, styles, comments, and all of the head; a declarative shadow tree is shown. */
export const dropUnseen: Step = {
  name: 'drop-unseen',
  run (page) {
    if (page.names.has('template')) showShadows(page.body)
    prune(page.body, picks)
  }
}
