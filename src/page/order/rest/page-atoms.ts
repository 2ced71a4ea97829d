import type { Content } from '../../content/content.js'
import { attribute, isElement, isText, type Element, type Node, type Text } from '../../tree/tree.js'

/** Links behind a text are rarely a part of it: they count so much. Share. */
const LINK = 0.25
/** What is chosen as content is at least so likely to be it. */
const CHOSEN = 0.5
/** The tags and spaces around a text or line, a link, an image or field. Bytes. */
const TEXT_BYTES = 8
const LINK_BYTES = 15
const ATOM_BYTES = 120
/** Deeper elements count for nothing: a page is at most 200 deep (page/tree/bounded-parser.ts). */
const MOST_DEPTH = 300

const ATOMS = new Set(['img', 'input', 'select', 'textarea', 'button', 'hr'])

/** What is seen of a page and has no parts: a text, an image, a field, a line. */
export interface Atom {
  readonly node: Node
  /** How likely it is a part of what the page is about: 0 to 1 */
  readonly likelihood: number
  /** So many letters of it are expected to be content */
  readonly expected: number
  /** In the page with its tags. Bytes, estimated */
  readonly bytes: number
  /** The nearest element around it and the atom before it, and how many are around that */
  readonly around: Element
  readonly depth: number
  /** The children of that element which hold the one and the other; none for the first atom */
  readonly before: Node | undefined
  readonly branch: Node
}

/** Collects the atoms of a page in one walk. */
class Collector {
  readonly atoms: Atom[] = []
  readonly #likelihoods: Content['likelihoods']
  readonly #chosen = new Set<Node>()
  readonly #sure: ReadonlySet<Node>
  /** The elements around the place, and the place where the last atom was left */
  readonly #path: Element[] = []
  #low = 0
  #left: Node | undefined
  #bytes = 0
  #links = 0

  constructor({ likelihoods, chosen }: Content, sure: ReadonlySet<Node>) {
    this.#likelihoods = likelihoods
    this.#sure = sure
    for (const { texts } of chosen) for (const text of texts) this.#chosen.add(text)
  }

  within(element: Element): void {
    const path = this.#path
    const depth = path.push(element)
    if (depth < MOST_DEPTH) for (const node of element.childNodes) this.#node(node)
    path.pop()
    if (depth - 1 <= this.#low && depth > 1) {
      this.#low = depth - 2
      this.#left = element
    }
  }

  #node(node: Node): void {
    if (isText(node)) {
      const { length } = node.value.trim()
      if (length > 0) this.#add(node, length, this.#likelihoodOf(node))
      return
    }
    if (!isElement(node)) return
    const { tagName } = node
    const href = tagName === 'a' ? attribute(node, 'href') : undefined
    if (ATOMS.has(tagName)) this.#add(node, tagName === 'hr' ? 0 : ATOM_BYTES, 0)
    if (href !== undefined) {
      this.#bytes += href.length + LINK_BYTES
      this.#links++
    }
    this.within(node)
    if (href !== undefined) this.#links--
  }

  #likelihoodOf(text: Text): number {
    if (this.#sure.has(text)) return 1
    const likelihood = this.#likelihoods.get(text) ?? 0
    return this.#chosen.has(text) ? Math.max(CHOSEN, likelihood) : likelihood
  }

  #add(node: Node, length: number, likelihood: number): void {
    const path = this.#path
    this.atoms.push({
      node,
      likelihood,
      expected: likelihood * length * (this.#links > 0 && likelihood < 1 ? LINK : 1),
      bytes: this.#bytes + length + TEXT_BYTES,
      around: path[this.#low]!,
      depth: this.#low,
      before: this.#left,
      branch: path[this.#low + 1] ?? node
    })
    this.#bytes = 0
    this.#low = path.length - 1
    this.#left = node
  }
}

/**
 * The atoms of a page, in order.
 *
 * @param sure texts that are content, though they are links
 */
export function atomsOf(body: Element, content: Content, sure: ReadonlySet<Node>): readonly Atom[] {
  const collector = new Collector(content, sure)
  collector.within(body)
  return collector.atoms
}
