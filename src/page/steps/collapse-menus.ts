import { writtenAddress } from '../address.js'
import { menusOf } from '../menus.js'
import type { Step } from '../step.js'
import { createElement, createText, elements, insertBefore, remove } from '../tree.js'

/** As many links in menus stay in the page; above it all menus move to a page of their own. */
const MOST_MENU_LINKS = 20

/** Moves the menus of a page with many of them behind one link, to a page that holds nothing else. */
export const collapseMenus: Step = {
  name: 'collapse-menus',
  run ({ body }, { portal, url }) {
    const { menus, links } = menusOf(body)
    if (links <= MOST_MENU_LINKS) return
    insertBefore(createElement('p', {}, createElement('a', { href: `${portal}/menu?url=${writtenAddress(url, { gateway: '' }).slice('http://'.length)}` }, createText(`Site menu (${links} links)`))), menus[0]!)
    for (const menu of menus) {
      // The search box stays where it is.
      for (const form of elements(menu, 'form')) insertBefore(form, menu)
      remove(menu)
    }
  }
}
