import type { Style } from '../css/cascade.js'
import { isHidden } from '../css/hidden.js'
import {
  attribute,
  closest,
  elements,
  isElement,
  rename,
  setAttribute,
  textOf,
  textStart,
  type Element
} from '../tree/tree.js'
import { CONTROLS, isDisabled, isFillable, typeOf } from './controls.js'

/** The number of elements around a field that may be there for it alone. Levels. */
const WRAPPERS = 4

/** Names that authors give to fields which nobody is to fill in. */
const TRAP_NAME = /honey|(^|[^a-z])(hp|bot-?(field|trap|check)|no-?bots?|gotcha)([^a-z]|$)/i
/** What such a field is called for those who do see it; "leave blank to keep your password" is none. */
const TRAP_WORDS =
  /\b(leave|keep) (this|the|it)\b[^.]{0,30}\b(blank|empty|unchanged)\b(?! (if (?!you('re| are) (a )?human)|to|for|unless))|validation purposes|\b(do not|don['’]t) fill|if you('re| are) (a )?human|feld [^.]{0,20}(nicht ausf(ü|ue)llen|leer lassen)|laisse[rz] ce [^.]{0,20}vide|deja(r|d)? este campo (vac[ií]o|en blanco)/i

/** A longer text around a field is not about it. Characters. */
const MOST_WORDS = 200

type StyleOf = (element: Element) => Style | undefined

/** What is known of the controls of a page before each is judged: asking the tree for each would take their square. */
interface Survey {
  readonly styleOf: StyleOf
  /** The number of controls that are no hidden fields in the elements close around them */
  readonly controls: ReadonlyMap<Element, number>
  /** The number of fields to fill in that a person sees, by form */
  readonly fillable: ReadonlyMap<Element, number>
  /** The IDs of fields whose label says that nobody is to fill them in */
  readonly labelled: ReadonlySet<string>
}

function survey(found: readonly Element[], styleOf: StyleOf): Survey {
  const controls = new Map<Element, number>()
  const fillable = new Map<Element, number>()
  const count = (counts: Map<Element, number>, element: Element): void => {
    counts.set(element, (counts.get(element) ?? 0) + 1)
  }
  for (const control of found) {
    if (control.tagName === 'label' || typeOf(control) === 'hidden') continue
    let box = control.parentNode
    for (let level = 0; level < WRAPPERS && box !== null && isElement(box); level++, box = box.parentNode)
      count(controls, box)
    const form = closest(control, 'form')
    if (form !== undefined && isFillable(control) && !isOutOfSight(control, styleOf(control))) count(fillable, form)
  }
  const labels = found.filter(element => element.tagName === 'label' && isCalledTrap([element]))
  return { styleOf, controls, fillable, labelled: new Set(labels.map(label => attribute(label, 'for') ?? '')) }
}

/** The field, and the elements around it that hold no other control, innermost first. */
function ownBoxes(field: Element, form: Element, { controls }: Survey): Element[] {
  const boxes = [field]
  let box = field.parentNode
  while (boxes.length <= WRAPPERS && box !== null && isElement(box) && box !== form && controls.get(box) === 1) {
    boxes.push(box)
    box = box.parentNode
  }
  return boxes
}

/** A field with its form, and the elements around it that are there for it alone. */
interface Place {
  readonly field: Element
  readonly boxes: readonly Element[]
  readonly form: Element
}

/** Whether an element is not displayed, or stands where nobody can see it. */
function isOutOfSight(element: Element, style: Style | undefined): boolean {
  return (
    isHidden(element) ||
    attribute(element, 'hidden') !== undefined ||
    style?.display === 'none' ||
    style?.visibility === 'hidden' ||
    style?.offscreen === 'yes'
  )
}

const isMuted = (element: Element): boolean => attribute(element, 'aria-hidden') === 'true'

const namesOf = (element: Element): string =>
  ['name', 'id', 'class'].map(name => attribute(element, name) ?? '').join(' ')

/** Fields that a page only unfolds for those who ask for them: a search box is one. */
const isUnfolded = (field: Element): boolean => typeOf(field) === 'search' || typeOf(field) === 'password'

/** Whether the words around a field say that nobody is to fill it in. */
const isCalledTrap = (boxes: readonly Element[]): boolean =>
  boxes.some(box => {
    const words = textStart(box, MOST_WORDS + 1)
    return words.length <= MOST_WORDS && TRAP_WORDS.test(words)
  })

/**
 * Whether a field is there to catch robots, or for a script. One that is out of sight by itself counts only beside
 * another to fill in: else it would be what the form is for.
 */
function isTrap({ field, boxes, form }: Place, { styleOf, fillable, labelled }: Survey): boolean {
  const id = attribute(field, 'id') ?? ''
  if (isCalledTrap(boxes.slice(1)) || (id !== '' && labelled.has(id))) return true
  const isUntabbed = attribute(field, 'tabindex')?.trim() === '-1'
  const muted = boxes.some(isMuted)
  if (isUntabbed && muted) return true
  const unseen = boxes.some(box => isOutOfSight(box, styleOf(box)) || styleOf(box)?.faint === 'yes')
  if (unseen && (isUntabbed || muted || boxes.some(box => TRAP_NAME.test(namesOf(box))))) return true
  if (isUnfolded(field) || field.tagName === 'textarea') return false
  return isOutOfSight(field, styleOf(field)) && (fillable.get(form) ?? 0) > 0
}

/** Makes a hidden field of one that a person is not to see. It is sent as it stands, as a browser would. */
function sendUnseen(field: Element): void {
  const name = attribute(field, 'name')
  const value = field.tagName === 'textarea' ? textOf(field) : (attribute(field, 'value') ?? '')
  if (name === undefined) return setAttribute(field, 'type', 'hidden')
  field.childNodes = []
  rename(field, 'input', { type: 'hidden', name, value })
}

/**
 * Takes fields that catch robots from sight: who types into one is refused as a robot. Returns the elements around them
 * that are there for nothing else, which may go.
 */
export function hideTraps(body: Element, styles: ReadonlyMap<Element, Style>): Element[] {
  const gone: Element[] = []
  const named = new Map<string, Element>()
  const found = elements(body, ...CONTROLS, 'label')
  const known = survey(found, element => styles.get(element))
  for (const field of found) {
    if (field.tagName !== 'input' && field.tagName !== 'textarea') continue
    const form = closest(field, 'form')
    if (form === undefined || !isFillable(field) || isDisabled(field)) continue
    const boxes = ownBoxes(field, form, known)
    if (!isTrap({ field, boxes, form }, known)) continue
    const outer = boxes
      .slice(1)
      .findLast(box => isOutOfSight(box, known.styleOf(box)) || isMuted(box) || box.tagName === 'label')
    if (outer !== undefined) gone.push(outer)
    named.set(attribute(field, 'id') ?? '', field)
    sendUnseen(field)
  }
  named.delete('')
  return named.size === 0 ? gone : [...gone, ...labelsFor(named, found)]
}

/**
 * The labels of fields that have gone out of sight. One of them stays where it stands before a field of another name, with
 * the trap right behind that: a script gives the trap's ID to the field, so that robots do not know it by its name.
 */
function labelsFor(traps: ReadonlyMap<string, Element>, found: readonly Element[]): Element[] {
  return found.filter((label, at) => {
    const trap = label.tagName === 'label' ? traps.get(attribute(label, 'for') ?? '') : undefined
    if (trap === undefined) return false
    const [field, behind] = found.slice(at + 1, at + 3)
    return !(behind === trap && field !== undefined && isFillable(field))
  })
}
