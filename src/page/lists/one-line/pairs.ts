import {
  appendAll,
  attribute,
  createElement,
  createText,
  isBlank,
  isElement,
  isText,
  rename,
  type Element,
  type Node
} from '../../tree/tree.js'
import { inkIn } from '../item-content.js'
import { hasBlock, isInLine, isMute, isPlacing, lineOf, MOST_WRAPPERS, putInLine, type Line } from './line.js'

/** A longer name is a sentence that introduces what follows. Characters, words. */
const MOST_NAME = 40
const MOST_NAME_WORDS = 5
/** A longer value is a text, and one with more than a few words that ends as a sentence does. Characters, words. */
const MOST_VALUE = 60
const MOST_VALUE_WORDS = 10
const SENTENCE_WORDS = 3

const isBreak = (node?: Node): node is Element => node !== undefined && isElement(node) && node.tagName === 'br'
const wordsIn = (text: string): number => text.split(' ').length
const isName = (text: string): boolean => /\p{L}/u.test(text) && wordsIn(text) <= MOST_NAME_WORDS
/** Words before the name of who made it. */
const BY = /^((written|posted|published|sold|made|created) )?(by|von|par|por|di|door|av)$/i
const isNamed = (text: string): boolean => BY.test(text) || (/[^\s:?]\s?[:：]$/u.test(text) && isName(text))
const isShort = (text: string): boolean =>
  /[\p{L}\p{N}]/u.test(text) && !/[:：]$/u.test(text) && wordsIn(text) <= MOST_VALUE_WORDS
/** "22 x 13 x 3.7 in." ends with a unit, and not as a sentence does. */
const UNIT = /\p{N}\s?\p{L}{1,3}\.$/u
const isValue = (text: string): boolean =>
  isShort(text) && !(/[.!?]$/.test(text) && wordsIn(text) > SENTENCE_WORDS && !UNIT.test(text))

/** Names of classes say what is a name and what is its value, where no colon does. */
const NAME_CLASS = /(?:label|key|term|title|name)(?:[\s_-]|$)/i
const VALUE_CLASS = /value(?:[\s_-]|$)/i
const isOfClass = (node: Node | undefined, names: RegExp): boolean =>
  node !== undefined && isElement(node) && names.test(attribute(node, 'class') ?? '')

interface Pair {
  readonly name: Line
  readonly value: Line
  /** The place of the last node of it among the children */
  readonly end: number
  readonly isBlock: boolean
}

/** Children that say something, or break a line. */
type Shown = readonly Node[]

/** The value behind a name, in a block or behind the end of the line. */
function valueAt(shown: Shown, at: number, name: Line): Omit<Pair, 'name'> | undefined {
  const isBroken = isBreak(shown[at])
  if (isBroken && hasBlock(name)) return undefined
  const end = isBroken ? at + 1 : at
  const node = shown[end]
  const value = node === undefined || isBreak(node) ? undefined : lineOf(node, MOST_VALUE)
  if (value === undefined || !isValue(value.text)) return undefined
  if (isBroken ? hasBlock(value) : !hasBlock(value) && !hasBlock(name)) return undefined
  return { value, end, isBlock: !isBroken }
}

/** Whether the last words of a node may end a name: most nodes need no closer look. */
function mayBeName(node: Node): boolean {
  let at: Node | undefined = node
  for (let depth = 0; depth < 2 * MOST_WRAPPERS && at !== undefined && isElement(at); depth++)
    at = at.childNodes.findLast(child => !isMute(child))
  if (at === undefined || !isText(at)) return false
  const text = at.value.trim()
  return text.endsWith(':') || text.endsWith('：') || BY.test(text)
}

const nameAt = (node: Node | undefined): Line | undefined => {
  const name = node === undefined || !mayBeName(node) ? undefined : lineOf(node, MOST_NAME)
  return name !== undefined && isNamed(name.text) ? name : undefined
}

/** Whether nothing more belongs to the name before a place: another name comes, or nothing does. */
function isDone(shown: Shown, at: number, isBlock: boolean): boolean {
  const next = shown[at]
  if (next === undefined) return true
  if (!isBlock && !isBreak(next)) return false
  const behind = isBreak(next) ? shown[at + 1] : next
  return behind === undefined || beginsWithName(behind)
}

/** Whether a node begins with a name: its first words, down the first children, end as a name does. */
function beginsWithName(node: Node): boolean {
  let at: Node | undefined = node
  for (let depth = 0; at !== undefined && isElement(at) && depth < MOST_WRAPPERS; depth++) {
    if (nameAt(at) !== undefined) return true
    at = at.childNodes.find(child => !isMute(child))
  }
  return at !== undefined && isText(at) && nameAt(at) !== undefined
}

function pairsIn(shown: Shown): Pair[] {
  const pairs: Pair[] = []
  for (let at = 0; at + 1 < shown.length; at++) {
    const before = shown[at - 1]
    const name = nameAt(shown[at])
    if (name === undefined || (before !== undefined && isInLine(before) && !hasBlock(name))) continue
    const found = valueAt(shown, at + 1, name)
    if (found === undefined || !isDone(shown, found.end + 1, found.isBlock)) continue
    pairs.push({ name, ...found })
    at = found.end
  }
  return pairs
}

/** The pair of an element that is nothing else, by the names of the classes. */
function classedPair(shown: Shown): Pair[] {
  const [first, second] = shown
  if (shown.length > 2 || !isOfClass(first, NAME_CLASS) || !isOfClass(second, VALUE_CLASS)) return []
  const name = lineOf(first!, MOST_NAME)
  const value = lineOf(second!, MOST_VALUE)
  if (name === undefined || value === undefined || !isName(name.text) || !isValue(value.text)) return []
  return hasBlock(name) || hasBlock(value) ? [{ name, value, end: 1, isBlock: true }] : []
}

/** What stands between the name and the value on their line. */
const signOf = ({ text }: Line): string => (/[\p{L}\p{N}\p{Pe}%]$/u.test(text) && !BY.test(text) ? ': ' : ' ')

function joinPair({ name, value, isBlock }: Pair, between: readonly Node[]): Node[] {
  putInLine(name)
  putInLine(value)
  const nodes = [name.node, createText(signOf(name)), ...between, value.node]
  if (!isBlock) return nodes
  const line = createElement('div')
  line.childNodes = nodes
  for (const node of nodes) node.parentNode = line
  return [line]
}

/** A term in words may have a sentence, which for a name in a program would be prose. */
const isOf = (term: string, value: string): boolean => isValue(value) || (isShort(value) && /^[\p{L} ]+:?$/u.test(term))

/** Writes a list of names with one short value each as a line for each. */
function joinNames(list: Element): void {
  const shown = inkIn(list)
  const lines: Node[] = []
  for (let at = 0; at < shown.length; at += 2) {
    const [name, value] = [shown[at], shown[at + 1]]
    if (name === undefined || value === undefined || !isElement(name) || !isElement(value)) return
    if (name.tagName !== 'dt' || value.tagName !== 'dd') return
    const [named, valued] = [partOf(name, MOST_NAME), partOf(value, MOST_VALUE)]
    if (named === undefined || valued === undefined || !isName(named.text) || !isOf(named.text, valued.text)) return
    lines.push(...joinPair({ name: named, value: valued, end: 0, isBlock: true }, []))
  }
  for (const part of shown) if (isElement(part)) rename(part, 'span')
  rename(list, 'div')
  list.childNodes = []
  appendAll(list, lines)
}

/** DT or DD as a line. */
function partOf(part: Element, most: number): Line | undefined {
  const held = createElement('div')
  held.childNodes = part.childNodes
  const line = lineOf(held, most)
  return line === undefined ? undefined : { ...line, node: part, wrappers: line.wrappers.slice(1) }
}

/**
 * Writes a short name and its short value on one line, where only styles put them side by side: "Weight:" above "2 kg".
 * Where more may belong to the name, it stays above.
 */
export function joinPairs(element: Element): void {
  if (element.tagName === 'dl') return joinNames(element)
  if (isPlacing(element)) return
  const shown = element.childNodes.filter(node => !isMute(node))
  if (shown.length < 2) return
  const pairs = pairsIn(shown)
  if (pairs.length > 0) return writePairs(element, pairs)
  const byClass = classedPair(shown)
  if (byClass.length > 0) writePairs(element, byClass)
}

function writePairs(element: Element, pairs: readonly Pair[]): void {
  const byName = new Map(pairs.map(pair => [pair.name.node, pair]))
  const children: Node[] = []
  let open: { readonly pair: Pair; readonly between: Node[] } | undefined
  for (const node of element.childNodes) {
    const pair = byName.get(node)
    if (pair !== undefined) open = { pair, between: [] }
    else if (open === undefined) children.push(node)
    else if (node === open.pair.value.node) {
      children.push(...joinPair(open.pair, open.between))
      open = undefined
    } else if (!isBlank(node) && !isBreak(node)) open.between.push(node)
  }
  for (const child of children) child.parentNode = element
  element.childNodes = children
}
