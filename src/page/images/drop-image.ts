import { elements, isElement, plainText, remove, type Element } from '../tree/tree.js'

/** Removes an image, and the link around it if that is empty then. */
export function dropImage(image: Element): void {
  const parent = image.parentNode
  remove(image)
  if (
    parent !== null &&
    isElement(parent) &&
    parent.tagName === 'a' &&
    plainText(parent) === '' &&
    elements(parent, 'img').length === 0
  )
    remove(parent)
}
