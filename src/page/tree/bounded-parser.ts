import { html, Parser, Token, type DefaultTreeAdapterMap } from 'parse5'

/**
 * Elements that lie in each other while a page is read; deeper ones become siblings. Firefox long made no deeper tree
 * (MAX_REFLOW_DEPTH), Chromium's ends at 512; of 312 pages of today the deepest has 52. What looks at the elements
 * around another costs depth times size: 99,000 B in each other took 53 seconds.
 */
const MOST_DEPTH = 200
/** Formatting elements that a page has left open come back all at once, over the limit: then no element is opened. */
const MOST_OPEN = 2 * MOST_DEPTH

/** No elements lie in these, and the text of some is no text of the page. */
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
/** Without them what they hold would stand before the table (HTML 13.2.6.1, foster parenting), or be no choice. */
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
 * parse5's parser, but that no tree is deeper than MOST_DEPTH by the page's own tags: where an element would be, the
 * one around it ends before it, as if the page had closed it. Nothing is lost but the nesting.
 */
export class BoundedParser extends Parser<DefaultTreeAdapterMap> {
  override onStartTag(token: Token.TagToken): void {
    if (this.openElements.depth < MOST_DEPTH || LEAVES.has(token.tagName) || this.#hasRoom(token.tagName))
      super.onStartTag(token)
  }

  /** Ends the innermost element. A table in the cell of one that is too deep is not opened: its rows go on in that. */
  #hasRoom(name: string): boolean {
    const { current, depth } = this.openElements
    if (current === undefined || !('tagName' in current)) return true
    if (!FRAMES.has(current.tagName))
      super.onEndTag(endTag(current.tagName.toLowerCase(), html.getTagID(current.tagName)))
    else if (name === 'table') return false
    return depth < MOST_OPEN
  }
}
