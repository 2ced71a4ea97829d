import { addHints } from '../addresses/address-hints.js'
import { clientAddress, resolve } from '../addresses/address.js'
import type { PageContext, Step } from '../step.js'
import { attribute, elements, headOf, removeAttribute, setAttribute, type Element } from '../tree/tree.js'

/** What is fetched beside images and pages, by the attribute that names it. */
const FETCHED = { embed: 'src', bgsound: 'src', applet: 'codebase' } as const
const WITH_GROUND = ['table', 'td', 'th']
const WITH_TARGET = ['a', 'area', 'form']

function adapt(element: Element, name: string, context: PageContext): void {
  const value = attribute(element, name)
  if (value === undefined) return
  const url = value.trim() === '' ? undefined : resolve(value, context)
  const address = url === undefined ? undefined : clientAddress(url, context)
  if (address === undefined) return removeAttribute(element, name)
  setAttribute(element, name, name === 'background' ? addHints(address, context.imageHints ?? {}) : address)
}

/** A layout that is wider than the screen would scroll sideways, although its images were made smaller. */
function narrow(table: Element, { display: { width } }: PageContext): void {
  if (Number(attribute(table, 'width') ?? 0) > width) setAttribute(table, 'width', '100%')
}

/** A border without a number is one of one pixel (HTML, "rules for parsing dimension values", and what browsers did). */
function keepBorder(table: Element): void {
  const border = attribute(table, 'border')
  if (border !== undefined && !/^\s*\d/.test(border)) setAttribute(table, 'border', '1')
}

/**
 * Adapts what only old pages have, where the client knows it: addresses of backgrounds, sounds and applets, the frame
 * that a page's links lead to, borders and widths of tables.
 */
export const keepPeriod: Step = {
  name: 'keep-period',
  run({ body, document, names }, context) {
    const { profile, choices } = context
    const shows = profile.images.show && choices.images === 'inline'
    for (const element of [body, ...elements(body, ...WITH_GROUND)])
      if (shows) adapt(element, 'background', context)
      else removeAttribute(element, 'background')
    for (const [tagName, name] of Object.entries(FETCHED))
      if (names.has(tagName)) for (const element of elements(body, tagName)) adapt(element, name, context)
    for (const table of elements(body, 'table')) {
      narrow(table, context)
      keepBorder(table)
    }
    const head = headOf(document)
    const base = (head === undefined ? [] : elements(head, 'base')).map(base => attribute(base, 'target'))
    const target = base.find(target => target !== undefined)
    if (target === undefined) return
    for (const link of elements(body, ...WITH_TARGET))
      if (attribute(link, 'target') === undefined) setAttribute(link, 'target', target)
  }
}
