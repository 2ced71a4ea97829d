import {
  appendAll,
  attribute,
  contains,
  createText,
  elements,
  isElement,
  plainText,
  remove,
  rename,
  textStart,
  type Element,
  type Node
} from '../tree/tree.js'
import { ROW } from '../css/rows.js'
import { contentOf } from './item-content.js'
import { isPager } from './pager.js'
import { dropSeparatorsIn } from './separators.js'

/** A longer item of a row is a text. Characters. */
const MOST_ROW_ITEM = 40
/** A list whose items are so short stands on one line anyway; units of time stand among digits. Characters. */
const TINY = 2
const MOST_UNIT = 8
/** And so many of its items must be tiny. Fraction. */
const TINY_SHARE = 0.6
/** A list of fewer items is short as it is. */
const LEAST_TINY = 3
/** So many zeros are a clock that a script has not started; a result has two. */
const CLOCK_ZEROS = 4

const BREAKS = new Set(
  'ul ol dl table div section p h1 h2 h3 h4 h5 h6 pre blockquote form article figure hr br input select textarea'.split(
    ' '
  )
)
const MARK = /^[|/›»>·•:,\-–—]$/u
const DOT = /^[•·●○∙‧◦.|\-–—]?$/u

interface Item {
  readonly element: Element
  readonly text: string
  readonly isLinked: boolean
}

const leadsSomewhere = ({ tagName, attrs }: Element): boolean =>
  tagName === 'a' &&
  attrs.some(({ name, value }) => name === 'href' && value !== '#' && !/^\s*javascript:/i.test(value))

function itemsOf(list: Element, most = MOST_ROW_ITEM): Item[] {
  const items: Item[] = []
  for (const element of list.childNodes) {
    if (!isElement(element)) continue
    // A little more than may be, so that white space does not make a long one short.
    const text = textStart(element, 4 * most)
      .replace(/\s+/g, ' ')
      .trim()
    items.push({ element, text, isLinked: contains(element, leadsSomewhere) })
  }
  return items
}

/** What a path through the site is called, on its list or right around it. */
const TRAIL = /bread-?crumb/i
const TRAIL_NAMES = ['class', 'id', 'aria-label', 'itemtype', 'data-testid']
/** The page itself is the last step, with its title. Characters. */
const MOST_STEP = 120
const LEAST_STEPS = 2
const HAS_SIGN = /^[/›»>→|]|[/›»>→|]$/

function isTrail(list: Element): boolean {
  const isNamed = (element: Element): boolean => TRAIL_NAMES.some(name => TRAIL.test(attribute(element, name) ?? ''))
  const { parentNode } = list
  return isNamed(list) || (parentNode !== null && isElement(parentNode) && isNamed(parentNode))
}

/** Writes a path through the site on one line. */
function writeTrail(list: Element): boolean {
  dropSeparatorsIn(list)
  const items = itemsOf(list, MOST_STEP).filter(({ text }) => text !== '')
  if (items.length < LEAST_STEPS || !items.every(item => isLine(item, MOST_STEP))) return false
  writeLine(list, items, items.some(({ text }) => HAS_SIGN.test(text)) ? ' ' : ' > ')
  return true
}

/** Whether an item is one line of words: no block but those around all of it, and no picture without words. */
function isLine({ element, text }: Item, most = MOST_ROW_ITEM): boolean {
  if (element.tagName !== 'li' || text.length > most) return false
  const { nodes } = contentOf(element)
  const breaks = (inner: Element): boolean => BREAKS.has(inner.tagName) || (inner.tagName === 'img' && text === '')
  return !nodes.some(node => isElement(node) && (breaks(node) || contains(node, breaks)))
}

/** Whether all items are signs, each another one: answers to a question about them, which need their lines. */
function areSigns(items: readonly Item[]): boolean {
  if (items.some(({ text, isLinked }) => isLinked || text === '' || /[\p{L}\p{N}]/u.test(text))) return false
  return new Set(items.map(({ text }) => text)).size === items.length
}

/** Whether nearly all items are of a letter or two: the digits of a clock, pages, letters of an index. */
function isTiny(list: Element, items: readonly Item[]): boolean {
  if (list.tagName !== 'ul' || items.length < LEAST_TINY || areSigns(items)) return false
  const tiny = items.filter(({ text }) => text.length <= TINY).length
  return tiny >= TINY_SHARE * items.length && items.every(({ text }) => text.length <= MOST_UNIT)
}

/** Whether a list shows only what a script would move: a clock at zero, the dots below a row of pictures. */
function isIdle(items: readonly Item[]): boolean {
  if (items.some(({ isLinked }) => isLinked)) return false
  const words = items.filter(({ text }) => text !== '')
  const zeros = words.filter(({ text }) => /^0+$/.test(text)).length
  if (zeros >= CLOCK_ZEROS) return words.every(({ text }) => /^(0+|\D+)$/u.test(text))
  return words.every(({ text }) => DOT.test(text)) || words.every(({ text }, at) => text === String(at + 1))
}

/** Whether all items are pictures without words, which need no bullets. */
const isGallery = (list: Element, items: readonly Item[]): boolean =>
  list.tagName === 'ul' &&
  items.length > 1 &&
  items.every(({ element, text }) => element.tagName === 'li' && text === '' && contains(element, isPicture)) &&
  !contains(list, ({ tagName }) => FIELDS.has(tagName))

const isPicture = ({ tagName }: Element): boolean => tagName === 'img'
const FIELDS = new Set(['input', 'select', 'textarea', 'hr', 'table'])

/** What stands between the items: nothing more than a space where some of them are marks, or digits of one number. */
function separatorOf(items: readonly Item[], tiny: boolean): string {
  if (items.some(({ text }) => MARK.test(text))) return ' '
  return tiny && !items.some(({ isLinked }) => isLinked) ? ' ' : ' | '
}

/** Writes the items on one line. */
function writeLine(list: Element, items: readonly Item[], separator: string): void {
  const nodes: Node[] = []
  for (const { element, text } of items) {
    if (text === '' && !contains(element, isPicture)) continue
    for (const wrapper of contentOf(element).wrappers) rename(wrapper, 'span', {})
    rename(element, 'span', {})
    if (nodes.length > 0) nodes.push(createText(separator))
    nodes.push(element)
  }
  const parent = list.parentNode
  const isWithin = parent !== null && isElement(parent) && ['li', 'dd', 'td', 'th'].includes(parent.tagName)
  rename(list, isWithin ? 'div' : 'section', {})
  list.childNodes = []
  appendAll(list, nodes)
}

/**
 * Lists whose items stand in a row on the page, lead to this page or from page to page, or are of a letter or two,
 * become one line; those that only a script would fill go.
 */
export function writeRows(body: Element): void {
  for (const list of elements(body, 'ul', 'ol').toReversed()) {
    if (isTrail(list) && writeTrail(list)) continue
    const inRow = attribute(list, ROW) !== undefined || isPager(list)
    if (!inRow && list.tagName === 'ol') continue
    const items = itemsOf(list)
    if (isGallery(list, items)) {
      writeLine(list, items, ' ')
      continue
    }
    const tiny = isTiny(list, items)
    if (!(tiny || inRow) || !items.every(item => isLine(item))) continue
    if (tiny && isIdle(items)) remove(list)
    else if (plainText(list) !== '') writeLine(list, items, separatorOf(items, tiny))
  }
}
