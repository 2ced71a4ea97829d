import { likelihoodIn, type Content } from '../content/content.js'
import { isCopiedPattern } from '../css/copied-pattern.js'
import { countLinks, isPopup, type LinkCounts } from '../css/hiding.js'
import { isHidden, visibleWithin } from '../css/hidden.js'
import { isHiddenSection } from '../css/hidden-section.js'
import { isClosedModal, isModal } from '../forms/closed-modal.js'
import { MOST_MESSAGE, messageBy } from '../forms/message-signs.js'
import { keepFields } from '../forms/kept-fields.js'
import { createRepeats } from '../lists/repeats.js'
import { holdersOfElements } from '../tree/holders.js'
import { proseLength } from '../tree/prose-length.js'
import type { Step } from '../step.js'
import {
  attribute,
  contains,
  insertBefore,
  isElement,
  isText,
  textStart,
  remove,
  walk,
  type Element,
  type Parent
} from '../tree/tree.js'

/**
 * Some pages hide nearly everything until a script has run: if more than this share of the text is hidden, nothing is
 * dropped.
 */
const MOST_TEXT_DROPPED = 0.6
/** A hidden block with more prose is an article that a script reveals, and no menu. Characters. */
const PROSE_CHARACTERS = 600

/**
 * What lies in so many elements that have been read already, and have stayed, stays with them: all that lies in an
 * element is read to judge it, and a page may put two hundred into each other. Elements.
 */
const MOST_AROUND = 12

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

/**
 * Hidden text that may well be what the page is about is a part of it that a script shows when it is asked to: the
 * answer to a question, the second of three tabs. An old browser could never ask. Less is a label, a second price, a
 * message. Characters, and mean likelihood: what is uncertain stays if there is much of it.
 */
const SHOWN_LATER = [
  { characters: 80, likely: 0.25 },
  { characters: 20, likely: 0.4 }
]

/** Who adds that to a style attribute lets no style sheet show the element: it is for machines. */
const NEVER_SHOWN = /(^|;)\s*display\s*:\s*none\s*!\s*important/i

/** Ids of what scripts point those to who hear the page: "a11y-new-window-message". */
const FOR_HEARING = /(^|[-_])a11y([-_]|$)/i
const isForHearing = (element: Element): boolean => FOR_HEARING.test(attribute(element, 'id') ?? '')

/** Whether an element, or each that stands in it, is for those who hear the page alone. */
function isHeardAlone(element: Element): boolean {
  const parts = element.childNodes.filter(isElement)
  return isForHearing(element) || (parts.length > 0 && parts.every(isForHearing))
}

function isShownLater(element: Element, content: Content | undefined): boolean {
  if (content === undefined || NEVER_SHOWN.test(attribute(element, 'style') ?? '') || isHeardAlone(element))
    return false
  const { mean } = likelihoodIn(element, content)
  return SHOWN_LATER.some(
    ({ characters, likely }) => mean >= likely && textStart(element, characters).length >= characters
  )
}

/** A form with a field for a text of several lines is one to write to somebody: scripts show it once they are ready. */
const isLetter = (element: Element): boolean =>
  element.tagName !== 'dialog' &&
  !isPopup(element) &&
  ['form', 'textarea'].every(name => contains(element, ({ tagName }) => tagName === name))

const isSection = (element: Element): boolean =>
  isHiddenSection(element) &&
  !isHeardAlone(element) &&
  messageBy('', textStart(element, MOST_MESSAGE).trim()) === undefined

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

/** Whether an element is in the body, not within one that goes anyway, and not within too many that have been judged. */
function isToJudge(
  element: Element,
  { body, hidden, judged }: { body: Element; hidden: ReadonlySet<Element>; judged: ReadonlySet<Element> }
): boolean {
  let around = 0
  for (let parent = element.parentNode; parent !== null && isElement(parent); parent = parent.parentNode) {
    if (parent === body) return true
    if (hidden.has(parent) || (judged.has(parent) && ++around === MOST_AROUND)) return false
  }
  return false
}

/**
 * Removes what a browser would not show: elements that an attribute, their own style or a style sheet hides, closed
 * dialogs, boxes that only a script would open, icons without a name.
 */
export const dropHidden: Step = {
  name: 'drop-hidden',
  run({ body, suspects, content, names }) {
    const hidden = new Set<Element>()
    const judged = new Set<Element>()
    const hasLetters = names.has('textarea')
    let essentials: ReadonlySet<Parent> | undefined
    let links: LinkCounts | undefined
    const saysAgain = createRepeats(content?.survey.blocks ?? [], ({ hidden }) => hidden)
    const isCopy = (element: Element): boolean => element.tagName !== 'main' && saysAgain(element)
    const isShut = (element: Element): boolean => isClosedModal(element, content, () => (links ??= countLinks(body)))
    for (const element of suspects) {
      const says = isHidden(element)
      if (!(says || isModal(element)) || !isToJudge(element, { body, hidden, judged })) continue
      judged.add(element)
      if (!says && !isShut(element)) continue
      essentials ??= holdersOfElements(body, isEssential)
      const stays = !mayGo(element, essentials) || isShownLater(element, content) || isSection(element)
      if (stays && !isCopy(element) && !isCopiedPattern(element)) continue
      if (!hasLetters || !isLetter(element)) hidden.add(element)
    }
    if (hidden.size === 0) return
    const dropped = [...hidden].reduce((sum, element) => sum + inkOf(element, Infinity), 0)
    const least = dropped / MOST_TEXT_DROPPED
    if (inkOf(body, least) < least) return
    keepFields([...hidden], body)
    for (const element of hidden) {
      for (const seen of visibleWithin(element)) insertBefore(seen, element)
      remove(element)
    }
  }
}
