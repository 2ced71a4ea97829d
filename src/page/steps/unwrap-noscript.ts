import { isPlaceholder, sourceOf } from '../images.js'
import type { Step } from '../step.js'
import { attribute, elements, plainText, remove, unwrap, type Element } from '../tree.js'

/** The image that a NOSCRIPT repeats: just before it, or just after. */
function repeated (noscript: Element, inside: Element): Element | undefined {
  const parent = noscript.parentNode
  if (parent === null || !('tagName' in parent)) return undefined
  const around = elements(parent, 'img').filter(image => image !== inside)
  const file = (image: Element): string => (sourceOf(image, [], 0) ?? '').replace(/[?#].*$/, '').split('/').at(-1)!
  return around.find(image => isPlaceholder(attribute(image, 'src')) || (file(image) !== '' && file(image) === file(inside)))
}

/** Shows what a page shows to browsers without scripts; an image that is there twice, for late loading, stays once. */
export const unwrapNoscript: Step = {
  name: 'unwrap-noscript',
  run ({ body }) {
    for (const noscript of elements(body, 'noscript')) {
      const images = elements(noscript, 'img')
      const only = images.length === 1 && plainText(noscript) === '' ? images[0] : undefined
      const twin = only === undefined ? undefined : repeated(noscript, only)
      if (twin !== undefined) remove(twin)
      unwrap(noscript)
    }
  }
}
