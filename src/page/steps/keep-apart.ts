import { endCodeLines } from '../lists/code-lines.js'
import { joinDivided } from '../lists/one-line/divided-rows.js'
import { joinPairs } from '../lists/one-line/pairs.js'
import { joinPrice } from '../lists/one-line/prices.js'
import { stepIn } from '../lists/pager.js'
import type { Step } from '../step.js'
import {
  attribute,
  contains,
  createText,
  insertBefore,
  isBlank,
  isElement,
  isText,
  textStart,
  walk,
  type Element,
  type Node
} from '../tree/tree.js'

/** Elements that stand in a line, and that pages of today put apart by their styles alone. */
const LABELS = new Set(
  'span a b strong em i time small label abbr cite bdi data mark font u s del strike ins'.split(' ')
)
/** Where letters stand as they are. */
const AS_IT_IS = new Set(['pre', 'code', 'samp', 'kbd', 'textarea', 'svg', 'math'])
/** A longer element is a text. Characters. */
const MOST_CHARACTERS = 200
/** A shorter one is a part of a word, if it is no number: the first letter of a text, a letter that moves. Characters. */
const LEAST_CHARACTERS = 2

/** What has one of these stands on lines of its own. */
const BLOCKS = new Set('div p h1 h2 h3 h4 h5 h6 ul ol dl table section article header footer figure br hr'.split(' '))
const isInLine = (label: Element): boolean => !contains(label, ({ tagName }) => BLOCKS.has(tagName))

const isLabel = (node: Node | undefined): node is Element =>
  node !== undefined && isElement(node) && LABELS.has(node.tagName)

/**
 * Whether two texts that stand beside each other are two things: what ends before a capital letter, a price, or the
 * number behind a word; not the parts of a word or of a price. The beginning is looked at first: to find an end, all that
 * stands before it is read.
 */
const areApart = (text: string, next: string): boolean =>
  (/^[\p{Lu}\p{Sc}]/u.test(next) && /[\p{Ll}\p{N}\p{Pe}!?.,:%]$/u.test(text)) ||
  (/^\p{Lu}\p{Ll}/u.test(next) && /\p{Lu}$/u.test(text)) ||
  (/^\p{N}/u.test(next) && /(\p{Ll}{2}|\p{L}{2}:|[\p{Pe}!?%°])$/u.test(text)) ||
  isCounted(text, next) ||
  areCounts(text, next)

/** A number, and the word for what is counted behind it: "4" and "items"; shorter ones are units, "5" and "kg". */
const COUNT = /^\s*\p{N}{1,9}$/u
const COUNTED = /^\p{Ll}{4}/u
const isCounted = (text: string, next: string): boolean => COUNT.test(text) && COUNTED.test(next)

/**
 * Whether two numbers stand side by side that are none together: a day and a count, a count and what is counted, a price
 * and what is saved or how far a car has gone, marks and how many have given them, a day and the time.
 */
const areCounts = (text: string, next: string): boolean =>
  /^-?\p{N}/u.test(next) &&
  ((/^\p{N}{1,9}(\s*$|\s\p{L}{3})/u.test(next) && /\p{L}{3}\.? \p{N}{1,2}$/u.test(text)) ||
    (/^\p{N}[\p{N},.]{0,9} \p{L}{3}/u.test(next) && /\p{Sc}\s?\p{N}[\p{N},.]{0,9}$/u.test(text)) ||
    (/^-?\p{N}{1,2} ?%/u.test(next) && /\p{Sc}\s?\p{N}[\p{N},.]{0,9}$/u.test(text)) ||
    (/^\p{N}{1,2}:\p{N}{2}/u.test(next) && /\p{N}\/\p{N}{2,4}$/u.test(text)) ||
    (/^\s*\p{N}{1,3}[.,]\p{N}$/u.test(text) && /^\p{N}[\p{N},.]{0,9} \p{L}{3}/u.test(next)) ||
    /^\s*\/ ?\p{N}{1,3}$/u.test(text) ||
    (/^\s*\p{N}{1,9}$/u.test(text) && /^\p{N}[\p{N},.]{0,9} \p{L}{5}/u.test(next)))

/** Whether an element is nothing but a place in which styles draw a dot or a bar: no text, no anchor, and a class. */
const isDivider = (node: Node | undefined): node is Element =>
  isLabel(node) &&
  node.childNodes.length === 0 &&
  attribute(node, 'class') !== undefined &&
  !['id', 'name', 'href'].some(name => attribute(node, name) !== undefined)

const isKey = (node: Node | undefined): boolean => node !== undefined && isElement(node) && node.tagName === 'kbd'

/** The text on one side of such a place. */
const textBeside = (node: Node): string => (isText(node) ? node.value : isLabel(node) ? wordsIn(node) : '')

/** What is put where styles draw something: numbers, which are one without it, stand apart as well. */
function inPlaceOf(last: Node, node: Node): string {
  const [text, next] = [textBeside(last), textBeside(node)]
  return areApart(text, next) || (/^\p{N}/u.test(next) && /\p{N}$/u.test(text)) ? ' ' : ''
}

/** The text of a label, if it is one, with the white space at its ends. */
function wordsIn(label: Element): string {
  const text = textStart(label, MOST_CHARACTERS + 1)
  const { length } = text.trim()
  return text.length > MOST_CHARACTERS || (length < LEAST_CHARACTERS && !/\p{N}/u.test(text)) ? '' : text
}

/** What is put between two labels: two links in a row have a bar, as those of a list have. */
function between(last: Element, label: Element, standAlone: () => boolean): string {
  const [text, next] = [wordsIn(last), wordsIn(label)]
  if (text === '' || next === '') return ''
  const areLinks = last.tagName === 'a' && label.tagName === 'a'
  if (areLinks && /^[\p{L}\p{N}\p{Ps}]/u.test(next) && /[\p{L}\p{N}\p{Pe}]$/u.test(text))
    return isInLine(last) && isInLine(label) ? ' | ' : ''
  if (arePages([text, next], [last, label])) return ' | '
  return areApart(text, next) || (areWords(text, next) && standAlone()) ? ' ' : ''
}

const PAGE_NUMBER = /^\s*\p{N}{1,4}\s*$/u
const leadsToPage = (text: string): boolean => PAGE_NUMBER.test(text) || stepIn(text.trim()) !== undefined

/** Whether two labels lead to pages of a list, of which the one that is shown is no link: "2", "3", "Next". */
const arePages = (texts: readonly [string, string], labels: readonly [Element, Element]): boolean =>
  texts.some(text => PAGE_NUMBER.test(text)) &&
  labels.some(({ tagName }) => tagName === 'a') &&
  texts.every(leadsToPage)

/** Words of small letters may as well be the parts of one. */
const areWords = (text: string, next: string): boolean => /^\p{Ll}{2}/u.test(next) && /\p{Ll}{2}$/u.test(text)

/**
 * Tells whether a DIV has nothing but the labels in an element and those beside it: styles put them apart there, and no
 * word is cut in two, as in a paragraph.
 */
function createStandAlone(): (parent: Element) => boolean {
  const known = new Map<Element, boolean>()
  const find = (element: Element): boolean => {
    const { tagName, childNodes, parentNode } = element
    if (!childNodes.every(node => isBlank(node) || isLabel(node)) || tagName === 'a') return false
    if (!LABELS.has(tagName)) return tagName === 'div'
    return parentNode !== null && isElement(parentNode) && standAlone(parentNode)
  }
  const standAlone = (element: Element): boolean => {
    const alone = known.get(element) ?? find(element)
    known.set(element, alone)
    return alone
  }
  return standAlone
}

/** Links and titles of works, before which a sentence has a space: no part of a word begins in them with a capital. */
const IN_SENTENCE = new Set(['a', 'i', 'em', 'cite'])
/** No number is longer that a label stands right behind, and no word that is looked for. Units of UTF-16. */
const MOST_BEFORE = 40
/** A word of two letters has a space before it, as "by" has in "Written by". */
const WORD_BEFORE = /(\p{Ll}{3}|\s\p{Ll}{2})$/u

/**
 * Whether an element right behind a word begins another one: a link or a title with a capital, a label of several words
 * with one, "Written by" and a name. A label of one word may be the second half of a name that is written as one.
 */
const isAfterWord = (words: string, { tagName }: Element): boolean =>
  /^\p{Lu}\p{Ll}/u.test(words) && (IN_SENTENCE.has(tagName) || / \p{L}/u.test(words))

/** Whether an element right behind a text is something else than its end. */
function isAfterText(text: string, node: Element): boolean {
  // Nearly every text ends with a space or a sign: the words behind it need not be read.
  if (!/[\p{Ll}\p{N}:]$/u.test(text)) return false
  const words = wordsIn(node)
  if (INTRODUCES.test(text)) return /^\p{Lu}/u.test(words)
  if (isCounted(text, words) || areCounts(text, words)) return true
  return WORD_BEFORE.test(text) && isAfterWord(words, node)
}

/** A price, which ends with its last digit. */
const PRICE = /\p{Sc}\s?\p{N}[\p{N},.]{0,9}$/u

/** What stands before the thing that it tells of: "Written by:". The hour of a time has no letters. */
const INTRODUCES = /\p{L}{2}:$/u
/** What stands beside a text, and is no part of it. */
const SAID_BESIDE = new Set(['span', 'small', 'label', 'time'])

/**
 * Whether a text right behind a label begins something else: a capital behind several words or a colon, a word behind a
 * price.
 */
function isAfterLabel(label: Element, text: string): boolean {
  if (!/^\p{Lu}/u.test(text)) return false
  const words = wordsIn(label)
  if (INTRODUCES.test(words)) return true
  // What is emphasised, marked or linked may be the half of a name: JavaScript. So may the end of a part of a sentence.
  const isSaid = SAID_BESIDE.has(label.tagName) && /^\s*[\p{Lu}\p{N}][^]* \p{L}/u.test(words)
  return (isSaid && /\p{Ll}{2}$/u.test(words)) || (/^\p{Lu}\p{Ll}/u.test(text) && PRICE.test(words))
}

/** What is put before a node that stands behind others. */
function before(node: Node, [last, secondLast]: ReadonlyArray<Node | undefined>, standAlone: () => boolean): string {
  if (isDivider(last)) return secondLast === undefined ? '' : inPlaceOf(secondLast, node)
  if (isKey(last) && isKey(node)) return ' '
  if (isText(node)) return isLabel(last) && isAfterLabel(last, node.value) ? ' ' : ''
  if (!isLabel(node)) return ''
  if (last !== undefined && isText(last)) return isAfterText(last.value.slice(-MOST_BEFORE), node) ? ' ' : ''
  return isLabel(last) ? between(last, node, standAlone) : ''
}

/** What was left empty: the link of an icon that says nothing. */
const isHollow = (node: Node): boolean =>
  isLabel(node) &&
  node.childNodes.length > 0 &&
  textStart(node, 1) === '' &&
  !contains(node, ({ tagName }) => !LABELS.has(tagName))

function keepChildrenApart(element: Element, standAlone: (parent: Element) => boolean): void {
  const apart: Array<{ readonly node: Node; readonly put: string }> = []
  let [last, secondLast]: Array<Node | undefined> = []
  for (const node of element.childNodes) {
    if (isHollow(node)) continue
    const put = before(node, [last, secondLast], () => standAlone(element))
    if (put !== '') apart.push({ node, put })
    secondLast = last
    last = node
  }
  for (const { node, put } of apart) insertBefore(createText(put), node)
}

/**
 * Keeps labels apart that only styles do: who and when, a price and the one before it, links in a row; also where an
 * empty element is there for the dot or the bar that they draw. What only styles put on one line is written on one,
 * and lines of code that only styles make are ended.
 */
export const keepApart: Step = {
  name: 'keep-apart',
  run({ body }) {
    const standAlone = createStandAlone()
    walk(body, element => {
      if (element.tagName === 'pre') endCodeLines(element)
      if (AS_IT_IS.has(element.tagName)) return false
      if (element.childNodes.length > 1) {
        joinPairs(element)
        joinDivided(element)
        joinPrice(element)
        keepChildrenApart(element, standAlone)
      }
      return true
    })
  }
}
