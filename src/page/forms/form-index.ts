import { inOneLine } from '../content/words.js'
import { hasText } from '../tree/holders.js'
import { attribute, contains, elements, lineStart, plainText, type Element } from '../tree/tree.js'
import { wordOfForm } from './button-words.js'

/** What the controls of a page need to find in it, found once for all of them. */
export interface FormIndex {
  /** The first FORM with this ID */
  form(id: string): Element | undefined
  /** The first element of any name with this ID */
  element(id: string): Element | undefined
  /** Whether there is an element with this ID that has text or a picture: many buttons may ask for one */
  isFilled(id: string): boolean
  /** The text of an element that is no more than a line, with single spaces; undefined for others */
  line(element: Element): string | undefined
  /** The first DATALIST with this ID */
  datalist(id: string): Element | undefined
  /** Whether a LABEL with text within the form names the control of this ID */
  isLabelled(form: Element, id: string): boolean
  /** The word for a button of the form that has none of its own */
  word(form: Element): string
}

function byId(body: Element, ...names: string[]): () => ReadonlyMap<string, Element> {
  let found: Map<string, Element> | undefined
  return () =>
    (found ??= new Map(
      elements(body, ...names)
        .reverse()
        .map(element => [attribute(element, 'id') ?? '', element])
    ))
}

const labelledIn = (form: Element): Set<string> =>
  new Set(
    elements(form, 'label')
      .filter(label => plainText(label) !== '')
      .map(label => attribute(label, 'for') ?? '')
  )

/** A line has no more, white space with it. */
const LINE_CHARACTERS = 1000

/** Makes the index of a page. It stays right as long as forms, lists and labels are not changed. */
export function createFormIndex(body: Element): FormIndex {
  const [forms, datalists, all] = [byId(body, 'form'), byId(body, 'datalist'), byId(body)]
  const labelled = new Map<Element, Set<string>>()
  const words = new Map<Element, string>()
  const noLines = new Set<Element>()
  const filled = new Map<Element, boolean>()
  return {
    form: id => (id === '' ? undefined : forms().get(id)),
    element: id => (id === '' ? undefined : all().get(id)),
    isFilled(id) {
      const part = id === '' ? undefined : all().get(id)
      if (part === undefined) return false
      const isFilled = filled.get(part) ?? (hasText(part) || contains(part, ({ tagName }) => tagName === 'img'))
      filled.set(part, isFilled)
      return isFilled
    },
    line(element) {
      // To look at the children of one that has many, while these are changed, takes as long each time.
      if (noLines.has(element)) return undefined
      const text = lineStart(element, LINE_CHARACTERS + 1)
      if (text !== undefined && text.length <= LINE_CHARACTERS) return inOneLine(text)
      noLines.add(element)
      return undefined
    },
    datalist: id => (id === '' ? undefined : datalists().get(id)),
    isLabelled(form, id) {
      const found = labelled.get(form) ?? labelledIn(form)
      labelled.set(form, found)
      return id !== '' && found.has(id)
    },
    word(form) {
      const word = words.get(form) ?? wordOfForm(form)
      words.set(form, word)
      return word
    }
  }
}
