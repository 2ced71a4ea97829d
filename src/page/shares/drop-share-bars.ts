import { isIdle } from '../../bytes/idle-address.js'
import {
  attribute,
  closest,
  elements,
  isElement,
  isText,
  plainText,
  pushChildren,
  rename,
  textStart,
  unwrap,
  type Element,
  type Node
} from '../tree/tree.js'
import type { ShareWords } from './share-words.js'

/** A link with longer words is a text that somebody may quote: the words stay. Characters. */
const MOST_WORDS = 60
/** A link with words in a sentence is a part of that. Characters around its links. */
const SENTENCE = 40
/** Nodes of a bar that are looked at: it holds a few icons. */
const MOST_NODES = 200

const BLOCKS = ['p', 'li', 'td', 'th', 'dd', 'dt', 'div', 'blockquote', 'section', 'article']
/** A bar never reaches beyond these, and never holds them. */
const WHOLES = new Set(['body', 'main', 'article', 'h1', 'td', 'th', 'tr', 'table', 'form'])
/** These show or do something of their own. */
const LIVE = new Set('img input select textarea iframe video audio object embed table form pre picture'.split(' '))
const SEPARATOR = /^[\s|·•/,;\-–—]*$/u

/** What a link or a button says: its words, or its name for those who do not see its icon. */
const wordsOf = (element: Element): string =>
  textStart(element, 2 * MOST_WORDS).trim() || (attribute(element, 'aria-label') ?? attribute(element, 'title') ?? '')

function isShare(link: Element, words: ShareWords): boolean {
  const href = attribute(link, 'href')
  return href !== undefined && (isIdle(href) ? words.isPhrase(wordsOf(link)) : words.isAddress(href))
}

/** Whether a paragraph has a sentence beside its links. */
function hasSentence(paragraph: Element): boolean {
  const stack: Node[] = []
  pushChildren(stack, paragraph)
  let letters = 0
  for (let node = stack.pop(); node !== undefined && letters < SENTENCE; node = stack.pop()) {
    if (isText(node)) letters += node.value.trim().length
    else if (isElement(node) && node.tagName !== 'a') pushChildren(stack, node)
  }
  return letters >= SENTENCE
}

/** Whether nothing of an element is left but what belongs to a bar: labels, counts, icons, buttons without action. */
function isLeftOver(root: Element, words: ShareWords, gone: ReadonlySet<Node>): boolean {
  const stack: Node[] = [root]
  for (let looked = 0; stack.length > 0; looked++) {
    const node = stack.pop()!
    if (looked > MOST_NODES) return false
    if (gone.has(node)) continue
    if (isText(node) && !words.isLabel(node.value)) return false
    if (!isElement(node) || node.tagName === 'svg') continue
    if (LIVE.has(node.tagName) || WHOLES.has(node.tagName) || node.childNodes.length > MOST_NODES) return false
    if (node.tagName === 'a' && !isIdle(attribute(node, 'href'))) return false
    pushChildren(stack, node)
  }
  return true
}

/** Whether a node right before what goes says what that was for, or kept it apart from others of its kind. */
function isLabelOf(before: Node, words: ShareWords, gone: ReadonlySet<Node>): boolean {
  if (isText(before)) return SEPARATOR.test(before.value) || isNamed(before.value, words)
  return isElement(before) && isNamed(plainText(before), words) && isLeftOver(before, words, gone)
}

const isNamed = (text: string, words: ShareWords): boolean => /\p{L}/u.test(text) && words.isLabel(text)

/** Takes what goes from the children of one parent, all at once. */
function sweep(parent: Element, words: ShareWords, gone: ReadonlySet<Node>): void {
  const kept: Node[] = []
  for (const node of parent.childNodes) {
    if (!gone.has(node)) {
      kept.push(node)
      continue
    }
    node.parentNode = null
    for (let last = kept.at(-1); last !== undefined && isLabelOf(last, words, gone); last = kept.at(-1)) {
      kept.pop()
      last.parentNode = null
    }
  }
  const last = kept.at(-1)
  if (last !== undefined && isText(last) && gone.has(parent.childNodes.at(-1)!))
    last.value = last.value.replace(/(?<![\s|·•/])[\s|·•/]+$/u, '')
  parent.childNodes = kept
}

/** Shares and what holds nothing else. */
class Bars {
  readonly #words: ShareWords
  readonly #gone = new Set<Node>()
  readonly #sentences = new Map<Element, boolean>()

  constructor(words: ShareWords) {
    this.#words = words
  }

  /** Whether the words of a link are a part of the sentence around it. */
  #isInSentence(link: Element): boolean {
    const paragraph = closest(link, ...BLOCKS)
    if (paragraph?.tagName !== 'p' || this.#words.isPhrase(wordsOf(link)) || plainText(link) === '') return false
    const known = this.#sentences.get(paragraph) ?? hasSentence(paragraph)
    this.#sentences.set(paragraph, known)
    return known
  }

  add(link: Element): void {
    const text = textStart(link, 2 * MOST_WORDS).trim()
    if (this.#isInSentence(link)) return
    if (text.length > MOST_WORDS && !this.#words.isPhrase(text)) unwrap(link)
    // A place in the page that the link marks stays.
    else if (attribute(link, 'id') === undefined) this.#gone.add(link)
    else {
      rename(link, 'span', {})
      link.childNodes = []
    }
  }

  /** Adds what holds nothing but what goes. */
  #climb(from: Element): void {
    for (let at: Element = from; isLeftOver(at, this.#words, this.#gone);) {
      this.#gone.add(at)
      if (at.parentNode === null || !isElement(at.parentNode)) return
      at = at.parentNode
    }
  }

  remove(): void {
    const parents = new Set([...this.#gone].map(node => node.parentNode))
    for (const parent of parents) if (parent !== null && isElement(parent)) this.#climb(parent)
    for (const parent of new Set([...this.#gone].map(node => node.parentNode)))
      if (parent !== null && isElement(parent) && !this.#gone.has(parent)) sweep(parent, this.#words, this.#gone)
  }
}

/**
 * Removes links that share the page, with the bar that they stand in: its buttons, its icons, its heading. A link in a
 * sentence stays, and so does one to somebody's page.
 */
export function dropShareBars(body: Element, words: ShareWords): void {
  const bars = new Bars(words)
  for (const link of elements(body, 'a')) if (isShare(link, words)) bars.add(link)
  bars.remove()
}
