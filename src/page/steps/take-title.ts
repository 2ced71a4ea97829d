import type { Step } from '../step.js'
import { elements, headOf, plainText } from '../tree/tree.js'

/**
 * Makes the page's title: that of the document, else its first heading, else its address; one that the client has
 * letters for.
 */
export const takeTitle: Step = {
  name: 'take-title',
  run(page, { url, fold }) {
    if (page.title !== '') return
    const isShown = (title: string): boolean => /[^\p{Cc}\s]/u.test(fold(title))
    const head = headOf(page.document)
    const title = head === undefined ? undefined : elements(head, 'title')[0]
    page.title = title === undefined ? '' : plainText(title)
    if (isShown(page.title)) return
    // One in the body counts too, but not that of an inline SVG.
    const other = elements(page.body, 'title', 'h1').find(
      element => !element.namespaceURI.includes('svg') && isShown(plainText(element))
    )
    page.title = other === undefined ? url.host : plainText(other)
  }
}
