import type { Step } from '../step.js'
import { elements, isElement, plainText } from '../tree.js'

/** Makes the page's title: that of the document, else its first heading, else its address. */
export const takeTitle: Step = {
  name: 'take-title',
  run (page, { url }) {
    if (page.title !== '') return
    // Not the TITLE of an inline SVG.
    const title = elements(page.document, 'title').find(element => element.parentNode !== null && !(isElement(element.parentNode) && element.namespaceURI.includes('svg')))
    const heading = elements(page.body, 'h1')[0]
    page.title = [title, heading].map(element => element === undefined ? '' : plainText(element)).find(text => text !== '') ?? url.host
  }
}
