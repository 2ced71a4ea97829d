import { LEAST_CONTRAST, LEAST_MEANT, plainBodyColours, WHITE } from '../colours/body-colours.js'
import { colourOf, contrast, type Colour } from '../colours/colour.js'
import type { Step } from '../step.js'
import { attribute, isElement, removeAttribute, setAttribute, type Element, type Parent } from '../tree/tree.js'

const GROUNDS = new Set(['table', 'tr', 'td', 'th'])

/** The ground of a page as it is sent, and as its author meant it; undefined for a picture. */
interface Grounds {
  readonly sent: Colour | undefined
  readonly meant: Colour | undefined
}

type Writes = (element: Element, name: string) => boolean

/** The ground within an element: its own, if the client gets it. */
function groundWithin(element: Element, around: Grounds, writes: Writes): Grounds {
  const own = GROUNDS.has(element.tagName) ? colourOf(attribute(element, 'bgcolor')) : undefined
  if (own === undefined) return around
  const isSent = writes(element, 'BGCOLOR')
  if (isSent) setAttribute(element, 'bgcolor', own)
  return { sent: isSent ? own : around.sent, meant: own }
}

/** Keeps the colour of letters that can be read on the ground that they are sent on. */
function plainFontColour(font: Element, { sent, meant }: Grounds): void {
  const value = attribute(font, 'color')
  if (value === undefined) return
  const colour = colourOf(value)
  const least = sent === meant ? LEAST_MEANT : LEAST_CONTRAST
  if (colour === undefined || (sent !== undefined && contrast(colour, sent) < least)) removeAttribute(font, 'color')
  else setAttribute(font, 'color', colour)
}

function plainWithin(root: Parent, around: Grounds, writes: Writes): void {
  const stack = [{ nodes: root.childNodes, grounds: around }]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    for (const node of top.nodes) {
      if (!isElement(node)) continue
      const grounds = groundWithin(node, top.grounds, writes)
      if (node.tagName === 'font') plainFontColour(node, grounds)
      if (node.childNodes.length > 0) stack.push({ nodes: node.childNodes, grounds })
    }
  }
}

/**
 * Writes every colour with six digits, which is how all browsers read it, and keeps pairs together: letters lose their
 * colour where the ground that they were meant for is not sent.
 */
export const plainColours: Step = {
  name: 'plain-colours',
  run({ body, untouched }, { profile, choices, display: { paper = WHITE } }) {
    const writes: Writes = ({ tagName }, name) => profile.elements[tagName.toUpperCase()]?.includes(name) === true
    const isOwn = untouched && body.tagName === 'body' && writes(body, 'BGCOLOR')
    const hadPicture = attribute(body, 'background') !== undefined
    if (!writes(body, 'BACKGROUND') || !profile.images.show || choices.images !== 'inline')
      removeAttribute(body, 'background')
    const meant = isOwn ? plainBodyColours(body) : (colourOf(attribute(body, 'bgcolor')) ?? WHITE)
    const isPicture = isOwn && attribute(body, 'background') !== undefined
    plainWithin(
      body,
      { sent: isPicture ? undefined : isOwn ? meant : paper, meant: hadPicture ? undefined : meant },
      writes
    )
  }
}
