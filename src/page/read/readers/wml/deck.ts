import { SaxesParser } from 'saxes'

/** An element of a deck, which is what WML calls its pages. */
export interface WmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: WmlNode[]
}

export type WmlNode = WmlElement | string

/**
 * A deck is written by recursion, and the parser looks through all open elements for one that is closed: deeper ones are
 * shown as text. Levels.
 */
const MOST_DEPTH = 200
/** Entities of WML's document type that XML does not have. */
const ENTITIES = { nbsp: '\u00A0', shy: '\u00AD' }

/** An & that begins no reference, as many decks have it in their addresses. */
const BARE_AMPERSAND = /&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp|shy);)/gi

export const isWmlElement = (node: WmlNode): node is WmlElement => typeof node !== 'string'

/** All elements of some names, in order. */
export function wmlElements({ children }: WmlElement, ...names: readonly string[]): WmlElement[] {
  return children
    .filter(isWmlElement)
    .flatMap(child => [...(names.includes(child.name) ? [child] : []), ...wmlElements(child, ...names)])
}

/**
 * Reads a deck leniently: what is no XML in it is text, and what is not closed ends with it.
 * @throws Error when it nests too deep.
 */
export function readDeck(xml: string): WmlElement {
  const root: WmlElement = { name: '', attributes: {}, children: [] }
  const open = [root]
  const add = (node: WmlNode): void => void open.at(-1)!.children.push(node)
  const parser = new SaxesParser({ xmlns: false })
  Object.assign(parser.ENTITIES, ENTITIES)
  parser.on('error', () => {})
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name: name.toLowerCase(), attributes, children: [] }
    add(element)
    if (open.push(element) > MOST_DEPTH) throw new Error('the deck nests too deep')
  })
  parser.on('closetag', () => void open.pop())
  parser.write(xml.replace(BARE_AMPERSAND, '&amp;')).close()
  return root
}
