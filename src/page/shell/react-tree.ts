import { createElement, createText, type Node } from '../tree/tree.js'
import { parse } from '../tree/parse.js'
import { bodyOf } from '../tree/tree.js'
import { isFields, type Fields } from '../told/fields.js'
import { own } from './fields.js'
import type { Rows } from './flight.js'

/** Elements within elements; what is deeper is left out. Levels. */
const MOST_DEPTH = 150
/** Elements of one page that are made of its data. */
const MOST_ELEMENTS = 20_000

const ATTRIBUTES: ReadonlyArray<readonly [name: string, written: string]> = [
  ['href', 'href'],
  ['src', 'src'],
  ['alt', 'alt'],
  ['title', 'title'],
  ['width', 'width'],
  ['height', 'height'],
  ['colSpan', 'colspan'],
  ['rowSpan', 'rowspan'],
  ['dateTime', 'datetime']
]
/** These show nothing, or are no part of what can be read. */
const LEFT_OUT = new Set(['script', 'style', 'link', 'meta', 'title', 'template', 'svg', 'html', 'head', 'noscript'])

/** An element as React writes it down: ["$", name, key, properties]. */
export const isReactElement = (value: unknown): value is readonly ['$', unknown, unknown, Fields] =>
  Array.isArray(value) && value[0] === '$' && typeof value[1] === 'string' && isFields(value[3])

/** What makes nodes of trees of elements. */
export interface ReactTree {
  nodesOf(value: unknown): Node[]
  /** The rows that stand in those nodes */
  readonly used: ReadonlySet<string>
  /** What components of the site were given besides */
  readonly given: unknown[]
}

/** Makes nodes of trees of elements; each row becomes nodes once. */
export function createReactTree(rows: Rows): ReactTree {
  const used = new Set<string>()
  const given: unknown[] = []
  let left = MOST_ELEMENTS

  function textNodes(text: string, depth: number): Node[] {
    if (!text.startsWith('$')) return text === '' ? [] : [createText(text)]
    if (text.startsWith('$$')) return [createText(text.slice(1))]
    const [, row] = /^\$[L@]?([\da-f]+)$/.exec(text) ?? []
    if (row === undefined || used.has(row)) return []
    used.add(row)
    return nodesOf(rows.get(row), depth)
  }

  function within(properties: Fields, depth: number): Node[] {
    const raw = own(properties, 'dangerouslySetInnerHTML')
    const html = isFields(raw) ? own(raw, '__html') : undefined
    if (typeof html === 'string') return bodyOf(parse(html, MOST_ELEMENTS).document)?.childNodes ?? []
    return nodesOf(own(properties, 'children'), depth)
  }

  function elementOf([, name, , properties]: readonly ['$', unknown, unknown, Fields], depth: number): Node[] {
    if (typeof name !== 'string' || LEFT_OUT.has(name)) return []
    const children = within(properties, depth)
    // A component of the site: what it is given is all that is known of it.
    if (!/^[a-z][a-z\d-]*$/.test(name)) {
      const { children: _, ...others } = properties
      given.push(others)
      return children
    }
    const attributes: Record<string, string> = {}
    for (const [property, written] of ATTRIBUTES) {
      const value = own(properties, property)
      if (typeof value === 'string' || typeof value === 'number') attributes[written] = String(value)
    }
    return [createElement(name, attributes, ...children)]
  }

  function nodesOf(value: unknown, depth: number): Node[] {
    if (depth > MOST_DEPTH || left-- <= 0) return []
    if (typeof value === 'string') return textNodes(value, depth + 1)
    if (typeof value === 'number') return [createText(String(value))]
    if (isReactElement(value)) return elementOf(value, depth + 1)
    return Array.isArray(value) ? value.flatMap(item => nodesOf(item, depth + 1)) : []
  }

  return { nodesOf: value => nodesOf(value, 0), used, given }
}
