import { viewAddress } from '../addresses/view-address.js'
import { keepFields } from '../forms/kept-fields.js'
import { createElement, createText, elements, insertBefore, remove, type Element } from '../tree/tree.js'
import type { Page, PageContext } from '../step.js'
import { menusOf, tallyOf } from './menus.js'

/** As many links in menus stay in the page; above it all menus move to a page of their own. */
const MOST_MENU_LINKS = 20

/** The menu of a page with less besides is the page. Letters. */
const LEAST_BESIDES = 60

/** Whether a page has next to nothing besides its menus. */
function isAll(menus: readonly Element[], body: Element): boolean {
  const lettersIn = (element: Element): number => tallyOf(element).letters
  return lettersIn(body) - menus.reduce((sum, menu) => sum + lettersIn(menu), 0) < LEAST_BESIDES
}

/** Moves the menus of a page with many of them behind one link, to a page that holds nothing else. */
export function collapseMenus(
  { body, content }: Pick<Page, 'body' | 'content'>,
  context: Pick<PageContext, 'portal' | 'url'>
): void {
  const { menus, links } = menusOf(body, content)
  if (links <= MOST_MENU_LINKS || isAll(menus, body)) return
  const link = createElement('a', { href: viewAddress(context, 'menu') }, createText(`Site menu (${links} links)`))
  insertBefore(createElement('p', {}, link), menus[0]!)
  keepFields(menus, body)
  for (const menu of menus) {
    // The search box stays where it is.
    for (const form of elements(menu, 'form')) insertBefore(form, menu)
    remove(menu)
  }
}
