import type { Step } from '../step.js'
import { elements, headOf, plainText } from '../tree/tree.js'

/**
 * Sets the title of the page: that of the document, else its first heading, else its address, whichever the client's
 * charset has letters for.
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
    // A TITLE in the body counts too, except for that of an inline SVG.
    const other = elements(page.body, 'title', 'h1').find(
      element => !element.namespaceURI.includes('svg') && isShown(plainText(element))
    )
    page.title = other === undefined ? url.host : plainText(other)
  }
}
