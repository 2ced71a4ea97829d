import type { PageContext } from '../step.js'
import { append, createElement, createText, elements, insertBefore, type Element } from '../tree/tree.js'

/** The ID that the line in the place of a list of contents leads to. */
const CONTENTS_ID = 'retrograde-contents'

/**
 * Moves lists of contents to the end of a page; a link with their number of entries stands in the place of the first.
 * A page that says its contents twice, for small screens too, has one link for both.
 */
export function moveContents(lists: readonly Element[], body: Element, { url }: Pick<PageContext, 'url'>): void {
  const [first] = lists
  if (first === undefined) return
  const address = new URL(url.href)
  address.hash = CONTENTS_ID
  const text = createText(`Contents (${elements(first, 'a').length} links)`)
  insertBefore(createElement('div', {}, createElement('a', { href: address.href }, text)), first)
  const block = createElement('div', { id: CONTENTS_ID })
  append(body, createElement('hr'))
  append(body, block)
  for (const list of lists) append(block, list)
}
