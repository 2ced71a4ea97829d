import { lettersOf } from '../content/words.js'
import {
  append,
  attribute,
  contains,
  createElement,
  createText,
  elements,
  isElement,
  isText,
  plainText,
  remove,
  removeAttribute,
  type Element,
  type Node,
  type Parent
} from '../tree/tree.js'

const BLOCKS = new Set(
  'div p ul ol li dl dt dd table tbody tr td th section article header footer aside figure figcaption center form h1 h2 h3 h4 h5 h6 blockquote'.split(
    ' '
  )
)
const HEADING = /^h[1-6]$/
const isHeading = (element: Element): boolean =>
  HEADING.test(element.tagName) || attribute(element, 'role') === 'heading'
/** What a button of an entry says beside what it does ("Compare", "Quick view"), which nothing here could do. */
const STATES = /\d|sold|stock|available|erhältlich|lieferbar|épuisé|agotado/i
/** A longer text stands in a line of its own. Characters. */
const LONG_TEXT = 120
/** A longer link is a text and no name. Characters. */
const LONG_NAME = 300
/** What stands between two things says nothing. */
const BARS = /^[|/·•,–—-]+$/
/** Deeper elements are shown without their lines. */
const MOST_DEPTH = 60

/** What stands together in an entry of a list: its title, its price, its date. */
interface Piece {
  readonly nodes: Node[]
  readonly isHeading: boolean
  /** Where the link around it leads */
  readonly href: string | undefined
}

const isBlock = (element: Element): boolean => BLOCKS.has(element.tagName)
const hasBlocks = (element: Element): boolean => contains(element, isBlock)

/** Cuts an entry into its pieces. Pictures go, and links around several pieces, which each piece remembers. */
class Cutter {
  readonly pieces: Piece[] = []
  /** The first link that had nothing but a picture in it */
  href: string | undefined
  #current: Piece | undefined

  look(parent: Parent, around: Omit<Piece, 'nodes'>, depth: number): void {
    for (const node of [...parent.childNodes]) {
      if (isElement(node)) this.#element(node, around, depth)
      else if (isText(node) && (this.#current !== undefined || /\S/.test(node.value))) this.#put(node, around)
    }
  }

  #put(node: Node, around: Omit<Piece, 'nodes'>): void {
    if (this.#current === undefined) this.pieces.push((this.#current = { ...around, nodes: [] }))
    this.#current.nodes.push(node)
  }

  #element(node: Element, around: Omit<Piece, 'nodes'>, depth: number): void {
    const href = node.tagName === 'a' ? attribute(node, 'href') : undefined
    if (node.tagName === 'br' || node.tagName === 'hr') this.#current = undefined
    else if (node.tagName === 'button' && !STATES.test(plainText(node))) this.#current = undefined
    else if (plainText(node) === '') this.href ??= href
    else if (depth > 0 && (isBlock(node) || hasBlocks(node))) {
      if (isBlock(node)) this.#current = undefined
      this.look(node, { isHeading: around.isHeading || isHeading(node), href: href ?? around.href }, depth - 1)
      if (isBlock(node)) this.#current = undefined
    } else {
      for (const image of elements(node, 'img')) remove(image)
      this.#put(node, around)
    }
  }
}

const textOf = ({ nodes }: Piece): string =>
  nodes
    .map(node => (isText(node) ? node.value : isElement(node) ? plainText(node) : ''))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()

/** The length of the longest link in a piece. Characters. */
const linkedIn = (piece: Piece): number => (piece.href !== undefined ? textOf(piece).length : ownLinkIn(piece))

const ownLinkIn = ({ nodes }: Piece): number =>
  nodes.reduce((sum, node) => {
    if (!isElement(node)) return sum
    const links = node.tagName === 'a' ? [node] : elements(node, 'a')
    return sum + links.reduce((most, link) => Math.max(most, plainText(link).length), 0)
  }, 0)

/** The piece that names an entry: its heading, else its longest link that is no text, else its first. */
function titleOf(pieces: readonly Piece[]): Piece | undefined {
  const heading = pieces.find(({ isHeading }) => isHeading)
  const longest = (of: readonly Piece[]): Piece | undefined =>
    of.reduce<Piece | undefined>(
      (most, piece) => (linkedIn(piece) > (most === undefined ? 0 : linkedIn(most)) ? piece : most),
      undefined
    )
  const short = pieces.filter(piece => textOf(piece).length <= LONG_TEXT)
  // Beside prices and stars alone, a long link is the name.
  const areValues = short.every(piece => linkedIn(piece) === 0 || /\d/.test(textOf(piece)))
  const long = areValues ? longest(pieces.filter(piece => textOf(piece).length <= LONG_NAME)) : undefined
  return heading ?? long ?? longest(short) ?? longest(pieces) ?? pieces[0]
}

/** What stands between two pieces: a long text has a line of its own, and a value stands behind its label. */
function between(before: string, text: string): Node {
  if (text.length > LONG_TEXT) return createElement('br')
  return createText(before.endsWith(':') ? ' ' : ' | ')
}

const isNumber = (text: string, number: number | undefined): boolean =>
  number !== undefined && text.replace(/^#|[.)]$/g, '') === String(number)

/**
 * An entry of a list as one line: its title as a link, then what else it says, each thing once.
 *
 * @param number the number that the list gives it, which it need not say itself
 */
export function lineOf(entry: Element, number?: number): Element {
  const cutter = new Cutter()
  cutter.look(entry, { isHeading: false, href: undefined }, MOST_DEPTH)
  const pieces = cutter.pieces.filter(piece => !isNumber(textOf(piece), number))
  const title = titleOf(pieces)
  const line = createElement('li')
  const said = new Set<string>()
  let before = ''
  for (const piece of title === undefined ? [] : [title, ...pieces.filter(other => other !== title)]) {
    const text = textOf(piece)
    const letters = lettersOf(text)
    if (text === '' || BARS.test(text) || (letters !== '' && said.has(letters))) continue
    said.add(letters)
    if (line.childNodes.length > 0) append(line, between(before, text))
    const href = piece === title && ownLinkIn(piece) === 0 ? (piece.href ?? cutter.href) : undefined
    const holder = href === undefined ? line : createElement('a', { href })
    for (const node of piece.nodes) append(holder, node)
    if (holder !== line) append(line, holder)
    before = text
  }
  // A heading would end the line.
  for (const element of elements(line)) removeAttribute(element, 'role')
  return line
}
