import { lettersOf } from '../content/words.js'
import { holdersOf } from '../tree/holders.js'
import {
  attribute,
  closest,
  contains,
  HEADINGS,
  isBlank,
  isElement,
  isInside,
  isText,
  remove,
  textStart,
  type Element,
  type Node,
  type Text
} from '../tree/tree.js'

/** A longer text is no line, and a shorter one may well stand twice. Characters, letters. */
const MOST_CHARACTERS = 200
const LEAST_LETTERS = 3
/** What has no words before that is taken for an item without others: each of its lines asks. Elements and texts. */
const MOST_NODES = 300
/** Lines begin and end with these. */
const BORDERS = new Set([
  ...HEADINGS,
  ...'div p center blockquote address ul ol li dl dt dd table caption tr td th form pre'.split(' ')
])
/** What stands on both sides of these are two things: cells, fields, pictures. */
const DIVIDERS = new Set(
  'td th hr img input select textarea embed object applet map iframe video audio button'.split(' ')
)
/** The texts of these are as they are. */
const AS_IT_IS = new Set('pre textarea select option'.split(' '))
const LISTS = new Set(['ul', 'ol', 'dl'])
/** What an element without text is there for all the same. */
const KEEPS = new Set([...DIVIDERS, 'a'])

const isNamed = (element: Element): boolean => attribute(element, 'id') !== undefined

/** Whether a block is there for something that is in it: words, a picture, a place that links lead to. */
const isKept = (node: Element | Text): boolean =>
  isText(node) ? !isBlank(node) : KEEPS.has(node.tagName) || isNamed(node)

/** What stands on one line of a page. */
interface Line {
  readonly block: Element
  readonly texts: Text[]
  text: string
  /** Its letters, when they have been asked for; none of a long text */
  letters: string | undefined
  /** The links that its texts stand in; undefined is there for a text that stands in none */
  readonly links: Set<Element | undefined>
  /** The BR before it, and the one behind it */
  readonly before: Element | undefined
  behind: Element | undefined
}

/** The block and the link around a text; no block where texts are as they are. */
function around(text: Text): { readonly block: Element | undefined; readonly link: Element | undefined } {
  let link: Element | undefined
  for (let at = text.parentNode; at !== null && isElement(at); at = at.parentNode) {
    if (at.tagName === 'a' && attribute(at, 'href') !== undefined) link ??= at
    if (AS_IT_IS.has(at.tagName)) return { block: undefined, link }
    if (BORDERS.has(at.tagName) || at.tagName === 'body') return { block: at, link }
  }
  return { block: undefined, link }
}

const isHeading = ({ block }: Line): boolean => HEADINGS.includes(block.tagName)

const lettersIn = (line: Line): string =>
  (line.letters ??= line.text.length > MOST_CHARACTERS ? '' : lettersOf(line.text))

/** What a text begins with, in small letters; empty where that is not plain, and may be none of its letters. */
const beginningOf = (text: string): string => /[a-z\d\x80-\uffff]/i.exec(text)?.[0].toLowerCase() ?? ''

/** Whether two texts may have the same letters: most that stand beside each other begin with other ones. */
function beginAlike(one: string, other: string): boolean {
  const [first, second] = [beginningOf(one), beginningOf(other)]
  return first === second || first > '\x7f' || second > '\x7f'
}

const isSame = (one: Line, other: Line): boolean =>
  beginAlike(one.text, other.text) &&
  lettersIn(one) === lettersIn(other) &&
  lettersIn(one).replace(/\p{N}/gu, '').length >= LEAST_LETTERS

/**
 * Whether a line has several links, as of photographs in full size, and one of them leads where the other line does not.
 */
function leadsElsewhere({ links }: Line, other: Line): boolean {
  if (links.size - Number(links.has(undefined)) <= 1) return false
  const known = new Set([...other.links].map(targetOf))
  return [...links].some(link => !known.has(targetOf(link)))
}

const targetOf = (link: Element | undefined): string => (link === undefined ? '' : (attribute(link, 'href') ?? ''))

/** The link that all of a line stands in. */
const linkOf = ({ links }: Line): Element | undefined => (links.size === 1 ? [...links][0] : undefined)

/** Whether a line is what a screen without images has for one: "[oil_lamp]". */
const standsForImage = ({ text }: Line): boolean => /^\s*\[.*\]\s*$/s.test(text)

/** What a line is besides what the other says too: a link, a heading; text is written better than the name of an image. */
function worthOf(line: Line, other: Line): number {
  const isBetter = standsForImage(other) && !standsForImage(line)
  return Math.max(Number(linkOf(line) !== undefined) + Number(isHeading(line)), Number(isBetter))
}

/** The item of a list that a line stands in. */
const itemOf = ({ block }: Line): Element | undefined => (block.tagName === 'li' ? block : closest(block, 'li'))

/** Whether a line is an item, or the beginning of one, with a list that the other stands in: its bullet would be alone. */
function announcesList(line: Line, other: Line): boolean {
  const item = itemOf(line)
  return item !== undefined && itemOf(other) !== item && isInside(other.block, item)
}

/** Tells whether an item has a list in it. An item of many lines is read once. */
function createHasList(): (item: Element) => boolean {
  const known = new Map<Element, boolean>()
  return item => {
    const has = known.get(item) ?? contains(item, ({ tagName }) => LISTS.has(tagName))
    known.set(item, has)
    return has
  }
}

/** Whether an item would be left without a line of its own, or a list without the item. */
function isWholeItem(line: Line, other: Line, hasList: (item: Element) => boolean): boolean {
  const item = itemOf(line)
  if (item === undefined || item === itemOf(other)) return false
  const { length } = line.text.trim()
  return textStart(item, length + 1, MOST_NODES).trim().length <= length || hasList(item)
}

/** Whether two blocks are none of a row: one stands in the other, or they have other names. */
const areDifferent = (one: Element, other: Element): boolean =>
  one !== other && (one.tagName !== other.tagName || isInside(other, one) || isInside(one, other))

/**
 * Of two lines that say the same the one that need not: what is no link beside a link, and no heading beside a heading.
 * Lines alike may be those of a song, or of a list: of two that are neither, the second goes if they are written as
 * different things.
 */
function goes(first: Line, second: Line, hasList: (item: Element) => boolean): Line | undefined {
  const [link, otherLink] = [linkOf(first), linkOf(second)]
  if (link !== otherLink && link !== undefined && otherLink !== undefined) return undefined
  if (leadsElsewhere(first, second) || leadsElsewhere(second, first)) return undefined
  if (isHeading(first) && isHeading(second)) return undefined
  const [one, other] = [worthOf(first, second), worthOf(second, first)]
  if (one < other) return announcesList(first, second) ? undefined : first
  if (isWholeItem(second, first, hasList)) return undefined
  if (one > other) return second
  return one === 0 && areDifferent(first.block, second.block) ? second : undefined
}

/** Finds lines that say what the one right before or behind them says; it is shown all nodes of a page in order. */
export class LinesAgain {
  #line: Line | undefined
  #last: Line | undefined
  #break: Element | undefined
  readonly #gone: Line[] = []
  readonly #hasList = createHasList()

  see(node: Node): void {
    if (isText(node)) {
      if (!isBlank(node)) this.#text(node)
    } else if (isElement(node)) this.#element(node)
  }

  /** Removes them from the page, with the breaks that ended them, and the blocks that have nothing else. */
  remove(body: Element): void {
    this.#end()
    if (this.#gone.length === 0) return
    for (const { texts, behind, before } of this.#gone) {
      for (const text of texts) remove(text)
      const end = behind ?? before
      if (end !== undefined) remove(end)
    }
    // Asked one by one, blocks in blocks would be read again for each of those around them.
    const full = holdersOf(body, isKept)
    for (const { block } of this.#gone) if (block !== body && !full.has(block) && !isNamed(block)) remove(block)
  }

  #text(node: Text): void {
    const { block, link } = around(node)
    if (block === undefined) return this.#forget()
    if (this.#line?.block !== block) this.#end()
    if (this.#line === undefined) {
      this.#line = {
        block,
        texts: [node],
        text: node.value,
        letters: undefined,
        links: new Set([link]),
        before: this.#break,
        behind: undefined
      }
      this.#break = undefined
      return
    }
    this.#line.links.add(link)
    if (this.#line.text.length <= MOST_CHARACTERS) this.#line.text += node.value
    this.#line.texts.push(node)
  }

  #element(element: Element): void {
    const { tagName } = element
    if (tagName === 'br') {
      if (this.#line !== undefined) this.#line.behind = element
      this.#end()
      this.#break = element
    } else if (BORDERS.has(tagName)) this.#end()
    if (DIVIDERS.has(tagName)) this.#forget()
  }

  #forget(): void {
    this.#end()
    this.#last = undefined
  }

  #end(): void {
    const line = this.#line
    this.#line = undefined
    this.#break = undefined
    if (line === undefined) return
    const gone =
      this.#last !== undefined && isSame(this.#last, line) ? goes(this.#last, line, this.#hasList) : undefined
    if (gone !== undefined) this.#gone.push(gone)
    if (gone !== line) this.#last = line
  }
}
