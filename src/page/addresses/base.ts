import { attribute, elements, headOf, type Document } from '../tree/tree.js'

/** The address that the relative ones of a page start from: its first BASE with an address, where that is of the web. */
export function baseOf(document: Document, url: URL): URL {
  const head = headOf(document)
  const href = (head === undefined ? [] : elements(head, 'base'))
    .map(base => attribute(base, 'href'))
    .find(href => href !== undefined)
  if (href === undefined || !URL.canParse(href, url.href)) return url
  const base = new URL(href, url.href)
  return /^https?:/.test(base.href) ? base : url
}
