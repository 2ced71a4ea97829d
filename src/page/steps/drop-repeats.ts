import { LARGEST_SIGN, pixels } from '../images/pixels.js'
import type { Step } from '../step.js'
import {
  attribute,
  closest,
  elements,
  HEADINGS,
  isBlank,
  isElement,
  isText,
  plainText,
  removeWithParent,
  type Element,
  type Node
} from '../tree/tree.js'

const CELLS = ['td', 'th']

const isSign = (image: Element): boolean =>
  Math.max(pixels(image, 'width'), pixels(image, 'height')) <= LARGEST_SIGN && pixels(image, 'width') > 0

/** Where a link leads, or what a picture shows; undefined for what may well stand twice. */
function addressOf(element: Element): string | undefined {
  if (element.tagName === 'a') return attribute(element, 'href')
  return isSign(element) ? undefined : (attribute(element, 'src') ?? '')
}

/** What a link shows: its words and its pictures. */
const shownIn = (link: Element): string =>
  [plainText(link), ...elements(link, 'img').map(image => attribute(image, 'src') ?? '')].join(' ').trim()

/** Whether two links or pictures say the same. Where they lead is asked first: most of those in a row lead elsewhere. */
function saysSame(one: Element, other: Element): boolean {
  const address = one.tagName === other.tagName ? addressOf(one) : undefined
  if (address === undefined || address !== addressOf(other)) return false
  if (one.tagName === 'img') return true
  const shown = shownIn(one)
  return shown !== '' && shown === shownIn(other)
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
    let last: Element | undefined
    const stack: Node[] = body.childNodes.toReversed()
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (isText(node)) {
        if (!isBlank(node)) last = undefined
        continue
      }
      if (!isElement(node)) continue
      if (node.tagName === 'img' || (node.tagName === 'a' && attribute(node, 'href') !== undefined)) {
        const isSame = last !== undefined && saysSame(last, node) && closest(node, ...CELLS) === closest(last, ...CELLS)
        const gone = isSame ? goes(last!, node) : undefined
        if (gone !== undefined) repeats.push(gone)
        if (gone !== node) last = node
      } else {
        if (['input', 'select', 'textarea', 'hr', 'pre'].includes(node.tagName)) last = undefined
        for (let at = node.childNodes.length - 1; at >= 0; at--) stack.push(node.childNodes[at]!)
      }
    }
    // An empty item would leave a bullet, an empty paragraph a gap.
    for (const element of repeats) removeWithParent(element, 'li', 'p')
  }
}
