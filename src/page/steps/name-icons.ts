import type { Step } from '../step.js'
import {
  append,
  attribute,
  contains,
  createText,
  elements,
  isText,
  plainText,
  walk,
  type Element
} from '../tree/tree.js'

/** What a link or button without text says of itself. */
function nameOf(element: Element): string {
  const inner = elements(element)
    .map(child => attribute(child, 'aria-label') ?? attribute(child, 'title') ?? '')
    .find(name => name.trim() !== '')
  const drawn = elements(element, 'title')
    .map(plainText)
    .find(name => name !== '')
  return (attribute(element, 'aria-label') ?? attribute(element, 'title') ?? inner ?? drawn ?? '').trim()
}

const hasOwnText = (element: Element): boolean =>
  element.childNodes.some(node => isText(node) && node.value.trim() !== '')

/** Whether there is text outside drawings. */
function hasText(element: Element): boolean {
  let found = hasOwnText(element)
  walk(element, inner => {
    if (inner.tagName === 'svg') return false
    found ||= hasOwnText(inner)
    return !found
  })
  return found
}

const showsImage = (element: Element): boolean =>
  element.tagName === 'img' || (element.tagName === 'input' && attribute(element, 'type') === 'image')

/** Gives links and buttons that show only an icon their name as text; an icon itself does not survive. */
export const nameIcons: Step = {
  name: 'name-icons',
  run({ body }) {
    for (const element of elements(body, 'a', 'button')) {
      if (hasText(element) || contains(element, showsImage)) continue
      const name = nameOf(element)
      if (name !== '') append(element, createText(name))
    }
  }
}
