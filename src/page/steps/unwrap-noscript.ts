import { sourceOf } from '../images/source/image-source.js'
import { isPlaceholder } from '../images/source/placeholder.js'
import { asksForScript } from '../shell/asks-for-script.js'
import type { Step } from '../step.js'
import { attribute, elements, isElement, plainText, remove, textStart, unwrap, type Element } from '../tree/tree.js'

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

/** A page with less text may have nothing else to say. Characters, with their white space. */
const LEAST_TEXT = 1000
const LOOKED_AT = 4000

const characters = (text: string): number => text.replace(/\s+/g, ' ').length

/**
 * Removes those of some NOSCRIPT that only say that the site wants scripts, as long as there is enough else to read. The
 * text of the page is counted once for all of them.
 */
function dropAsking(all: readonly Element[], body: Element): void {
  const asking = all.filter(asksForScript)
  let left = asking.length === 0 ? 0 : characters(textStart(body, LOOKED_AT))
  for (const noscript of asking) {
    if (left < LEAST_TEXT) return
    left -= characters(plainText(noscript))
    remove(noscript)
  }
}

/**
 * Shows what a page has for browsers without scripts. An image that is there twice, for late loading, stays once; that
 * the site wants scripts is not said where there is enough to read without them.
 */
export const unwrapNoscript: Step = {
  name: 'unwrap-noscript',
  run({ body, names }) {
    if (!names.has('noscript')) return
    dropAsking(elements(body, 'noscript'), body)
    for (const noscript of elements(body, 'noscript')) {
      const images = elements(noscript, 'img')
      const only = images.length === 1 && plainText(noscript) === '' ? images[0] : undefined
      const twin = only === undefined ? undefined : repeated(noscript, only)
      if (twin !== undefined) remove(twin)
      unwrap(noscript)
    }
  }
}
