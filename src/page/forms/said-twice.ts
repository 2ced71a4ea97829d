import { isElement, isText, remove, type Element, type Node, type Text } from '../tree/tree.js'
import { isControl, typeOf } from './controls.js'

/** Shorter words may well be there twice: "5 5". Characters. */
const LEAST_WORDS = 3

/** What is compared: stars and colons after a label say nothing else. */
const wordsOf = (text: string): string =>
  text
    .replace(/[\s*:.?()]+/g, ' ')
    .trim()
    .toLowerCase()

/** Whether a text ends with what another one says, at the beginning of a word. */
const endsWith = (before: string, words: string): boolean => before === words || before.endsWith(` ${words}`)

/**
 * Removes the label of a field that repeats the text right before it: "Nickname" in a paragraph and again as the
 * placeholder, or a heading and a label that was there for screen readers. It is one walk, because the text before a
 * field may stand anywhere.
 */
export function dropRepeatedLabels(body: Element): void {
  let before = ''
  let repeated: Text | undefined
  const repeats: Text[] = []
  const stack: Array<{ node: Node; inForm: boolean }> = []
  const push = (parent: Element, inForm: boolean): void => {
    for (let at = parent.childNodes.length - 1; at >= 0; at--) {
      const node = parent.childNodes[at]
      if (node !== undefined) stack.push({ node, inForm })
    }
  }
  push(body, false)
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, inForm } = next
    if (isText(node)) {
      const words = wordsOf(node.value)
      if (words === '') continue
      repeated = inForm && words.length >= LEAST_WORDS && endsWith(before, words) ? node : undefined
      if (repeated === undefined) before = words
    } else if (isElement(node)) {
      if (!isControl(node)) push(node, inForm || node.tagName === 'form')
      else if (typeOf(node) !== 'hidden') {
        if (repeated !== undefined) repeats.push(repeated)
        repeated = undefined
        before = ''
      }
    }
  }
  for (const text of repeats) remove(text)
}
