import type { Step } from '../step.js'
import { append, createElement, createText, remove } from '../tree/tree.js'
import { menusOf } from '../menus/menus.js'
import { writtenAddress } from '../addresses/address.js'

const DONE = 'data-menus'

/** Keeps the menus of a page and nothing else: the page behind "Site menu". */
export const keepMenus: Step = {
  name: 'keep-menus',
  run(page, { url, gateway }) {
    const { body } = page
    if (body.attrs.some(({ name }) => name === DONE)) return
    const { menus } = menusOf(body, page.content)
    for (const menu of menus) remove(menu)
    body.childNodes = []
    body.attrs = [{ name: DONE, value: '' }]
    append(
      body,
      createElement(
        'p',
        {},
        createElement('a', { href: writtenAddress(url, { gateway }) }, createText(`Back to ${page.title}`))
      )
    )
    for (const menu of menus) append(body, menu)
  }
}
