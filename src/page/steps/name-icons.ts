import { dateText } from '../read/date-text.js'
import { lastOf, picturedLinks } from '../images/name-links.js'
import { isIdleLink } from '../menus/deeds.js'
import { createStretched } from '../menus/stretched-links.js'
import type { Step } from '../step.js'
import {
  append,
  attribute,
  contains,
  createText,
  elements,
  isBlank,
  isText,
  plainText,
  textStart,
  textsIn,
  walk,
  type Element
} from '../tree/tree.js'

/** A moment as machines write it: the title of what a script would fill with "two days ago". */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** The name that a link or button without text has in its attributes or its image. */
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

/** Whether there is text outside of drawings. */
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

/** How many there are, beside a drawing that says of what. */
const COUNT = /^\d{1,4}$/
/** With the white space of the source around it. Characters. */
const COUNT_CHARACTERS = 200
const WORD = /^\p{L}{3,20}$/u

/** What a link counts that shows a drawing and a number, "cart" beside 0: by its name, else by where it leads. */
function countedBy(link: Element): string {
  if (!COUNT.test(textStart(link, COUNT_CHARACTERS).trim()) || !contains(link, ({ tagName }) => tagName === 'svg'))
    return ''
  return [nameOf(link), lastOf(attribute(link, 'href') ?? '')].find(name => WORD.test(name)) ?? ''
}

/** Puts what a link counts before its number, which may have a line of its own. */
function nameCount(link: Element): void {
  const name = countedBy(link)
  if (name === '') return
  const count = textsIn(link).find(text => !isBlank(text))
  if (count !== undefined) count.value = `${name} ${count.value.trimStart()}`
}

/** Gives links, buttons and terms that only show an icon their name as text: later steps remove the icon. What only
 * a script would do has none. */
export const nameIcons: Step = {
  name: 'name-icons',
  run(page) {
    const { body } = page
    const stretch = createStretched(body)
    for (const element of elements(body, 'a', 'button', 'dt')) {
      if (contains(element, showsImage)) continue
      if (hasText(element)) {
        if (element.tagName === 'a') nameCount(element)
        continue
      }
      const name = nameOf(element)
      if (name === '' || (element.tagName === 'a' && isIdleLink(element, name))) continue
      if (element.tagName === 'a' && stretch(element, name)) continue
      append(element, createText(MOMENT.test(name) ? dateText(name) : name))
    }
    page.pictured ??= picturedLinks(body)
  }
}
