import { defaultTreeAdapter, parse as parseHtml, type DefaultTreeAdapterMap, type TreeAdapter } from 'parse5'
import { Failure } from '../errors.js'
import type { Document, Element } from './tree.js'

/** A tree, and the names of the elements in it. */
export interface Parsed {
  readonly document: Document
  readonly names: Set<string>
  /** Elements with an attribute that may hide them, and dialogs, outer ones first */
  readonly suspects: readonly Element[]
}

const HIDING_ATTRIBUTES = new Set(['hidden', 'style', 'aria-hidden'])

/** Most elements have none of the attributes that hide: looking while they are made spares a walk. */
function maybeHidden (tagName: string, attrs: Element['attrs']): boolean {
  if (tagName === 'dialog') return true
  for (const { name } of attrs) if (HIDING_ATTRIBUTES.has(name)) return true
  return false
}

/** Never shown, and most of the bytes of many pages: they are parsed, but not put into the tree. */
const MUTE = new Set(['script', 'style', '#comment'])

/** White space between the children of these means nothing. */
const STRUCTURES = new Set(['ul', 'ol', 'dl', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'select', 'picture'])

/**
 * Text to tree. Elements are counted while they are made: 17 kB of nested FONT and P make half a million nodes of
 * reconstructed formatting elements.
 * @throws Failure TOO_LARGE past maxElements.
 */
export function parse (text: string, maxElements: number): Parsed {
  let count = 0
  const names = new Set<string>()
  const suspects: Element[] = []
  const treeAdapter: TreeAdapter<DefaultTreeAdapterMap> = {
    ...defaultTreeAdapter,
    createElement (tagName, namespace, attrs) {
      if (++count > maxElements) throw new Failure('TOO_LARGE', `more than ${maxElements} elements`)
      names.add(tagName)
      const element = defaultTreeAdapter.createElement(tagName, namespace, attrs)
      if (maybeHidden(tagName, attrs)) suspects.push(element)
      return element
    },
    appendChild (parent, node) {
      if (!MUTE.has(node.nodeName)) defaultTreeAdapter.appendChild(parent, node)
    },
    insertBefore (parent, node, before) {
      if (!MUTE.has(node.nodeName)) defaultTreeAdapter.insertBefore(parent, node, before)
    },
    insertText (parent, text) {
      if (MUTE.has(parent.nodeName) || (STRUCTURES.has(parent.nodeName) && text.trim() === '')) return
      defaultTreeAdapter.insertText(parent, text)
    }
  }
  return { document: parseHtml(text, { treeAdapter, scriptingEnabled: false }), names, suspects }
}
