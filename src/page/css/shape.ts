import {
  attribute,
  closest,
  contains,
  createElement,
  createText,
  elements,
  isBlank,
  isElement,
  isText,
  plainText,
  rename,
  replace,
  setAttribute,
  textStart,
  walk,
  wrapChildren,
  type Element,
  type Node,
  type Text
} from '../tree/tree.js'
import type { Style } from './cascade.js'
import { ROW } from './rows.js'

/** Longer text was not meant to be centred or set in capitals: the style is for the layout. Characters. */
const MOST_CENTRED = 600
const MOST_UPPER = 200
/** Items that are longer keep their bullets. Characters. */
const MOST_ITEM = 80

const ALIGNED = new Set(['div', 'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'td', 'th'])

const isShort = (element: Element, most: number): boolean => textStart(element, most + 1).length <= most

/**
 * Centres an element by an attribute, unless an element within is not centred: the attribute is inherited as the style
 * is.
 */
export function centre(element: Element, style: Style, styles: ReadonlyMap<Element, Style>): void {
  if (style.align !== 'center' || !ALIGNED.has(element.tagName) || attribute(element, 'align') !== undefined) return
  if (
    !isShort(element, MOST_CENTRED) ||
    contains(element, inner => styles.get(inner)?.align === 'other' || inner.tagName === 'pre')
  )
    return
  setAttribute(element, 'align', 'center')
}

/** Addresses and names of accounts keep their case: people look them up as they are written. */
const NAMES = /[@#/\\]|\.\w/

/** Writes text that the style shows in capitals in capitals. Turkish stays: its i has another capital. */
export function raise(element: Element, style: Style, styles: ReadonlyMap<Element, Style>, language: string): void {
  if (style.upper !== 'yes' || /^(tr|az)\b/i.test(language) || !isShort(element, MOST_UPPER)) return
  const raiseTexts = (parent: Element): void => {
    for (const node of parent.childNodes)
      if (isText(node) && !NAMES.test(node.value)) node.value = node.value.toUpperCase()
  }
  raiseTexts(element)
  walk(element, inner => {
    if (
      styles.get(inner)?.upper === 'no' ||
      ['textarea', 'option', 'svg', 'math', 'pre', 'code'].includes(inner.tagName)
    )
      return false
    raiseTexts(inner)
  })
}

const PRE_INSIDE = new Set([
  'span',
  'a',
  'b',
  'i',
  'u',
  'em',
  'strong',
  'code',
  'samp',
  'kbd',
  'var',
  'tt',
  's',
  'strike',
  'mark',
  'br',
  'font',
  'small',
  'big',
  'ins',
  'del',
  'sub',
  'sup'
])
const PRE_RENAMED = new Set(['div', 'p', 'code', 'samp', 'section'])
const INDENTED = /\n {2,}\S|\n\t/

/** A text of more lines becomes PRE, which needs no element for each line break. */
const MOST_LINES = 500

/** Turns the line breaks of text into BR. */
function breakLines(element: Element): void {
  for (const parent of [element, ...elements(element)]) {
    for (const node of [...parent.childNodes]) if (isText(node) && node.value.includes('\n')) replaceLines(node)
  }
}

function replaceLines(node: Text): void {
  const pieces = node.value
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((line, at): Node[] => [
      ...(at === 0 ? [] : [createElement('br')]),
      ...(line === '' ? [] : [createText(line)])
    ])
  replace(node, ...pieces)
}

/** Keeps the line breaks of a text: as PRE if its spaces count too, else as BR. */
export function keepLines(element: Element, style: Style): void {
  if ((style.space !== 'pre' && style.space !== 'lines') || closest(element, 'pre', 'textarea') !== undefined) return
  if (
    ![...PRE_RENAMED, 'td', 'li', 'dd', 'blockquote', 'span'].includes(element.tagName) ||
    contains(element, inner => !PRE_INSIDE.has(inner.tagName))
  )
    return
  const text = textStart(element, Infinity)
    .replace(/^\s*\n/, '')
    .trimEnd()
  if (!text.includes('\n')) return
  if (style.space === 'lines' && !INDENTED.test(text) && text.split('\n').length <= MOST_LINES)
    return breakLines(element)
  if (PRE_RENAMED.has(element.tagName)) return rename(element, 'pre')
  wrapChildren(element, 'pre')
}

const BLOCK = /^(ul|ol|dl|table|div|p|h[1-6]|pre|blockquote|form|section|article|figure|hr)$/

/**
 * Turns a list without bullets into lines if its items are short. A menu stays a list, because bullets keep its links
 * apart.
 */
export function unbullet(list: Element, style: Style): void {
  if (
    style.marker !== 'no' ||
    attribute(list, ROW) !== undefined ||
    list.tagName !== 'ul' ||
    closest(list, 'nav', 'header', 'footer', 'aside', 'ul', 'ol') !== undefined
  )
    return
  const items = list.childNodes.filter(isElement)
  const areLines =
    items.length > 0 &&
    list.childNodes.every(node => isBlank(node) || (isElement(node) && node.tagName === 'li')) &&
    items.every(item => isShort(item, MOST_ITEM) && !contains(item, inner => BLOCK.test(inner.tagName)))
  if (!areLines || isMenu(list)) return
  rename(list, 'div')
  for (const item of items) rename(item, 'div')
}

/** Whether half of the text is in links. */
function isMenu(list: Element): boolean {
  let linked = 0
  walk(list, element => {
    if (element.tagName !== 'a') return
    linked += plainText(element).length
    return false
  })
  return linked * 2 >= plainText(list).length
}
