import { countWords, lettersOf } from '../content/words.js'
import {
  append,
  attribute,
  createElement,
  elements,
  insertBefore,
  isElement,
  plainText,
  remove,
  rename,
  textStart,
  type Element
} from '../tree/tree.js'
import type { Kind } from './kind.js'
import { lineOf } from './line.js'
import { grouped } from './shown/grouped.js'

/** Fewer entries are no list. */
const LEAST_ENTRIES = 4
/** A longer entry is a part of a text. Words; no word is longer than so many characters. */
const MOST_WORDS = 90
const WORD_CHARACTERS = 12
/** Of the words of an entry, and of a paragraph that is one, so many are one link. Share. */
const LEAST_LINKED = 0.1
const LEAST_LINKED_OF_TEXT = 0.5
/** The entries of a list hold so much of what a page is about. Share. */
const LEAST_SHARE = 0.5
/** A list with so much of all entries is the list of its page, and is numbered. Share. */
const MAIN_SHARE = 0.5
/** Elements whose children are alike but are no entries. */
const NO_LISTS = new Set(['tr', 'table', 'tbody', 'thead', 'p', 'pre', 'dl', 'select'])
const MOST_DEPTH = 200

interface Group {
  readonly parent: Element
  readonly entries: readonly Element[]
  readonly words: number
}

const shapeOf = (element: Element): string =>
  `${element.tagName} ${(attribute(element, 'class') ?? '').trim().split(/\s+/, 1)[0] ?? ''}`

const isLink = (element: Element): boolean => element.tagName === 'a' && /^[^#]/.test(attribute(element, 'href') ?? '')

/** How many words an element has that are few enough for an entry, else 0. */
function wordsOfEntry(element: Element): number {
  const text = textStart(element, MOST_WORDS * WORD_CHARACTERS)
  const words = countWords(text)
  return text.length >= MOST_WORDS * WORD_CHARACTERS || words > MOST_WORDS ? 0 : words
}

const linksIn = (element: Element): Element[] => (isLink(element) ? [element] : elements(element, 'a').filter(isLink))

/** An entry has few words, and a link with some of them; a paragraph with a link in it is none, nor a row of several. */
function isEntry(element: Element): boolean {
  const words = wordsOfEntry(element)
  if (words === 0) return false
  const links = linksIn(element)
  const longest = links.reduce((most, link) => Math.max(most, countWords(plainText(link))), 0)
  const share = element.tagName === 'p' ? LEAST_LINKED_OF_TEXT : LEAST_LINKED
  const headings = elements(element, 'h2', 'h3', 'h4', 'h5')
  return links.length > 0 && !isRow(headings) && (longest >= share * words || headings.length > 0)
}

/** The first heading of a thing is often said twice, with its price or for each of two windows. */
const saysSame = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one)

/** Headings of one level that say different things are of things that stand beside each other. */
function isRow([first, ...others]: readonly Element[]): boolean {
  if (first === undefined) return false
  const name = lettersOf(plainText(first))
  return others.some(other => other.tagName === first.tagName && !saysSame(lettersOf(plainText(other)), name))
}

/** Among entries, one that looks like them may have a short name beside many values. */
const mayBeEntry = (element: Element): boolean =>
  element.tagName !== 'p' && wordsOfEntry(element) > 0 && linksIn(element).some(link => /\S/.test(plainText(link)))

/** The children of an element that are entries of one kind. */
function groupOf(parent: Element): Group | undefined {
  if (NO_LISTS.has(parent.tagName)) return undefined
  const children = parent.childNodes
    .filter(isElement)
    .filter(({ tagName }) => /^(div|li|article|section|a|p|figure|h[2-6])$/.test(tagName))
  const [most = []] = grouped(children, shapeOf).sort((one, other) => other.length - one.length)
  const sure = new Set(most.length < LEAST_ENTRIES ? [] : most.filter(isEntry))
  if (sure.size < LEAST_ENTRIES || sure.size < most.length / 2) return undefined
  const entries = most.filter(element => sure.has(element) || mayBeEntry(element))
  return { parent, entries, words: entries.reduce((sum, entry) => sum + countWords(plainText(entry)), 0) }
}

/** The innermost groups of entries: what holds a group is no entry of another. */
function groupsIn(content: Element): Group[] {
  const groups: Group[] = []
  const look = (parent: Element, depth: number): boolean => {
    const before = groups.length
    if (depth > 0) for (const child of parent.childNodes) if (isElement(child)) look(child, depth - 1)
    if (groups.length > before) return true
    const group = groupOf(parent)
    if (group !== undefined) groups.push(group)
    return group !== undefined
  }
  look(content, MOST_DEPTH)
  return groups
}

/** Puts the entries of a group into lists, each run of them into one, in the place where they stand. */
function makeLists({ parent, entries }: Group, isMain: boolean): void {
  const all = new Set<unknown>(entries)
  const isList = parent.tagName === 'ul' || parent.tagName === 'ol'
  let list: Element | undefined
  let number = 0
  for (const child of [...parent.childNodes]) {
    if (!isElement(child)) continue
    if (!all.has(child)) {
      if (/\S/.test(plainText(child))) list = undefined
      continue
    }
    number++
    const entry = child.tagName === 'a' ? wrapped(child) : child
    const line = lineOf(entry, isMain ? number : undefined)
    if (isList) insertBefore(line, entry)
    else {
      if (list === undefined) {
        list = createElement(isMain ? 'ol' : 'ul')
        insertBefore(list, entry)
      }
      append(list, line)
    }
    remove(entry)
  }
  if (isList && isMain) rename(parent, 'ol')
}

/** A link that is an entry itself, within an element in its place. */
function wrapped(link: Element): Element {
  const entry = createElement('div')
  insertBefore(entry, link)
  append(entry, link)
  return entry
}

/** A list of things: one line each, numbered where the page is one list. */
export const list: Kind = () => article => {
  const { content } = article
  const groups = groupsIn(content)
  const words = groups.reduce((sum, group) => sum + group.words, 0)
  if (groups.length === 0 || words < LEAST_SHARE * countWords(plainText(content))) return article
  for (const group of groups) makeLists(group, group.words >= MAIN_SHARE * words)
  // Who wrote one of the things, and when, stands on its line.
  return { ...article, facts: [] }
}
