import {
  appendAll,
  contains,
  elements,
  insertBefore,
  isElement,
  remove,
  rename,
  replace,
  replaceByAll,
  takePlace,
  textStart,
  unwrap,
  type Element,
  type Node
} from '../tree/tree.js'
import { contentOf, inkIn, isInk, isItem, isList, isWrapper } from './item-content.js'
import { freeLoneItem } from './lone-item.js'

/** A line may stand so deep in an item. Elements. */
const MOST_WRAPPERS = 4

/** The lists that an item holds, within wrappers or not; undefined if it holds anything else. */
function listsAlone(item: Element): Element[] | undefined {
  const lists: Element[] = []
  const stack: Node[] = [item]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isList(node)) lists.push(node)
    else if (isElement(node) && (node === item || isWrapper(node)))
      for (const child of inkIn(node).toReversed()) stack.push(child)
    else return undefined
  }
  return lists
}

const isRule = (item: Element): boolean => {
  const { nodes } = contentOf(item)
  return nodes.length > 0 && nodes.every(node => isElement(node) && node.tagName === 'hr')
}

/** The first child of each parent that may show something, without those that are to go. */
function createFirstInk(gone: ReadonlySet<Node>): (parent: Element) => Node | undefined {
  const begins = new Map<Element, number>()
  return parent => {
    const nodes = parent.childNodes
    let at = begins.get(parent) ?? 0
    while (at < nodes.length && (gone.has(nodes[at]!) || !isInk(nodes[at]!))) at++
    begins.set(parent, at)
    return nodes[at]
  }
}

function isFirstOfItem(rule: Element, firstInk: (parent: Element) => Node | undefined): boolean {
  let node = rule
  for (let level = 0; level < MOST_WRAPPERS; level++) {
    const parent = node.parentNode !== null && isElement(node.parentNode) ? node.parentNode : undefined
    if (parent === undefined || firstInk(parent) !== node) return false
    if (isItem(parent)) return true
    node = parent
  }
  return false
}

/** Lines across the page between items, and those at the beginning of one: the items are told apart by their bullets. */
function dropRules(body: Element): void {
  const gone = new Set<Node>()
  const firstInk = createFirstInk(gone)
  for (const rule of elements(body, 'hr')) {
    const { parentNode } = rule
    if (parentNode === null || !isElement(parentNode)) continue
    if (isList(parentNode) || isFirstOfItem(rule, firstInk)) gone.add(rule)
  }
  for (const rule of gone) remove(rule)
}

/** Elements that show nothing where nothing is in them, beside wrappers: style sheets draw icons with them. */
const PHRASES = new Set(['i', 'b', 'em', 'strong', 'small'])

const isHollow = (node: Node): boolean =>
  isElement(node) && (isWrapper(node) || PHRASES.has(node.tagName)) && inkIn(node).length === 0
/** A link may be around all of an item. */
const mayHold = (element: Element): boolean => isWrapper(element) || element.tagName === 'a'

/** The list that an item begins with, within wrappers or not. */
function listFirstIn(item: Element): Element | undefined {
  let parent = item
  for (let level = 0; level <= MOST_WRAPPERS; level++) {
    const first = parent.childNodes.find(node => isInk(node) && !isHollow(node))
    if (first === undefined || !isElement(first)) return undefined
    if (isList(first)) return first
    if (!mayHold(first)) return undefined
    parent = first
  }
  return undefined
}

/** A longer entry is a thing of its own. Characters. */
const LABEL_CHARACTERS = 40

/** Whether an entry of a list is a label: a few words, without a list or a picture. */
const isLabel = (entry: Node): boolean =>
  isElement(entry) &&
  textStart(entry, LABEL_CHARACTERS + 1).trim().length <= LABEL_CHARACTERS &&
  !contains(entry, ({ tagName }) => tagName === 'ul' || tagName === 'ol' || tagName === 'img')

/**
 * A list of labels that an item begins with is the beginning of the item, as they are of what is for sale, or the one picture
 * that is left of a show: its entries become lines, since a bullet would stand beside nothing. Numbers stay.
 */
function freeFirstEntries(item: Element): void {
  const list = listFirstIn(item)
  if (list === undefined || freeLoneItem(list) || list.tagName === 'ol') return
  const entries = inkIn(list)
  if (!entries.every(isLabel)) return
  for (const entry of entries) if (isItem(entry)) rename(entry, 'div')
  takePlaceOf(list, entries[0])
  unwrap(list)
}

const isTerms = (node: Node): node is Element => isElement(node) && node.tagName === 'dl'

/** The list of terms that an item holds, within wrappers or not, if it holds nothing else. */
function termsAlone(item: Node): readonly Element[] {
  const nodes = isItem(item) ? contentOf(item).nodes : []
  return nodes.length === 1 ? nodes.filter(isTerms) : []
}

/** Links to what goes lead to what stands there, if that is an element. */
function takePlaceOf(gone: Node, place: Node | undefined): void {
  if (isElement(gone) && place !== undefined && isElement(place)) takePlace(place, gone)
}

/** Boards make a list of each of their tables, and of each row a list of terms: those stand in the place of its items. */
function freeTerms(list: Element): void {
  const items = list.childNodes.filter(isInk)
  const terms = items.flatMap(termsAlone)
  const [first] = terms
  if (first === undefined || terms.length < items.length) return
  for (const [at, item] of items.entries()) takePlaceOf(item, terms[at])
  takePlace(first, list)
  replaceByAll(list, terms)
}

/** Has a list take the place of the one that has nothing else in it, with what that one is: no item need be moved. */
function takePlaceOfList(list: Element, outer: Element): void {
  takePlaceOf(list, list.childNodes.find(isElement))
  rename(list, outer.tagName)
  list.attrs = outer.attrs
  replace(outer, list)
}

/** Numbers say something: lists that have some stand as they are before the one that began with them. */
function freeNumbered(item: Element, lists: readonly Element[], outer: Element): void {
  remove(item)
  if (inkIn(outer).length > 0) {
    for (const list of lists) insertBefore(list, outer)
    return
  }
  takePlaceOf(outer, lists[0]?.childNodes.find(isElement))
  replaceByAll(outer, lists)
}

/** Puts the items of lists into the place of the item that holds those alone. */
function dissolve(item: Element, lists: readonly Element[]): void {
  const [list, ...others] = lists
  const { parentNode } = item
  const outer = parentNode !== null && isList(parentNode) ? parentNode : undefined
  if (outer?.tagName === 'ul' && lists.some(({ tagName }) => tagName === 'ol')) return freeNumbered(item, lists, outer)
  if (list !== undefined && others.length === 0 && outer !== undefined && inkIn(outer).length === 1)
    return takePlaceOfList(list, outer)
  const items = lists.flatMap(list => {
    const own = inkIn(list)
    takePlaceOf(list, own.find(isElement))
    return own
  })
  replaceByAll(item, items)
}

/** The item before each item of a list. */
function itemsBefore(body: Element): ReadonlyMap<Element, Element> {
  const previous = new Map<Element, Element>()
  for (const list of elements(body, 'ul', 'ol')) {
    let before: Element | undefined
    for (const item of list.childNodes) {
      if (!isItem(item)) continue
      if (before !== undefined) previous.set(item, before)
      before = item
    }
  }
  return previous
}

/**
 * A list alone in its item is that of the item before, which is how authors mean it; without one, its items stand in
 * its place. Old browsers would draw a bullet beside nothing; beside a line across the page, too.
 */
export function fillHollowItems(body: Element): void {
  const previous = itemsBefore(body)
  // Lists on their way to the item that has them, the last one first: there may be thousands of items without any other.
  const coming = new Map<Element, Element[]>()
  // The inner ones first: what they hold then is no longer alone.
  for (const item of elements(body, 'li').toReversed()) {
    const others = coming.get(item) ?? []
    if (others.length === 0 && isRule(item)) remove(item)
    const own = listsAlone(item)
    if (own === undefined || own.length + others.length === 0) {
      appendAll(item, others.toReversed())
      freeFirstEntries(item)
      continue
    }
    for (const list of own.toReversed()) others.push(list)
    takePlaceOf(item, others.at(-1))
    const before = previous.get(item)
    if (before === undefined) dissolve(item, others.toReversed())
    else {
      coming.set(before, others)
      remove(item)
    }
  }
  for (const list of elements(body, 'ul', 'ol')) freeTerms(list)
  dropRules(body)
}
