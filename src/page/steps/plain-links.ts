import { decodePercent } from '../../bytes/decode-percent.js'
import { clientAddress, resolve, writtenAddress } from '../addresses/address.js'
import { hrefOf } from '../forms/buttons/opened-by-script.js'
import { isImageFile, zoomAddress } from '../images/image-links.js'
import type { PageContext, Step } from '../step.js'
import {
  attribute,
  createElement,
  elements,
  insertBefore,
  plainText,
  prepend,
  removeAttribute,
  setAttribute,
  unwrap,
  walk,
  type Element
} from '../tree/tree.js'

/** The name of the place in this page that an address leads to, or undefined. */
function fragmentOf(url: URL, context: PageContext): string | undefined {
  if (url.hash.length < 2) return undefined
  return url.host + url.pathname + url.search === context.url.host + context.url.pathname + context.url.search
    ? url.hash.slice(1)
    : undefined
}

/** A name that Mosaic and Netscape 1 find: without references, spaces and quotes. */
const plainName = (id: string): string => {
  if (/^[\w.:-]{1,50}$/.test(id)) return id
  return decodePercent(id)
    .replace(/[^\w.:-]/gu, character => `_${(character.codePointAt(0) ?? 0).toString(16)}`)
    .slice(0, 50)
}

interface Targets {
  readonly places: ReadonlyMap<string, Element>
  /** The names that links lead to */
  readonly names: Set<string>
  readonly used: Set<Element>
}

function targetsOf(body: Element, links: readonly Element[]): Targets {
  const places = new Map<string, Element>()
  if (!links.map(link => attribute(link, 'href') ?? '').some(href => href.includes('#') && href.trim() !== '#'))
    return { places, names: new Set(), used: new Set() }
  walk(body, element => {
    for (const { name, value } of element.attrs) {
      if (value === '' || !(name === 'id' || (name === 'name' && element.tagName === 'a'))) continue
      const place = plainName(value)
      if (!places.has(place)) places.set(place, element)
    }
  })
  return { places, names: new Set(), used: new Set() }
}

/** The address for a link: an image file gets a page of our own, if the client has one for it. */
function addressOf(url: URL, context: PageContext): string | undefined {
  const plain = clientAddress(url, context)
  return plain === undefined || !isImageFile(url) ? plain : (zoomAddress(plain, context) ?? plain)
}

function plainLink(link: Element, context: PageContext, targets: Targets): void {
  const href = hrefOf(link)
  if (href === undefined) return
  const url = href.trim() === '#' ? undefined : resolve(href, context)
  const fragment = url === undefined ? undefined : fragmentOf(url, context)
  if (fragment !== undefined) {
    const target = targets.places.get(plainName(fragment))
    if (target !== undefined) {
      targets.names.add(plainName(fragment))
      targets.used.add(target)
      return setAttribute(link, 'href', `#${plainName(fragment)}`)
    }
  }
  const address = url === undefined ? undefined : addressOf(url, context)
  if (address === undefined) removeAttribute(link, 'href')
  else setAttribute(link, 'href', address)
}

/** Marks the target of a link by A NAME, which is all that old browsers know; a place with two names needs two of them. */
function markTarget(element: Element, name: string, isFirst: boolean): void {
  if (element.tagName === 'a' && isFirst) return setAttribute(element, 'name', name)
  const anchor = createElement('a', { name })
  if (
    ['a', 'table', 'tr', 'tbody', 'ul', 'ol', 'dl', 'img', 'input', 'br', 'hr', 'select', 'textarea', 'form'].includes(
      element.tagName
    )
  )
    insertBefore(anchor, element)
  else prepend(element, anchor)
  removeAttribute(element, 'id')
}

function plainAction(form: Element, context: PageContext): void {
  const url = resolve(attribute(form, 'action') ?? '', context) ?? context.url
  const own = new URL(url.href)
  own.hash = ''
  // A GET form replaces the query of its action.
  if (attribute(form, 'method')?.toUpperCase() !== 'POST') own.search = ''
  setAttribute(form, 'action', clientAddress(own, context) ?? writtenAddress(context.url, context))
}

function dropAnchors(links: readonly Element[], targets: Targets): void {
  for (const link of links) {
    if (link.tagName !== 'a' || targets.used.has(link)) continue
    removeAttribute(link, 'name')
    if (attribute(link, 'href') === undefined) unwrap(link)
  }
}

/**
 * Gives links, maps and forms absolute http: addresses, marks places in the page by NAME, and leads links to images to
 * a page of our own. A link that the client cannot open becomes text.
 */
export const plainLinks: Step = {
  name: 'plain-links',
  run(page, context) {
    const found = elements(page.body, 'a', 'area', 'form')
    const targets = targetsOf(page.body, found)
    for (const link of found) if (link.tagName !== 'form') plainLink(link, context, targets)
    dropAnchors(found, targets)
    const marked = new Set<Element>()
    for (const name of targets.names) {
      const element = targets.places.get(name)
      if (element !== undefined) markTarget(element, name, !marked.has(element))
      if (element !== undefined) marked.add(element)
    }
    for (const element of found) {
      if (element.tagName === 'form') plainAction(element, context)
      else if (element.tagName === 'area' && attribute(element, 'alt') === undefined)
        setAttribute(element, 'alt', plainText(element))
    }
  }
}
