import { isForReaders } from '../article/for-readers.js'
import { lettersOf } from '../content/words.js'
import { says } from '../lists/item-content.js'
import { runsAgain } from '../lists/runs-again.js'
import { saidAgain } from '../lists/said-again.js'
import type { Step } from '../step.js'
import {
  anchorsIn,
  attribute,
  closest,
  createText,
  elements,
  isBlank,
  isElement,
  isText,
  plainText,
  removeAttribute,
  replace,
  textStart,
  walk,
  type Element,
  type Node,
  type Parent,
  type Text
} from '../tree/tree.js'

/** A longer text is no label. Characters. */
const LABEL_CHARACTERS = 200
/** Stand in a line of text: what is beside them is read with them. */
const INLINE = new Set('span b strong i em small time abbr bdi sup sub s del ins label'.split(' '))

const isForEyes = (element: Element): boolean => attribute(element, 'aria-hidden') === 'true'

function labelOf(element: Element): string {
  const text = textStart(element, LABEL_CHARACTERS + 1)
  return text.length > LABEL_CHARACTERS ? '' : lettersOf(text)
}

/** Two nodes beside each other that say the same. */
interface Twins {
  readonly goes: Element | Text
  readonly stays: Element
}

const isSameLabel = (one: Element, other: Element): boolean => labelOf(one) !== '' && labelOf(one) === labelOf(other)

/**
 * Whether of two elements beside each other one has text for the eye alone, and the other says it again, in full, for
 * those who hear it: "4" and "4 silver badges".
 */
function twinsOf(one: Element, other: Element): Twins | undefined {
  // When a page was written, and when it was changed, are often one.
  if (one.tagName === 'time' && other.tagName === 'time')
    return isSameLabel(one, other) ? { goes: other, stays: one } : undefined
  if (isForScreen(one) && isForScreen(other) && isSameLabel(one, other)) return { goes: other, stays: one }
  if (isForEyes(one) === isForEyes(other) && isForReaders(one) === isForReaders(other)) return undefined
  const [seen, heard] = isForEyes(one) || isForReaders(other) ? [one, other] : [other, one]
  if (isForEyes(heard) || isForReaders(seen)) return undefined
  const label = labelOf(seen)
  return label !== '' && labelOf(heard).includes(label) ? { goes: seen, stays: heard } : undefined
}

/** Names of screens and lengths: each of two elements is for another window, of which there is one here. */
const SCREENS = /(^|[-_:\s])(mobile|desktop|tablet|phone|small|large|sm|md|lg|xs|xl)([-_:\s]|$)/i
const isForScreen = (element: Element): boolean => SCREENS.test(attribute(element, 'class') ?? '')

/** The twins among the children of an element. */
function twinsIn(parent: Parent): Twins[] {
  const all: Twins[] = []
  let last: Element | undefined
  for (const child of parent.childNodes) {
    if (isBlank(child)) continue
    const own: Element | undefined = isElement(child) && INLINE.has(child.tagName) ? child : undefined
    const twins = own === undefined || last === undefined ? undefined : twinsOf(last, own)
    if (twins !== undefined) all.push(twins)
    last = twins === undefined ? own : twins.stays
  }
  return all
}

/** The form of a moment has a number; what has none says what happened then: "Published:". */
const NUMBER = /\p{N}/u

/** Of the forms of one moment, "June 14, 2024" and "1 yr", of which a style sheet shows one: all but the longest. */
function shorterForms(time: Element): Element[] {
  const forms = time.childNodes.filter(isElement)
  if (forms.length < 2 || !time.childNodes.every(node => isElement(node) || isBlank(node))) return []
  const texts = forms.map(form => plainText(form))
  if (!texts.every(text => NUMBER.test(text))) return []
  const lengths = texts.map(({ length }) => length)
  const longest = lengths.indexOf(lengths.reduce((one, other) => Math.max(one, other)))
  return forms.filter((form, at) => at !== longest && form.tagName === 'span')
}

/** A moment to the second is said once at the head of a post, whatever stands beside it there. Characters. */
const MOMENT = /T\d\d:\d\d:\d\d/
const HEAD_CHARACTERS = 120

/** Finds moments that are said again within a few words. */
function createMoments(): { see: (element: Element) => boolean } {
  let last: { moment: string; text: string; at: number; post?: Element | undefined } = { moment: '', text: '', at: 0 }
  let characters = 0
  return {
    see(element) {
      for (const node of element.childNodes) if (isText(node)) characters += node.value.trim().length
      const moment = element.tagName === 'time' ? (attribute(element, 'datetime') ?? '') : ''
      if (!MOMENT.test(moment)) return false
      const before = last
      // Above the first post of a thread stands when the thread began: that post says it, too.
      last = { moment, text: labelOf(element), at: characters, post: closest(element, 'article') }
      const isSame = before.moment === moment && before.text === last.text && before.post === last.post
      return isSame && characters - before.at <= HEAD_CHARACTERS
    }
  }
}

/** May be a line of its own for those who hear the page: no link, which leads somewhere, and no name of a field. */
const HEARD = new Set([...INLINE, 'div', 'p'].filter(name => name !== 'label'))

/**
 * Whether an element for those who hear the page says again the text before it, or goes on from there: "See all details"
 * and "See all details on coverage".
 */
function saysBehind({ value }: Text, element: Element): 'the same' | 'more' | undefined {
  if (!INLINE.has(element.tagName) || !isForReaders(element) || value.length > LABEL_CHARACTERS) return undefined
  const [letters, heard] = [lettersOf(value), labelOf(element)]
  if (letters === '' || !heard.startsWith(letters)) return undefined
  return letters === heard ? 'the same' : 'more'
}

/** Of two elements, of which at least one is more than a label, the one that says for those who hear it what the other says. */
function echoOf(one: Element, other: Element): Element | undefined {
  if (INLINE.has(one.tagName) && INLINE.has(other.tagName)) return undefined
  if (isForReaders(one) === isForReaders(other)) return undefined
  const heard = isForReaders(one) ? one : other
  return HEARD.has(heard.tagName) && isSameLabel(one, other) ? heard : undefined
}

/** Finds what says again, for those who hear the page, what stands right beside it. */
function addHeard({ childNodes }: Parent, { twins, echoes }: { twins: Twins[]; echoes: Element[] }): void {
  let last: Node | undefined
  for (const node of childNodes) {
    // An icon may stand between them, which says nothing.
    if (isBlank(node) || (isElement(node) && node.tagName === 'svg')) continue
    if (isElement(node) && last !== undefined && isText(last)) {
      const said = saysBehind(last, node)
      if (said === 'the same') echoes.push(node)
      if (said === 'more') twins.push({ goes: last, stays: node })
    }
    const echo = isElement(node) && last !== undefined && isElement(last) ? echoOf(last, node) : undefined
    if (echo !== undefined) echoes.push(echo)
    last = node
  }
}

/** A label that rolls over is no number, which two lamps may have, and no sign. Letters. */
const ROLLING_LETTERS = 3
/** What holds no more than a label has few children, empty ones among them. */
const MOST_ROLLING = 5

const isSpan = (node: Node): node is Element => isElement(node) && node.tagName === 'span'

/** The second of two SPANs that are all of a label: it takes the place of the first one below a mouse. */
function rollsIn({ childNodes }: Parent): Element[] {
  if (childNodes.length > MOST_ROLLING) return []
  const [one, other, ...more] = childNodes.filter(isSpan)
  if (one === undefined || other === undefined || more.length > 0 || !isSameLabel(one, other)) return []
  const isShort = labelOf(one).replace(/\P{L}/gu, '').length < ROLLING_LETTERS
  return isShort || childNodes.some(node => !isSpan(node) && says(node)) ? [] : [other]
}

/**
 * Removes what is said twice side by side: once for the eye and once for the ear; once in long and once in short; once
 * for each of two windows; once for each turn of a row of slides.
 */
export const dropTwins: Step = {
  name: 'drop-twins',
  run({ body, names }) {
    const twins = twinsIn(body)
    const echoes: Element[] = []
    const parents: Parent[] = [body]
    addHeard(body, { twins, echoes })
    const moments = names.has('time') ? createMoments() : undefined
    walk(body, element => {
      if (element.childNodes.length > 1) {
        for (const found of twinsIn(element)) twins.push(found)
        addHeard(element, { twins, echoes })
        echoes.push(...rollsIn(element))
        parents.push(element)
      }
      if (moments?.see(element) === true) echoes.push(element)
    })
    for (const echo of echoes) replace(echo, createText(' '))
    for (const { goes, stays } of twins) {
      // What stood around it stays apart; what is said for those who hear it is for all from now on.
      replace(goes, createText(' '))
      removeAttribute(stays, 'class')
    }
    // Of two windows, one may have a running line of what the other has once: inner copies go first.
    for (const parent of parents.reverse())
      for (const slide of [...saidAgain(parent), ...runsAgain(parent)]) replace(slide, ...anchorsIn(slide))
    if (!names.has('time')) return
    for (const form of elements(body, 'time').flatMap(shorterForms)) replace(form, createText(' '))
  }
}
