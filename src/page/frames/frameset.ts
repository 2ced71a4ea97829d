import { clientAddress, resolve } from '../addresses/address.js'
import { colourOf } from '../colours/colour.js'
import type { PageContext } from '../step.js'
import { append, attribute, createElement, isElement, setAttribute, type Element } from '../tree/tree.js'

const attributesOf = ({ attrs }: Element): Record<string, string> =>
  Object.fromEntries(attrs.map(({ name, value }) => [name, value]))

/** The address of a frame for the client; undefined for one that a script fills, which stays empty. */
function sourceOf(frame: Element, context: PageContext): string | undefined {
  const source = attribute(frame, 'src')?.trim() ?? ''
  const url = source === '' ? undefined : resolve(source, context)
  return url === undefined || !/^https?:$/.test(url.protocol) ? undefined : clientAddress(url, context)
}

function frameOf(frame: Element, context: PageContext): Element {
  const { src: _, ...attributes } = attributesOf(frame)
  const source = sourceOf(frame, context)
  return createElement('frame', { ...attributes, ...(source === undefined ? {} : { src: source }) })
}

/** A copy of a FRAMESET with those within it and its frames, for a client that has frames. */
function copyOf(frameset: Element, context: PageContext): Element {
  const copy = createElement('frameset', attributesOf(frameset))
  const edge = colourOf(attribute(frameset, 'bordercolor'))
  if (edge !== undefined) setAttribute(copy, 'bordercolor', edge)
  for (const node of frameset.childNodes) {
    if (!isElement(node)) continue
    if (node.tagName === 'frameset') append(copy, copyOf(node, context))
    else if (node.tagName === 'frame') append(copy, frameOf(node, context))
  }
  return copy
}

const leadsSomewhere = (element: Element): boolean =>
  attribute(element, 'src') !== undefined || element.childNodes.some(node => isElement(node) && leadsSomewhere(node))

/** The frames of a page with the addresses that the client gets; undefined if none of them leads anywhere. */
export function framesOf(frameset: Element, context: PageContext): Element | undefined {
  const copy = copyOf(frameset, context)
  return leadsSomewhere(copy) ? copy : undefined
}
