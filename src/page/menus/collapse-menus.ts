import { writtenAddress } from '../addresses/address.js'
import { createElement, createText, elements, insertBefore, remove, type Element } from '../tree/tree.js'
import { menusOf } from './menus.js'

/** This number of links in menus may stay in the page; above it all menus move to a page of their own. */
const MOST_MENU_LINKS = 20

/** Replaces the menus of a page with many of them by a link to a page that holds nothing else. */
export function collapseMenus(body: Element, { portal, url }: { readonly portal: string; readonly url: URL }): void {
  const { menus, links } = menusOf(body)
  const [first] = menus
  if (first === undefined || links <= MOST_MENU_LINKS) return
  const address = `${portal}/menu?url=${writtenAddress(url, { gateway: '' }).slice('http://'.length)}`
  const link = createElement('a', { href: address }, createText(`Site menu (${links} links)`))
  insertBefore(createElement('p', {}, link), first)
  for (const menu of menus) {
    // A search box stays in its place.
    for (const form of elements(menu, 'form')) insertBefore(form, menu)
    remove(menu)
  }
}
