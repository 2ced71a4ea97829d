import { html, Parser, Token, type TokenizerMode, type DefaultTreeAdapterMap } from 'parse5'

/**
 * The deepest nesting of elements; deeper ones become siblings. Firefox had this limit for long (MAX_REFLOW_DEPTH),
 * Chromium's is 512, and the deepest of 312 pages of today has 52. Steps that look at the ancestors of elements cost
 * depth times size: 99,000 nested B took 53 seconds.
 */
const MOST_DEPTH = 200
/**
 * The parser opens all formatting elements that a page has left open again at once, beyond the limit above: at this
 * depth no further element is opened.
 */
const MOST_OPEN = 2 * MOST_DEPTH

/**
 * These hold no elements, and the text of some of them is not text of the page. In a drawing or a formula they are
 * elements as all others there: an INPUT holds what comes behind it (HTML 13.2.6.5).
 */
const LEAVES = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
  'iframe',
  'noembed',
  'noframes',
  'plaintext',
  'script',
  'style',
  'textarea',
  'title',
  'xmp'
])
/**
 * Without these elements their content would be moved before the table (HTML 13.2.6.1, foster parenting), or be no
 * option.
 */
const FRAMES = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'caption', 'colgroup', 'select'])

const endTag = (tagName: string, tagID: Token.TagToken['tagID']): Token.TagToken => ({
  type: Token.TokenType.END_TAG,
  tagName,
  tagID,
  selfClosing: false,
  ackSelfClosing: false,
  attrs: [],
  location: null
})

/**
 * parse5's parser with a limit on the depth of the tree. An element that would be deeper ends the one around it, as if
 * the page had closed that. Only the nesting is lost.
 */
export class BoundedParser extends Parser<DefaultTreeAdapterMap> {
  /**
   * A frame that is written as an empty element (<iframe/>, as JSX has it) within NOSCRIPT: scripts would make that
   * plain text, and here it would hide the rest of the page.
   */
  override _switchToTextParsing(token: Token.TagToken, mode: (typeof TokenizerMode)[keyof typeof TokenizerMode]): void {
    if (token.tagName === 'iframe' && token.selfClosing) this._appendElement(token, html.NS.HTML)
    else super._switchToTextParsing(token, mode)
  }

  /** The field of the first browsers to search with is empty (HTML 4.01, 17.8); HTML of today knows it no longer. */
  override _insertElement(token: Token.TagToken, namespace: html.NS): void {
    if (token.tagName === 'isindex') this._appendElement(token, namespace)
    else super._insertElement(token, namespace)
  }

  override onStartTag(token: Token.TagToken): void {
    if (this.openElements.depth < MOST_DEPTH || this.#isLeaf(token.tagName) || this.#hasRoom(token.tagName))
      super.onStartTag(token)
  }

  #isLeaf(name: string): boolean {
    const { current } = this.openElements
    return LEAVES.has(name) && current !== undefined && 'tagName' in current && current.namespaceURI === html.NS.HTML
  }

  /**
   * Ends the innermost element. A table in a cell that is too deep is not opened: its rows continue the table of that
   * cell.
   */
  #hasRoom(name: string): boolean {
    const { current, depth } = this.openElements
    if (current === undefined || !('tagName' in current)) return true
    if (!FRAMES.has(current.tagName))
      super.onEndTag(endTag(current.tagName.toLowerCase(), html.getTagID(current.tagName)))
    else if (name === 'table') return false
    return depth < MOST_OPEN
  }
}
