import type { Page } from '../step.js'
import { attribute, isElement, replace, type Element } from '../tree/tree.js'

/**
 * React sends what was not ready when the page began at its end, hidden as S:1, and a script puts it in the place of the
 * template B:1. Here it is put there at once.
 */
export function placeStreamed({ unseen, suspects }: Pick<Page, 'unseen' | 'suspects'>): void {
  const places = new Map<string, Element>()
  for (const element of unseen) {
    const id = element.tagName === 'template' ? attribute(element, 'id') : undefined
    if (id?.startsWith('B:') === true) places.set(id.slice(2), element)
  }
  if (places.size === 0) return
  for (const element of suspects) {
    const id = attribute(element, 'id')
    const place = id?.startsWith('S:') === true ? places.get(id.slice(2)) : undefined
    if (place === undefined || isAround(element, place)) continue
    const children = element.childNodes
    element.childNodes = []
    replace(place, ...children)
  }
}

/** Whether an element is around another: what a page nests wrongly stays as it is. */
function isAround(element: Element, inner: Element): boolean {
  for (let parent = inner.parentNode; parent !== null && isElement(parent); parent = parent.parentNode)
    if (parent === element) return true
  return false
}
