import { attribute, isElement, textStart, type Element, type Parent } from '../tree/tree.js'
import type { Fields } from './fields.js'

/** Items that are read, and values of one field. */
const MOST_ITEMS = 500
/** A value is no longer. Characters. */
const MOST_VALUE = 20_000
/** Deeper items are passed over: no page nests them so. Elements. */
const MOST_DEPTH = 300

type Item = Record<string, unknown>

/** Where elements have their value, if not in their text. */
const VALUES: Readonly<Record<string, string>> = {
  meta: 'content',
  link: 'href',
  a: 'href',
  img: 'src',
  time: 'datetime',
  data: 'value',
  meter: 'value'
}

/** The content attribute counts on any element: shops write it on SPAN. */
const valueOf = (element: Element): string =>
  attribute(element, 'content') ??
  attribute(element, VALUES[element.tagName] ?? 'content') ??
  textStart(element, MOST_VALUE).slice(0, MOST_VALUE).replace(/\s+/g, ' ').trim()

function put(item: Item, names: string, value: unknown): void {
  for (const name of names.split(/\s+/).slice(0, 4)) {
    if (name === '' || name.startsWith('@') || name === '__proto__') continue
    const before = item[name]
    if (before === undefined) item[name] = value
    else if (!Array.isArray(before)) item[name] = [before, value]
    else if (before.length < MOST_ITEMS) before.push(value)
  }
}

const typesOf = (element: Element): string[] =>
  (attribute(element, 'itemtype') ?? '')
    .split(/\s+/)
    .map(type => type.slice(Math.max(type.lastIndexOf('/'), type.lastIndexOf('#')) + 1))

/** Reads the microdata of a page as objects of schema.org. Items within others are fields of those, and also listed. */
export function readMicrodata(root: Parent): Fields[] {
  const items: Item[] = []
  const look = (parent: Parent, owner: Item | undefined, depth: number): void => {
    for (const child of parent.childNodes) {
      if (!isElement(child)) continue
      const names = attribute(child, 'itemprop')
      const isItem = attribute(child, 'itemscope') !== undefined && items.length < MOST_ITEMS
      const item: Item | undefined = isItem ? { '@type': typesOf(child) } : undefined
      if (item !== undefined) items.push(item)
      if (names !== undefined && owner !== undefined) put(owner, names, item ?? valueOf(child))
      if (depth > 0) look(child, item ?? owner, depth - 1)
    }
  }
  look(root, undefined, MOST_DEPTH)
  return items
}
