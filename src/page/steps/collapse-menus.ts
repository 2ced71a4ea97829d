import type { Step } from '../step.js'
import { attribute, createElement, createText, elements, insertBefore, isElement, plainText, remove, walk, append, contains, type Element } from '../tree.js'

/** As many links in menus stay in the page; above it all menus move to a page of their own. */
const MOST_MENU_LINKS = 30
/** A block with fewer links is no menu. */
const LEAST_LINKS = 4
/** Share of the text of a menu that is in links, where the page says that it is one, and where it does not. */
const NAMED_SHARE = 0.5
const UNNAMED_SHARE = 0.85
const UNNAMED_LEAST_LINKS = 10
/** Menus have short links, lists of headlines have long ones. Characters on the average. */
const SHORT_LINK = 25
/** More other text than this is worth reading. Characters. */
const MOST_PROSE = 500

const NAMED_TAGS = new Set(['nav', 'footer', 'header', 'aside', 'menu'])
const NAMED_ROLES = new Set(['navigation', 'banner', 'contentinfo', 'complementary', 'menu', 'menubar', 'directory'])
const NAMED_CLASS = /(^|[-_\s])(nav|navbar|navigation|menu|submenu|footer|sidebar|breadcrumbs?|toolbar|topbar|masthead|share|social|related|widget|tags?|sitemap|links|categor(y|ies)|archives?)([-_\s]|$)/i
const BLOCKS = new Set(['div', 'ul', 'ol', 'td', 'table', 'section', 'nav', 'footer', 'header', 'aside', 'menu', 'dl', 'center'])
const CONTENT = new Set(['main', 'article', 'h1', 'form', 'pre', 'p'])

function isNamed (element: Element): boolean {
  if (NAMED_TAGS.has(element.tagName) || NAMED_ROLES.has(attribute(element, 'role') ?? '')) return true
  return NAMED_CLASS.test(`${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''}`)
}

function isMenu (element: Element): boolean {
  if (!BLOCKS.has(element.tagName)) return false
  const links = elements(element, 'a').filter(link => attribute(link, 'href') !== undefined)
  if (links.length < LEAST_LINKS) return false
  const text = plainText(element).length
  const linked = links.reduce((sum, link) => sum + plainText(link).length, 0)
  if (text - linked > MOST_PROSE) return false
  if (contains(element, inner => CONTENT.has(inner.tagName) && (inner.tagName !== 'p' || plainText(inner).length > 80))) return false
  if (isNamed(element)) return linked >= NAMED_SHARE * text
  return links.length >= UNNAMED_LEAST_LINKS && linked >= UNNAMED_SHARE * text && linked / links.length < SHORT_LINK && !contains(element, inner => inner.tagName === 'img')
}

/** Moves the menus of a page with many of them behind one link to a page that holds them. */
export const collapseMenus: Step = {
  name: 'collapse-menus',
  run ({ body }, { portal, url }) {
    const menus: Element[] = []
    walk(body, node => {
      if (!isElement(node) || node.tagName === 'article') return !isElement(node) || node.tagName !== 'article'
      if (!isMenu(node)) return true
      menus.push(node)
      return false
    })
    const count = menus.reduce((sum, menu) => sum + elements(menu, 'a').length, 0)
    if (count <= MOST_MENU_LINKS) return
    const first = menus[0]!
    insertBefore(createElement('p', {}, createElement('a', { href: `${portal}/menu?url=${encodeURIComponent(url.href)}` }, createText(`Site menu (${count} links)`))), first)
    for (const menu of menus) remove(menu)
    void append
  }
}
