import { isElement, isText, remove, type Element, type Text } from '../tree/tree.js'
import { isControl, typeOf } from './controls.js'

/** Shorter words may well be there twice: "5 5". Characters. */
const LEAST_WORDS = 3
/** A longer text names no field: its last words are about something else. Characters. */
const MOST_BEFORE = 80
/** Fields that are deeper are no form for a person: a page is at most 200 deep when it comes. Elements. */
const MOST_DEPTH = 400

/** What is compared: stars and colons after a label say nothing else. */
const wordsOf = (text: string): string =>
  text
    .replace(/[\s*:.?()]+/g, ' ')
    .trim()
    .toLowerCase()
/** Whether that is anything. */
const HAS_WORDS = /[^\s*:.?()]/

/** Whether a text says what another one does, or ends with it at the beginning of a word. */
const endsWith = (before: string, words: string): boolean =>
  before === words || (before.length <= MOST_BEFORE && before.endsWith(` ${words}`))

/** Finds the labels of fields that repeat the text before them, in one walk: that text may stand anywhere. */
class Labels {
  readonly repeats: Text[] = []
  #repeated: Text | undefined
  /** The last text that is no repetition, and its words once they are asked for: most texts stand in no form */
  #before = ''
  #words: string | undefined

  #remember(text: string, words?: string): void {
    this.#before = text
    this.#words = words
    this.#repeated = undefined
  }

  text(node: Text, inForm: boolean): void {
    const { value } = node
    if (!HAS_WORDS.test(value)) return
    if (!inForm) return this.#remember(value)
    const words = wordsOf(value)
    this.#words ??= wordsOf(this.#before)
    if (words.length >= LEAST_WORDS && endsWith(this.#words, words)) this.#repeated = node
    else this.#remember(value, words)
  }

  field(): void {
    if (this.#repeated !== undefined) this.repeats.push(this.#repeated)
    this.#remember('')
  }
}

/**
 * Removes the label of a field that repeats the text right before it: "Nickname" in a paragraph and again as the
 * placeholder, or a heading and a label that was there for screen readers.
 */
export function dropRepeatedLabels(body: Element): void {
  const labels = new Labels()
  const look = ({ childNodes }: Element, inForm: boolean, depth: number): void => {
    for (const node of childNodes) {
      if (isText(node)) labels.text(node, inForm)
      else if (!isElement(node)) continue
      else if (!isControl(node)) {
        if (depth > 0) look(node, inForm || node.tagName === 'form', depth - 1)
      } else if (typeOf(node) !== 'hidden') labels.field()
    }
  }
  look(body, false, MOST_DEPTH)
  for (const text of labels.repeats) remove(text)
}
