import { hasText, holdersOf } from '../tree/holders.js'
import { proseLength } from '../tree/prose-length.js'
import type { Step } from '../step.js'
import { attribute, isElement, isText, remove, walk, type Element, type Parent } from '../tree/tree.js'

/**
 * Some pages hide nearly everything until a script has run: if more than this share of the text is hidden, nothing is
 * dropped.
 */
const MOST_TEXT_DROPPED = 0.6
/** A hidden block with more prose is an article that a script reveals, and no menu. Characters. */
const PROSE_CHARACTERS = 600

const HIDING = /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)/i

function isHidden(element: Element): boolean {
  if (element.tagName === 'dialog') return attribute(element, 'open') === undefined
  if (element.tagName === 'input') return false
  if (attribute(element, 'hidden') !== undefined && attribute(element, 'hidden') !== 'until-found') return true
  if (HIDING.test(attribute(element, 'style') ?? '')) return true
  // These are icons, which are hidden from screen readers and have no text.
  return attribute(element, 'aria-hidden') === 'true' && ['svg', 'i'].includes(element.tagName) && !hasText(element)
}

const ESSENTIAL = new Set(['html', 'body', 'main', 'article'])
const isEssential = (element: Element): boolean =>
  ESSENTIAL.has(element.tagName) || attribute(element, 'role') === 'main'

const UNREAD = new Set(['a', 'button', 'option', 'label'])

/**
 * Whether a block certainly has that much prose. It stops as soon as it is sure, so that most blocks that stay are not
 * read to their end.
 */
function hasProse(element: Element): boolean {
  let ink = 0
  const count = (parent: Element): boolean => {
    if (UNREAD.has(parent.tagName)) return false
    for (const node of parent.childNodes) if (isText(node) && ink < PROSE_CHARACTERS) ink += inkIn(node.value)
    return ink < PROSE_CHARACTERS
  }
  if (count(element)) walk(element, count)
  return ink >= PROSE_CHARACTERS
}

const mayGo = (element: Element, essentials: ReadonlySet<Parent>): boolean =>
  !isEssential(element) && !essentials.has(element) && !hasProse(element) && proseLength(element) < PROSE_CHARACTERS

/** The characters that are visible, counted up to `most`: formulas have more white space than text. */
function inkOf(parent: Element, most: number): number {
  let ink = 0
  const count = (element: Element): boolean => {
    for (const node of element.childNodes) if (isText(node)) ink += inkIn(node.value)
    return ink < most
  }
  if (count(parent)) walk(parent, count)
  return ink
}

function inkIn(text: string): number {
  let ink = 0
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 32) ink++
  return ink
}

/** Whether an element is in the body, and not within one that goes anyway. */
function isWithin(element: Element, body: Element, hidden: ReadonlySet<Element>): boolean {
  for (let parent = element.parentNode; parent !== null && isElement(parent); parent = parent.parentNode) {
    if (parent === body) return true
    if (hidden.has(parent)) return false
  }
  return false
}

/**
 * Removes what a browser would not show: elements that an attribute, their own style or a style sheet hides, closed
 * dialogs, icons without a name.
 */
export const dropHidden: Step = {
  name: 'drop-hidden',
  run({ body, suspects }) {
    const hidden = new Set<Element>()
    let essentials: ReadonlySet<Parent> | undefined
    for (const element of suspects) {
      if (!isHidden(element) || !isWithin(element, body, hidden)) continue
      essentials ??= holdersOf(body, node => isElement(node) && isEssential(node))
      if (mayGo(element, essentials)) hidden.add(element)
    }
    if (hidden.size === 0) return
    const dropped = [...hidden].reduce((sum, element) => sum + inkOf(element, Infinity), 0)
    const least = dropped / MOST_TEXT_DROPPED
    if (inkOf(body, least) < least) return
    for (const element of hidden) remove(element)
  }
}
