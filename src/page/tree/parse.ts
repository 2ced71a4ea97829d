import { defaultTreeAdapter, html, type DefaultTreeAdapterMap, type TreeAdapter } from 'parse5'
import { Failure } from '../../failures.js'
import { announcedBy, type Announced } from './announced.js'
import { scriptOf, type Script } from './scripts.js'
import { linkedSheet, styleSheet, type Sheet } from './sheets.js'
import { skipRawText, TextParser } from './text-parser.js'
import { isText, type Document, type Element, type Node, type Parent } from './node.js'

/** A parsed page: its tree, and what was noted while it was made. */
export interface Parsed {
  readonly document: Document
  readonly names: Set<string>
  /** Elements outside of the head that no browser shows, with their content */
  readonly unseen: readonly Element[]
  /** Elements that an attribute may hide, and dialogs, outer ones first */
  readonly suspects: Element[]
  /** Its style sheets in their order, linked ones without their text */
  readonly sheets: Sheet[]
  /** The text of its JSON-LD scripts: data about the page, sometimes its article */
  readonly data: string[]
  /** Its other scripts, in order: data for them is among their text */
  readonly scripts: Script[]
  /** The feeds and other forms of the page that it announces, in order */
  readonly announced: Announced[]
}

const HIDING_ATTRIBUTES = new Set(['hidden', 'style', 'aria-hidden', 'aria-modal'])

/**
 * Whether an element may be hidden. Most have no such attribute, and looking at them while they are made saves a walk.
 */
function maybeHidden(tagName: string, attrs: Element['attrs']): boolean {
  if (tagName === 'dialog') return true
  for (const { name } of attrs) if (HIDING_ATTRIBUTES.has(name)) return true
  return false
}

/**
 * The media type of JSON-LD (JSON-LD 1.1, 6). Keeping a slice of the text costs nothing; it is parsed when an article
 * is looked for.
 */
function isData(attrs: Element['attrs']): boolean {
  for (const { name, value } of attrs) if (name === 'type') return /^\s*application\/ld\+json\b/i.test(value)
  return false
}

/** Notes what a script says: that of JSON-LD is about the page, that of others is read where they alone have it. */
function noteScript(attrs: Element['attrs'], raw: string, { data, scripts }: Pick<Parsed, 'data' | 'scripts'>): void {
  if (raw !== '' && isData(attrs)) data.push(raw)
  else scripts.push(scriptOf(attrs, raw))
}

/** Never shown, and most bytes of many pages: these are parsed but left out of the tree. */
const MUTE = new Set(['script', 'style', '#comment'])

const UNSEEN = new Set([
  'template',
  'link',
  'meta',
  'base',
  'title',
  'param',
  'track',
  'portal',
  'fencedframe',
  'keygen',
  'bgsound',
  'noembed'
])

/** White space between the children of these means nothing: no words stand loose in them, as they do in lists. */
const STRUCTURES = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'select', 'picture'])

/** White space means nothing at the start of these and after one of them within another. */
const BLOCKS = new Set([
  ...STRUCTURES,
  'html',
  'head',
  'body',
  'div',
  'section',
  'article',
  'main',
  'nav',
  'header',
  'footer',
  'aside',
  'ul',
  'ol',
  'dl',
  'li',
  'dt',
  'dd',
  'td',
  'th',
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'form',
  'figure',
  'figcaption',
  'center',
  'blockquote',
  'address',
  'hr'
])

const FIRST_SPACES = /^[ \t\n\r\f]+/

/** Whether no browser shows white space that is added to a parent now: this is true of half of the texts of a page. */
function isIdle(parent: Parent): boolean {
  const before = parent.childNodes[parent.childNodes.length - 1]
  // It stands between words, as nearly all of it does.
  if (before !== undefined && before.nodeName === '#text') return false
  if (STRUCTURES.has(parent.nodeName)) return true
  return BLOCKS.has(parent.nodeName) && (before === undefined || BLOCKS.has(before.nodeName))
}

/** Collects data within <!-- and -->, which are not skipped: the parser reads them piece by piece. */
function createDataReader(data: string[]): (parent: Parent, text: string) => void {
  let script: Parent | undefined
  return (parent, text) => {
    if (parent.nodeName !== 'script' || !('attrs' in parent) || !isData(parent.attrs)) return
    if (script === parent) data.push((data.pop() ?? '') + text)
    else data.push(text)
    script = parent
  }
}

/** Half of all parents have one child: a list that grows would keep room for sixteen more. */
function addChild(parent: Parent, node: Node): void {
  node.parentNode = parent
  if (parent.childNodes.length === 0) parent.childNodes = [node]
  else parent.childNodes.push(node)
}

/** Adds text behind what a parent has: parse5 gives it word by word in some places. */
function addText(parent: Parent, value: string): void {
  const last = parent.childNodes[parent.childNodes.length - 1]
  if (last !== undefined && isText(last)) last.value += value
  else addChild(parent, defaultTreeAdapter.createTextNode(value))
}

/** What is read beside the tree, or not at all, does not go into it. */
const WITHOUT_MUTE: Pick<TreeAdapter<DefaultTreeAdapterMap>, 'appendChild' | 'insertBefore'> = {
  appendChild(parent, node) {
    if (!MUTE.has(node.nodeName)) addChild(parent, node)
  },
  insertBefore(parent, node, before) {
    if (!MUTE.has(node.nodeName)) defaultTreeAdapter.insertBefore(parent, node, before)
  }
}

/**
 * Parses text to a tree. Elements are counted while they are made: 17 kB of nested FONT and P make half a million nodes
 * of reconstructed formatting elements.
 * @throws Failure TOO_LARGE past maxElements.
 */
export function parse(text: string, maxElements: number): Parsed {
  let count = 0
  const names = new Set<string>()
  const unseen: Element[] = []
  const suspects: Element[] = []
  const sheets: Sheet[] = []
  const data: string[] = []
  const scripts: Script[] = []
  const announced: Announced[] = []
  /** Sheets of a shadow tree apply to it alone. */
  const addSheet = (sheet: Sheet | undefined): void => {
    if (sheet !== undefined && parser.openElements.tmplCount === 0) sheets.push(sheet)
  }
  const addData = createDataReader(data)
  const treeAdapter: TreeAdapter<DefaultTreeAdapterMap> = {
    ...defaultTreeAdapter,
    createElement(tagName, namespace, attrs) {
      if (++count > maxElements) throw new Failure('TOO_LARGE', `more than ${maxElements} elements`)
      names.add(tagName)
      if (namespace === html.NS.HTML) {
        const raw = skipRawText(parser, tagName)
        if (tagName === 'script') noteScript(attrs, raw, { data, scripts })
        else if (raw !== '' || tagName === 'link') {
          addSheet(tagName === 'link' ? linkedSheet(attrs) : styleSheet(attrs, raw))
          const other = tagName === 'link' ? announcedBy(attrs) : undefined
          if (other !== undefined) announced.push(other)
        }
      }
      const element = defaultTreeAdapter.createElement(tagName, namespace, attrs)
      if (maybeHidden(tagName, attrs)) suspects.push(element)
      if (UNSEEN.has(tagName)) unseen.push(element)
      return element
    },
    ...WITHOUT_MUTE,
    insertText(parent, text) {
      if (MUTE.has(parent.nodeName)) return void addData(parent, text)
      // White space within PRE counts at any depth.
      if (text.charCodeAt(0) > 32 || names.has('pre') || !isIdle(parent)) return void addText(parent, text)
      const seen = text.replace(FIRST_SPACES, '')
      if (seen !== '') addText(parent, seen)
    }
  }
  const parser = new TextParser({ treeAdapter, scriptingEnabled: false })
  parser.tokenizer.write(text, true)
  return {
    document: parser.document,
    names,
    unseen: unseen.filter(element => element.parentNode?.nodeName !== 'head'),
    suspects,
    sheets,
    data,
    scripts,
    announced
  }
}
