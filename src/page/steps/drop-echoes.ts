import { lettersOf } from '../content/words.js'
import { LARGEST_SIGN, pixels } from '../images/pixels.js'
import { LinesAgain } from '../lists/lines-again.js'
import type { Step } from '../step.js'
import {
  HEADINGS,
  anchorsIn,
  attribute,
  closest,
  contains,
  isElement,
  isText,
  plainText,
  pushChildren,
  remove,
  replace,
  setAttribute,
  textsIn,
  type Element,
  type Node
} from '../tree/tree.js'

/** A shorter name may well be that of two pictures in a row. Letters. */
const NAME_LETTERS = 6
/** A title is said again below its byline. Characters. */
const MOST_BETWEEN = 500
const FIELDS = new Set(['input', 'select', 'textarea', 'pre'])
/** What else is seen and is no text */
const SEEN = new Set(['img', 'embed', 'object', 'applet', 'map', 'iframe'])

/** The name of a picture without its number: pictures of one thing in a row have the same. */
const nameOf = (image: Element): string => lettersOf(attribute(image, 'alt') ?? '').replace(/\d{1,6}$/, '')

/** What was said last, with nothing behind it. */
interface Said {
  heading: string
  name: string
  /** The item or cell that the picture of that name stands in */
  around: Element | undefined
  /** The last heading of the first level, and how much has been said behind it. Characters */
  title: string
  since: number
  /** The line across the page behind which nothing has been seen; the body stands for its upper edge */
  rule: Element | undefined
}

/** Says a heading; whether it says again what the one right before it says, or what the title says a few lines above. */
function repeatsHeading(heading: Element, said: Said): boolean {
  const letters = contains(heading, ({ tagName }) => tagName === 'img') ? '' : lettersOf(plainText(heading))
  const again = letters !== '' && letters === said.heading
  said.heading = letters
  said.name = ''
  if (heading.tagName !== 'h1' || letters === '') return again
  const isTitle = letters === said.title && said.since <= MOST_BETWEEN
  said.title = letters
  said.since = 0
  return again || isTitle
}

/**
 * Of pictures in a row with one name, the first says it. Those in links have no other word, and a sign says something of
 * its item or cell: "yes".
 */
function sayName(image: Element, said: Said): void {
  const name = nameOf(image)
  const around = closest(image, 'li', 'td', 'th')
  const isPicture = around === said.around || pixels(image, 'width') > LARGEST_SIGN
  const again = name.length >= NAME_LETTERS && name === said.name && isPicture
  said.name = name
  said.around = around
  if (again && closest(image, 'a') === undefined) setAttribute(image, 'alt', '')
}

/** Something else is said: it stands behind what was said last. */
function passOn(said: Said): void {
  said.heading = ''
  said.name = ''
  said.rule = undefined
}

/** Says a line across the page; whether there is one above it already, with nothing between them. */
function repeatsRule(rule: Element, said: Said): boolean {
  const again = said.rule !== undefined
  said.heading = ''
  said.name = ''
  said.rule ??= rule
  return again
}

/**
 * Removes a heading that says once more what the one right before it says, other lines that do so, the second of two
 * lines across the page, and names that pictures in a row share.
 */
export const dropEchoes: Step = {
  name: 'drop-echoes',
  run({ body }) {
    const said: Said = { heading: '', name: '', around: undefined, title: '', since: 0, rule: body }
    const echoes: Element[] = []
    const rules: Element[] = []
    const lines = new LinesAgain()
    const stack: Node[] = []
    pushChildren(stack, body)
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      lines.see(node)
      if (isText(node)) {
        said.since += node.value.length
        if (/\S/.test(node.value)) passOn(said)
        continue
      }
      if (!isElement(node)) continue
      if (node.tagName === 'hr') {
        if (repeatsRule(node, said)) rules.push(node)
      } else if (FIELDS.has(node.tagName)) passOn(said)
      else if (SEEN.has(node.tagName)) said.rule = undefined
      if (HEADINGS.includes(node.tagName)) {
        if (repeatsHeading(node, said)) echoes.push(node)
        else {
          said.rule = undefined
          for (const text of textsIn(node)) lines.see(text)
        }
        continue
      }
      if (node.tagName === 'img') sayName(node, said)
      pushChildren(stack, node)
    }
    // Nor is there anything below the last one.
    if (said.rule !== undefined && said.rule !== body) rules.push(said.rule)
    for (const rule of rules) remove(rule)
    for (const echo of echoes) replace(echo, ...anchorsIn(echo))
    lines.remove(body)
  }
}
