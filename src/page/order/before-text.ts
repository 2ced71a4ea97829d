import { isControl, typeOf } from '../forms/controls.js'
import { isConsent } from '../menus/menu-names.js'
import { attribute, contains, isElement, isText, type Element, type Node, type Text } from '../tree/tree.js'

/** What the step content-first needs to know of a page besides its content, found in one walk. */
export interface BeforeText {
  /** Links within the page before its first paragraph */
  readonly innerLinks: readonly Element[]
  /** Boxes that ask about cookies, outer ones first */
  readonly consents: readonly Element[]
}

/** After a paragraph of this length, links no longer are those that skip a menu. Letters. */
const PARAGRAPH = 100
/** Deeper elements are not counted. Elements. */
const MOST_DEPTH = 400
/** The first code point of letters that stand for a syllable or a word. */
const WIDE = 0x2e80

const BORDERS = new Set([
  'div',
  'p',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'table',
  'tr',
  'td',
  'th',
  'caption',
  'section',
  'article',
  'main',
  'nav',
  'header',
  'footer',
  'aside',
  'menu',
  'form',
  'fieldset',
  'blockquote',
  'pre',
  'figure',
  'figcaption',
  'center',
  'address',
  'hr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'details',
  'dialog'
])
const ASIDES = new Set(['nav', 'aside', 'footer', 'menu', 'dialog'])
const MUTE = new Set(['select', 'option', 'button', 'textarea', 'label', 'iframe', 'svg', 'math'])

const PRESSED = new Set(['button', 'submit', 'image'])

/**
 * Whether an element within a form holds a field of it, and no button that would answer a question: "Save my name in a
 * cookie".
 */
const isFieldOfForm = (element: Element): boolean =>
  contains(element, part => isControl(part) && attribute(part, 'name') !== undefined) &&
  !contains(element, part => isControl(part) && PRESSED.has(typeOf(part)))

class Walk implements BeforeText {
  readonly innerLinks: Element[] = []
  readonly consents: Element[] = []
  /** Letters outside of links since the last border. Letters of Chinese, Japanese and Korean count twice */
  #prose = 0
  #aside = 0
  #link = 0
  #form = 0
  #begun = false

  children(parent: Element, depth: number): void {
    for (const child of parent.childNodes) this.#node(child, depth)
  }

  #node(node: Node, depth: number): void {
    if (isText(node)) this.#text(node)
    else if (isElement(node) && depth > 0 && !MUTE.has(node.tagName)) this.#element(node, depth - 1)
  }

  #element(element: Element, depth: number): void {
    if (BORDERS.has(element.tagName)) this.#border(element, depth)
    else if (element.tagName === 'a') this.#anchor(element, depth)
    else this.children(element, depth)
  }

  #border(element: Element, depth: number): void {
    this.#end()
    const consent = isConsent(element) && !(this.#form > 0 && isFieldOfForm(element))
    if (consent && this.#aside === 0) this.consents.push(element)
    const aside = consent || ASIDES.has(element.tagName) ? 1 : 0
    const form = element.tagName === 'form' ? 1 : 0
    this.#aside += aside
    this.#form += form
    this.children(element, depth)
    this.#end()
    this.#aside -= aside
    this.#form -= form
  }

  #anchor(link: Element, depth: number): void {
    const href = attribute(link, 'href')
    if (href === undefined) return this.children(link, depth)
    if (!this.#begun && href.startsWith('#')) this.innerLinks.push(link)
    this.#link++
    this.children(link, depth)
    this.#link--
  }

  #text({ value }: Text): void {
    // Texts of one character are the spaces, bars and dots between links.
    const letters = value.length > 1 ? value.trim().length : 0
    if (letters <= 1 || this.#link > 0) return
    this.#prose += value.charCodeAt(value.length >> 1) >= WIDE ? 2 * letters : letters
  }

  #end(): void {
    if (this.#prose > PARAGRAPH) this.#begun = true
    this.#prose = 0
  }
}

/** Finds the links that may skip a menu, and the boxes about cookies. */
export function lookBeforeText(body: Element): BeforeText {
  const walk = new Walk()
  walk.children(body, MOST_DEPTH)
  return walk
}
