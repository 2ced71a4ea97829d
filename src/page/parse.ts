import { defaultTreeAdapter, parse as parseHtml, type DefaultTreeAdapterMap, type TreeAdapter } from 'parse5'
import { Failure } from '../errors.js'
import type { Document } from './tree.js'

/**
 * Text to tree. Elements are counted while they are made: 17 kB of nested FONT and P make half a million nodes of
 * reconstructed formatting elements.
 * @throws Failure TOO_LARGE past maxElements.
 */
export function parse (text: string, maxElements: number): Document {
  let count = 0
  const treeAdapter: TreeAdapter<DefaultTreeAdapterMap> = {
    ...defaultTreeAdapter,
    createElement (tagName, namespace, attrs) {
      if (++count > maxElements) throw new Failure('TOO_LARGE', `more than ${maxElements} elements`)
      return defaultTreeAdapter.createElement(tagName, namespace, attrs)
    }
  }
  return parseHtml(text, { treeAdapter, scriptingEnabled: false })
}
