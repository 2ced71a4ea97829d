import { createText, insertBefore, isBlank, isElement, isText, type Element, type Node } from '../../tree/tree.js'
import { hasBlock, isMute, isPlacing, lineOf, putInLine, type Line } from './line.js'

/** A price has a sign, its whole and its hundredths, and what may stand between them. Parts. */
const MOST_PARTS = 5
/** Of a price no part is longer. Characters. */
const MOST_PART = 12
const SIGN = /^(?:\p{Sc}|[A-Z]{1,3}\$|EUR|USD|GBP|CHF|kr\.?|zł|Kč|Ft|Rs\.?)$/u
const NUMBER = /^\p{Nd}[\p{Nd}.,'’ ]*$/u
const POINT = /^[.,]$/
/** A whole number, and its hundredths beside it, which styles would set higher and smaller. */
const WHOLE = /^\p{Nd}+(?:[.,'’ ]\p{Nd}{3})*$/u
const HUNDREDTHS = /^\p{Nd}{2}$/u

const isEmpty = (node: Node): boolean => isMute(node) || (isElement(node) && node.childNodes.every(isBlank))

const textOfSign = ({ childNodes: [only] }: Element): string =>
  only !== undefined && isText(only) ? only.value.trim().slice(0, MOST_PART) : ''

/** Whether a node may be the sign of a price: most need no closer look. */
const maySign = (node: Node): boolean =>
  isElement(node) && node.childNodes.length === 1 && isText(node.childNodes[0]!) && SIGN.test(textOfSign(node))

/** The parts of the price that is all that an element says; undefined if it says anything else, or stands on one line. */
function partsOf({ childNodes }: Element): readonly Line[] | undefined {
  const shown = childNodes.filter(node => !isEmpty(node))
  if (shown.length < 2 || shown.length > MOST_PARTS) return undefined
  const parts = shown.map(node => lineOf(node, MOST_PART)).filter(line => line !== undefined)
  const signs = parts.filter(({ text }) => SIGN.test(text)).length
  const numbers = parts.filter(({ text }) => NUMBER.test(text)).length
  const points = parts.filter(({ text }) => POINT.test(text)).length
  const isPrice = signs === 1 && numbers > 0 && signs + numbers + points === shown.length
  return isPrice && parts.some(hasBlock) ? parts : undefined
}

/** What stands between two parts of a price on their line. */
function between({ text }: Line, { text: next }: Line): string {
  if (WHOLE.test(text) && HUNDREDTHS.test(next)) return '.'
  return NUMBER.test(text) && SIGN.test(next) ? ' ' : ''
}

/** Takes the white space of the source away that would stand within the price. */
function trim({ node, wrappers, text }: Line): void {
  const [only, ...others] = wrappers.at(-1)?.childNodes ?? [node]
  if (only !== undefined && others.length === 0 && isText(only)) only.value = text
}

/** Writes a price on one line whose sign, whole and hundredths have blocks of their own: styles put them side by side. */
export function joinPrice(element: Element): void {
  if (isPlacing(element) || !element.childNodes.some(maySign)) return
  const parts = partsOf(element)
  if (parts === undefined) return
  element.childNodes = element.childNodes.filter(node => !isBlank(node))
  for (const [at, part] of parts.entries()) {
    putInLine(part)
    trim(part)
    const put = at === 0 ? '' : between(parts[at - 1]!, part)
    if (put !== '') insertBefore(createText(put), part.node)
  }
}
