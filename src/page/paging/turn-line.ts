import type { Page, PageContext } from '../step.js'
import { createElement, createText, remove, type Element, type Node } from '../tree/tree.js'
import { turnsOf, type Turn, type Turns } from './turns.js'

const nameOf = ({ number }: Turn, other: string): string => (number === undefined ? other : `Page ${number}`)

/** `< Page 1 | Page 2 | Page 3 >`, as far as these are known, or `Page 2 >` on the first one; `addressOf` is where a page of the same is read. */
function turnLine({ number, before, after }: Turns, addressOf: (url: URL) => string): Element {
  const link = ({ url }: Turn, text: string): Node[] => [createElement('a', { href: addressOf(url) }, createText(text))]
  const parts = [
    before === undefined ? [] : link(before, `< ${nameOf(before, 'Previous page')}`),
    number === undefined || before === undefined ? [] : [createText(`Page ${number}`)],
    after === undefined ? [] : link(after, `${nameOf(after, 'Next page')} >`)
  ].filter(part => part.length > 0)
  return createElement('p', {}, ...parts.flatMap((part, at) => (at === 0 ? part : [createText(' | '), ...part])))
}

/**
 * Looks which page of a thread, an article or a list is shown. The line that is made of that once all else was taken out of
 * the page stands for what said so.
 */
export function turnsFor(
  page: Pick<Page, 'body' | 'announced'>,
  { url: shown, formOf: url = shown, base, charset }: Pick<PageContext, 'url' | 'formOf' | 'base' | 'charset'>
): (addressOf: (url: URL) => string) => Element | undefined {
  const turns = turnsOf(page, { url, base, charset })
  return addressOf => {
    for (const element of turns?.said ?? []) remove(element)
    return turns === undefined ? undefined : turnLine(turns, addressOf)
  }
}
