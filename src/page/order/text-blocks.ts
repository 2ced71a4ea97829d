import { isConsent } from '../menus/menu-names.js'
import { isMain } from '../content/regions.js'
import { attribute, isElement, isText, type Element, type Node, type Text } from '../tree/tree.js'

/** A run of text between the borders of two blocks. Letters of Chinese, Japanese and Korean count twice. */
export interface Block {
  /** Its first text */
  readonly node: Text
  /** Its text if that is short enough for a title, else empty */
  text: string
  /** Letters outside of links, and within them */
  prose: number
  linked: number
  links: number
  /** The level of the heading, or 0 for other blocks */
  readonly heading: number
  /** It is in a menu, a footer, a side bar or a consent box */
  readonly aside: boolean
  /** The element around it that is marked as the main part of the page */
  readonly main: Element | undefined
}

/** What the step content-first needs to know of a page, found in one walk. */
export interface Survey {
  readonly blocks: Block[]
  /** Links within the page before its first paragraph */
  readonly innerLinks: Element[]
  /** Boxes that ask about cookies, outer ones first */
  readonly consents: Element[]
}

/** A longer text is no title. Characters. */
const MOST_TITLE = 200
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
const HEADING = /^h[1-6]$/

/** Collects the blocks of text in document order. */
class Surveyor implements Survey {
  readonly blocks: Block[] = []
  readonly innerLinks: Element[] = []
  readonly consents: Element[] = []
  #block: Block | undefined
  #heading = 0
  #aside = 0
  #link = 0
  #main: Element | undefined
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
    const { tagName } = element
    this.#end()
    const consent = isConsent(element)
    if (consent && this.#aside === 0) this.consents.push(element)
    const aside = consent || ASIDES.has(tagName) ? 1 : 0
    const [heading, main] = [this.#heading, this.#main]
    this.#aside += aside
    if (HEADING.test(tagName)) this.#heading = Number(tagName[1])
    if (main === undefined && isMain(element)) this.#main = element
    this.children(element, depth)
    this.#end()
    this.#aside -= aside
    this.#heading = heading
    this.#main = main
  }

  #anchor(link: Element, depth: number): void {
    const href = attribute(link, 'href')
    if (href === undefined) return this.children(link, depth)
    if (!this.#begun && href.startsWith('#')) this.innerLinks.push(link)
    this.#link++
    this.children(link, depth)
    this.#link--
    if (this.#block !== undefined) this.#block.links++
  }

  #text(text: Text): void {
    const { value } = text
    // Texts of one character are the spaces, bars and dots between links.
    const letters = value.length > 1 ? value.trim().length : 0
    if (letters <= 1) return
    const block = (this.#block ??= {
      node: text,
      text: '',
      prose: 0,
      linked: 0,
      links: 0,
      heading: this.#heading,
      aside: this.#aside > 0,
      main: this.#main
    })
    const weight = value.charCodeAt(value.length >> 1) >= WIDE ? 2 * letters : letters
    block.text = block.prose + block.linked + letters > MOST_TITLE ? '' : block.text + value
    if (this.#link > 0) block.linked += weight
    else block.prose += weight
  }

  #end(): void {
    if (this.#block === undefined) return
    this.blocks.push(this.#block)
    if (this.#block.prose > PARAGRAPH) this.#begun = true
    this.#block = undefined
  }
}

/** Splits the text of a page into blocks, and notes what stands before it, in one walk. */
export function surveyOf(body: Element): Survey {
  const surveyor = new Surveyor()
  surveyor.children(body, MOST_DEPTH)
  return surveyor
}
