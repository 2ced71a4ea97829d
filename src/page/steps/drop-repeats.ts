import { LARGEST_SIGN, pixels } from '../images/pixels.js'
import type { Step } from '../step.js'
import {
  HEADINGS,
  attribute,
  closest,
  elements,
  isBlank,
  isElement,
  isText,
  plainText,
  pushChildren,
  removeWithParents,
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

/** A link or a picture; what it shows is read once, when that may be needed: all copies of it are compared with it. */
interface Deed {
  readonly element: Element
  shown?: string
}

/** What a link shows: its words and its pictures. */
const shownIn = (link: Element): string =>
  [plainText(link), ...elements(link, 'img').map(image => attribute(image, 'src') ?? '')].join(' ').trim()

const shownBy = (link: Deed): string => (link.shown ??= shownIn(link.element))

/** Whether two links or pictures say the same. Where they lead is asked first: most of those in a row lead elsewhere. */
function saysSame(one: Deed, other: Deed): boolean {
  const address = one.element.tagName === other.element.tagName ? addressOf(one.element) : undefined
  if (address === undefined || address !== addressOf(other.element)) return false
  if (one.element.tagName === 'img') return true
  return shownBy(one) !== '' && shownBy(one) === shownBy(other)
}

const areInOneCell = (one: Deed, other: Deed): boolean =>
  closest(one.element, ...CELLS) === closest(other.element, ...CELLS)

/** Of two that say the same the one in a heading stays. */
const goes = (first: Deed, second: Deed): Deed =>
  closest(second.element, ...HEADINGS) !== undefined && closest(first.element, ...HEADINGS) === undefined
    ? first
    : second

/**
 * Removes a link or a picture that stands twice in a row: pages of today have a copy for phones beside the one for
 * larger screens, and hide one by a script.
 */
export const dropRepeats: Step = {
  name: 'drop-repeats',
  run({ body }) {
    const repeats: Element[] = []
    let last: Deed | undefined
    const stack: Node[] = []
    pushChildren(stack, body)
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (isText(node)) {
        if (!isBlank(node)) last = undefined
        continue
      }
      if (!isElement(node)) continue
      if (node.tagName === 'img' || (node.tagName === 'a' && attribute(node, 'href') !== undefined)) {
        const deed: Deed = { element: node }
        const isSame = last !== undefined && saysSame(last, deed) && areInOneCell(last, deed)
        const gone = isSame ? goes(last!, deed) : undefined
        if (gone !== undefined) repeats.push(gone.element)
        if (gone !== deed) last = deed
      } else {
        if (['input', 'select', 'textarea', 'hr', 'pre'].includes(node.tagName)) last = undefined
        pushChildren(stack, node)
      }
    }
    // An empty item would leave a bullet, an empty paragraph a gap.
    removeWithParents(repeats, 'li', 'p')
  }
}
