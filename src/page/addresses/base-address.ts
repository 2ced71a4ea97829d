import { attribute, elements, headOf, type Document } from '../tree/tree.js'

/**
 * A longer base is none: it is read again for each address of the page. Browsers of the time took addresses as long as
 * that at most. Characters.
 */
export const MOST_BASE_CHARACTERS = 2000

/** The base of the relative addresses of a page: its first BASE with an address if that is of the web, else its own. */
export function baseOf(document: Document, url: URL): URL {
  const head = headOf(document)
  const href = (head === undefined ? [] : elements(head, 'base'))
    .map(base => attribute(base, 'href'))
    .find(href => href !== undefined)
  if (href === undefined || href.length > MOST_BASE_CHARACTERS || !URL.canParse(href, url.href)) return url
  const base = new URL(href, url.href)
  return /^https?:/.test(base.href) ? base : url
}
