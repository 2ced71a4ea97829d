import type { Step } from '../step.js'
import { append, attribute, contains, createText, elements, plainText, type Element } from '../tree.js'

/** What a link or button without text says of itself. */
function nameOf (element: Element): string {
  const inner = elements(element).map(child => attribute(child, 'aria-label') ?? attribute(child, 'title') ?? '').find(name => name.trim() !== '')
  return (attribute(element, 'aria-label') ?? attribute(element, 'title') ?? inner ?? '').trim()
}

const showsImage = (element: Element): boolean => element.tagName === 'img' || (element.tagName === 'input' && attribute(element, 'type') === 'image')

/** Gives links and buttons that show only an icon their name as text; an icon itself does not survive. */
export const nameIcons: Step = {
  name: 'name-icons',
  run ({ body }) {
    for (const element of elements(body, 'a', 'button')) {
      if (plainText(element) !== '' || contains(element, showsImage)) continue
      const name = nameOf(element)
      if (name !== '') append(element, createText(name))
    }
  }
}
