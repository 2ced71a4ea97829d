import { sourceOf } from '../images/source/image-source.js'
import { isPlaceholder } from '../images/source/placeholder.js'
import type { Step } from '../step.js'
import { attribute, elements, isElement, plainText, remove, unwrap, type Element } from '../tree/tree.js'

/** The distance between an image that loads late and the NOSCRIPT that repeats it. Nodes. */
const NEAR = 6

/** The image that a NOSCRIPT repeats, just before it or just after it. */
function repeated(noscript: Element, inside: Element): Element | undefined {
  const parent = noscript.parentNode
  if (parent === null || !isElement(parent)) return undefined
  const at = parent.childNodes.indexOf(noscript)
  const around = [
    ...parent.childNodes.slice(Math.max(0, at - NEAR), at).reverse(),
    ...parent.childNodes.slice(at + 1, at + 1 + NEAR)
  ]
    .filter(isElement)
    .flatMap(node => (node.tagName === 'img' ? [node] : node.tagName === 'noscript' ? [] : elements(node, 'img')))
  const file = (image: Element): string => {
    const address = (sourceOf(image, { sources: [], wanted: 0 })?.address ?? '').replace(/[?#].*/s, '')
    return address.slice(address.lastIndexOf('/') + 1)
  }
  return (
    around.find(image => file(image) !== '' && file(image) === file(inside)) ??
    around.find(image => isPlaceholder(attribute(image, 'src')))
  )
}

/** Shows what a page has for browsers without scripts. An image that is there twice, for late loading, stays once. */
export const unwrapNoscript: Step = {
  name: 'unwrap-noscript',
  run({ body, names }) {
    if (!names.has('noscript')) return
    for (const noscript of elements(body, 'noscript')) {
      const images = elements(noscript, 'img')
      const only = images.length === 1 && plainText(noscript) === '' ? images[0] : undefined
      const twin = only === undefined ? undefined : repeated(noscript, only)
      if (twin !== undefined) remove(twin)
      unwrap(noscript)
    }
  }
}
