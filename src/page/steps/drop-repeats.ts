import { LARGEST_SIGN, pixels } from '../images/pixels.js'
import type { Step } from '../step.js'
import {
  attribute,
  closest,
  elements,
  HEADINGS,
  isElement,
  isText,
  plainText,
  removeWithParent,
  type Element,
  type Node
} from '../tree/tree.js'

const CELLS = ['td', 'th']

/** What a link or picture shows and does; undefined for what may well stand twice. */
function deedOf(element: Element): string | undefined {
  if (element.tagName === 'img') {
    const isSign =
      Math.max(pixels(element, 'width'), pixels(element, 'height')) <= LARGEST_SIGN && pixels(element, 'width') > 0
    return isSign ? undefined : `img ${attribute(element, 'src') ?? ''}`
  }
  const href = attribute(element, 'href')
  if (href === undefined) return undefined
  const shown = [plainText(element), ...elements(element, 'img').map(image => attribute(image, 'src') ?? '')]
    .join(' ')
    .trim()
  return shown === '' ? undefined : `a ${href} ${shown}`
}

/** Of two that say the same the one in a heading stays. */
const goes = (first: Element, second: Element): Element =>
  closest(second, ...HEADINGS) !== undefined && closest(first, ...HEADINGS) === undefined ? first : second

/**
 * Removes a link or a picture that stands twice in a row: pages of today have a copy for phones beside the one for
 * larger screens, and hide one by a script.
 */
export const dropRepeats: Step = {
  name: 'drop-repeats',
  run({ body }) {
    const repeats: Element[] = []
    let last: { readonly element: Element; readonly deed: string } | undefined
    const stack: Node[] = body.childNodes.toReversed()
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (isText(node)) {
        if (node.value.trim() !== '') last = undefined
        continue
      }
      if (!isElement(node)) continue
      if (node.tagName === 'img' || (node.tagName === 'a' && attribute(node, 'href') !== undefined)) {
        const deed = deedOf(node)
        const same =
          deed !== undefined && last?.deed === deed && closest(node, ...CELLS) === closest(last.element, ...CELLS)
        const gone = same && last !== undefined ? goes(last.element, node) : undefined
        if (gone !== undefined) repeats.push(gone)
        last =
          deed === undefined ? undefined : { deed, element: gone === node && last !== undefined ? last.element : node }
      } else {
        if (['input', 'select', 'textarea', 'hr', 'pre'].includes(node.tagName)) last = undefined
        for (let at = node.childNodes.length - 1; at >= 0; at--) stack.push(node.childNodes[at]!)
      }
    }
    // An empty item would leave a bullet, an empty paragraph a gap.
    for (const element of repeats) removeWithParent(element, 'li', 'p')
  }
}
