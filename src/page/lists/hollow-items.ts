import { appendAll, elements, isElement, remove, replace, type Element, type Node } from '../tree/tree.js'
import { contentOf, inkIn, isInk, isWrapper } from './item-content.js'
import { freeLoneItem } from './lone-item.js'

/** A line may stand so deep in an item. Elements. */
const MOST_WRAPPERS = 4

const isList = (node: Node): node is Element => isElement(node) && (node.tagName === 'ul' || node.tagName === 'ol')
const isItem = (node: Node): node is Element => isElement(node) && node.tagName === 'li'

/** The lists that an item holds, within wrappers or not, if it holds nothing else. */
function listsAlone(item: Element): readonly Element[] {
  const lists: Element[] = []
  const stack: Node[] = [item]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isList(node)) lists.push(node)
    else if (isElement(node) && (node === item || isWrapper(node))) stack.push(...inkIn(node).toReversed())
    else return []
  }
  return lists
}

const isRule = (item: Element): boolean => {
  const { nodes } = contentOf(item)
  return nodes.length > 0 && nodes.every(node => isElement(node) && node.tagName === 'hr')
}

/** Lines across the page between items, and those at the beginning of one: the items are told apart by their bullets. */
function dropRules(body: Element): void {
  for (const rule of elements(body, 'hr')) {
    const { parentNode } = rule
    if (parentNode === null || !isElement(parentNode)) continue
    if (isList(parentNode) || isFirstOfItem(rule)) remove(rule)
  }
}

function isFirstOfItem(rule: Element): boolean {
  let node: Node = rule
  for (let level = 0; level < MOST_WRAPPERS; level++) {
    const parent: Node | null = node.parentNode !== null && isElement(node.parentNode) ? node.parentNode : null
    if (parent === null || parent.childNodes.find(isInk) !== node) return false
    if (isItem(parent)) return true
    node = parent
  }
  return false
}

/** The list that an item begins with, within wrappers or not. */
function listFirstIn(item: Element): Element | undefined {
  let parent = item
  for (let level = 0; level <= MOST_WRAPPERS; level++) {
    const first = parent.childNodes.find(isInk)
    if (first === undefined || !isElement(first)) return undefined
    if (isList(first)) return first
    if (!isWrapper(first)) return undefined
    parent = first
  }
  return undefined
}

/**
 * A list of one entry that an item begins with, as the one picture that is left of a show, is a part of the item: its
 * bullet would stand beside nothing.
 */
function freeFirstEntry(item: Element): void {
  const list = listFirstIn(item)
  if (list !== undefined) freeLoneItem(list)
}

const isTerms = (node: Node): node is Element => isElement(node) && node.tagName === 'dl'

/** The list of terms that an item holds, within wrappers or not, if it holds nothing else. */
function termsAlone(item: Node): readonly Element[] {
  const nodes = isItem(item) ? contentOf(item).nodes : []
  return nodes.length === 1 ? nodes.filter(isTerms) : []
}

/** Boards make a list of each of their tables, and of each row a list of terms: those stand in the place of its items. */
function freeTerms(list: Element): void {
  const items = list.childNodes.filter(isInk)
  const terms = items.flatMap(termsAlone)
  if (terms.length === items.length && terms.length > 0) replace(list, ...terms)
}

/**
 * A list alone in its item is that of the item before, which is how authors mean it; without one, its items stand in
 * its place. Old browsers would draw a bullet beside nothing; beside a line across the page, too.
 */
export function fillHollowItems(body: Element): void {
  const previous = new Map<Element, Element>()
  for (const list of elements(body, 'ul', 'ol')) {
    let before: Element | undefined
    for (const item of list.childNodes) {
      if (!isItem(item)) continue
      if (before !== undefined) previous.set(item, before)
      before = item
    }
  }
  // The inner ones first: what they hold then is no longer alone.
  for (const item of elements(body, 'li').toReversed()) {
    if (isRule(item)) remove(item)
    const lists = listsAlone(item)
    if (lists.length === 0) {
      freeFirstEntry(item)
      continue
    }
    const before = previous.get(item)
    const nodes = lists.flatMap(list => (before === undefined ? list.childNodes.filter(isElement) : [list]))
    if (before === undefined) replace(item, ...nodes)
    else {
      appendAll(before, nodes)
      remove(item)
    }
  }
  for (const list of elements(body, 'ul', 'ol')) freeTerms(list)
  dropRules(body)
}
