import type { StartTag, Writing } from './attributes.js'
import type { Composer } from './composer.js'
import { kindOf, type Kind } from './model.js'
import { attribute, elements, isElement, isText, plainText, textOf, type Element, type Node } from '../tree/tree.js'

/** Elements that break lines where the profile does not write them; true: with the distance of a paragraph. */
const BOUNDARIES: Readonly<Record<string, boolean>> = {
  DIV: false,
  CENTER: false,
  LI: false,
  DT: false,
  DD: false,
  TR: false,
  TD: false,
  TH: false,
  CAPTION: true,
  TABLE: true,
  UL: true,
  OL: true,
  DL: true,
  P: true,
  H1: true,
  H2: true,
  H3: true,
  H4: true,
  H5: true,
  H6: true,
  PRE: true,
  ADDRESS: true,
  BLOCKQUOTE: true,
  FORM: false,
  SECTION: true
}
const HEADING = /^H[1-6]$/

/** These are written with their parents; loose ones become their text. */
const PARTS = new Set(['HTML', 'HEAD', 'TITLE', 'BODY', 'OPTION', 'AREA', 'PARAM', 'FRAMESET', 'FRAME'])

/**
 * A longer word of an OPTION is cut, so that no run exceeds 1,000 bytes even if every letter is a reference
 * (docs/clients.md R24).
 */
const LONG_WORD = /\S{125}(?=\S)/gu

/** A tab in text whose lines are kept. */
const TAB = ' '.repeat(8)

/** One that does nothing but end a line. */
const BREAK = '<BR>'

const NOTHING = (): void => {}

/** How elements of one name are treated; it is found out once for each page and name. */
interface Treatment {
  readonly name: string
  readonly kind: Kind | 'unknown' | 'nothing'
}

/** A link without its NAME, which is written before it as an anchor of its own. */
const withoutName = (link: Element): Element =>
  attribute(link, 'name') === undefined ? link : { ...link, attrs: link.attrs.filter(({ name }) => name !== 'name') }

/** Nodes whose places in the written page are wanted: the first one of the rest, and the edge of a line. */
export interface Watched {
  readonly rest?: ReadonlySet<Node> | undefined
  readonly edge?: Node | undefined
}

/** Leads a tree through the composer: tells it what to do at the start of each node and after its children. */
export class Serializer {
  readonly #composer: Composer
  readonly #writing: Writing
  readonly #startTag: StartTag
  readonly #treatments = new Map<string, Treatment>()
  /** Where they stand; undefined: they were not met. Characters */
  restAt: number | undefined
  edgeAt: number | undefined

  constructor(composer: Composer, writing: Writing, startTag: StartTag) {
    this.#composer = composer
    this.#writing = writing
    this.#startTag = startTag
  }

  /** Writes all children of root without recursion. */
  children(root: Element, { rest, edge }: Watched = {}): void {
    const stack: Array<{ nodes: readonly Node[]; index: number; leave: () => void }> = [
      { nodes: root.childNodes, index: 0, leave() {} }
    ]
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const node = top.nodes[top.index++]
      if (node === undefined) {
        stack.pop()
        top.leave()
        continue
      }
      if (node === edge) this.edgeAt = this.#composer.lines.length
      if (this.restAt === undefined && rest?.has(node) === true) this.restAt = this.#composer.lines.length
      if (isText(node)) {
        this.#composer.text(node.value)
      } else if (isElement(node)) {
        const leave = this.#enter(node)
        if (leave !== undefined) stack.push({ nodes: node.childNodes, index: 0, leave })
      }
    }
  }

  /** Begins an element; returns a function that ends it, or undefined if its children are to be skipped. */
  #enter(element: Element): (() => void) | undefined {
    const { name, kind } = this.#treatmentOf(element.tagName)
    // A DIV without alignment only breaks lines, which costs fewer bytes as BR.
    if (name === 'DIV' && attribute(element, 'align') === undefined) return this.#enterUnknown(name)
    switch (kind) {
      case 'nothing':
        return NOTHING
      case 'unknown':
        return this.#enterUnknown(name)
      case 'atom':
        return void this.#atom(element, name)
      case 'inline':
        return this.#enterInline(element, name)
      default:
        return this.#enterBlock(element, name)
    }
  }

  #treatmentOf(tagName: string): Treatment {
    let treatment = this.#treatments.get(tagName)
    if (treatment === undefined) {
      const name = tagName.toUpperCase()
      const unknown = !this.#composer.knows(name) || PARTS.has(name)
      treatment = { name, kind: name === 'SPAN' ? 'nothing' : unknown ? 'unknown' : kindOf(name) }
      this.#treatments.set(tagName, treatment)
    }
    return treatment
  }

  #enterUnknown(name: string): (() => void) | undefined {
    const composer = this.#composer
    if (name === 'BR') composer.lineBreak()
    if (name === 'HR') composer.boundary(true)
    if (['BR', 'HR', 'IMG', 'INPUT', 'SELECT', 'TEXTAREA', 'MAP', 'HEAD', 'TITLE'].includes(name)) return undefined
    const paragraph = BOUNDARIES[name]
    if (paragraph === undefined) return NOTHING
    if (name === 'PRE') return composer.openLines()
    composer.boundary(paragraph)
    return () => composer.boundary(paragraph)
  }

  #enterInline(element: Element, name: string): () => void {
    const composer = this.#composer
    if (name === 'A') {
      const anchor = attribute(element, 'name')
      if (anchor !== undefined)
        composer.inlines.anchor(`<A NAME="${this.#writing.text(anchor.replace(/["<>\s]/g, '_'))}">`)
      if (attribute(element, 'href') === undefined) return () => {}
    }
    composer.inlines.begin(
      name,
      name === 'A' ? this.#startTag(name, withoutName(element)) : this.#startTag(name, element)
    )
    return () => composer.inlines.end()
  }

  #enterBlock(element: Element, name: string): () => void {
    const composer = this.#composer
    const depth = composer.openBlock(name, this.#startTag(name, element))
    if (depth !== undefined) return () => composer.closeBlock(depth)
    composer.boundary(BOUNDARIES[name] ?? false)
    const bold = HEADING.test(name) && composer.knows('B')
    if (bold) composer.inlines.begin('B', '<B>')
    return () => {
      if (bold) composer.inlines.end()
      composer.boundary(BOUNDARIES[name] ?? false)
    }
  }

  #atom(element: Element, name: string): void {
    const composer = this.#composer
    if (name === 'BR') this.#lineBreak(element)
    else if (name === 'HR' || name === 'ISINDEX') composer.rule(this.#startTag(name, element))
    else if (name === 'INPUT' && attribute(element, 'type')?.toLowerCase() === 'hidden')
      composer.hidden(this.#startTag(name, element))
    else if (name === 'SELECT') {
      if (elements(element, 'option').length > 0) composer.atom(name, this.#select(element))
    } else if (name === 'TEXTAREA')
      composer.atom(
        name,
        `${this.#startTag(name, element)}${this.#writing.text(textOf(element).replaceAll('\t', TAB))}</TEXTAREA>`
      )
    else if (name === 'MAP')
      composer.atom(
        name,
        `${this.#startTag(name, element)}${elements(element, 'area')
          .map(area => this.#startTag('AREA', area))
          .join('')}</MAP>`
      )
    else if (name === 'APPLET') composer.atom(name, this.#applet(element))
    else composer.atom(name, this.#startTag(name, element))
  }

  /** One that clears goes on below the pictures at the sides, be they those of a block. */
  #lineBreak(element: Element): void {
    const written = attribute(element, 'clear') === undefined ? BREAK : this.#startTag('BR', element)
    if (written === BREAK) this.#composer.lineBreak()
    else this.#composer.atom('BR', written)
  }

  /** What it shows where there is no Java follows its parameters. */
  #applet(element: Element): string {
    const parameters = elements(element, 'param').map(parameter => this.#startTag('PARAM', parameter))
    return `${this.#startTag('APPLET', element)}${parameters.join('')}${this.#writing.text(plainText(element))}</APPLET>`
  }

  #select(element: Element): string {
    const options = elements(element, 'option').map(
      option =>
        `\n${this.#startTag('OPTION', option)}${this.#writing.text(plainText(option).replace(LONG_WORD, '$& '))}`
    )
    return `${this.#startTag('SELECT', element)}${options.join('')}\n</SELECT>`
  }
}
