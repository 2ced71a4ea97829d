import type { Block } from '../content/blocks.js'
import { PRICE } from '../content/columns.js'
import { countWords } from '../content/words.js'
import { wordsIn, type Content } from '../content/content.js'
import { wordOf } from '../forms/button-words.js'
import { typeOf } from '../forms/controls.js'
import type { PageContext } from '../step.js'
import type { MainPart } from './main-part.js'
import { isInPraise } from './others.js'
import { isProse } from './text-from.js'
import {
  append,
  attribute,
  closest,
  contains,
  createElement,
  createText,
  elements,
  insertAfter,
  insertBefore,
  isBlank,
  isElement,
  isText,
  textsIn,
  type Element,
  type Node,
  type Parent,
  type Text
} from '../tree/tree.js'

/** The ID that the line in the place of a form leads to. */
const ORDER_ID = 'retrograde-order'
/** A form with fewer words, those to choose from with them, stands in nobody's way. Words. */
const LEAST_WORDS = 25
/** What forms for an order are called, in the languages of the largest shops. */
const ORDER = /cart\b|basket|checkout|warenkorb|panier|carrito|carrello|winkelwagen|koszyk/i
/** Their field for the number of pieces */
const QUANTITY = /quantity|qty|quantité|menge|cantidad/i
/** A price with more words beside it is a part of a sentence. Words. */
const PRICE_WORDS = 8
/** More of a description before the form is enough, and what is farther behind it is none. Words, blocks. */
const MOST_BEFORE = 80
const WITHIN = 24
/** A button with more letters does not say what the form is for in a few words. Letters. */
const BUTTON_LETTERS = 30

const SENT = /^(submit|image|button)$/
const UNSEEN = /^(hidden|reset)$/
/** These hold nothing but rows and cells. */
const ROWS = new Set(['tr', 'tbody', 'thead', 'tfoot', 'caption', 'colgroup'])
/** What comes behind these stands in them. */
const PARTS = new Set(['td', 'th', 'li', 'dt', 'dd'])

/** What stands in a page around the forms of an order. */
interface Around {
  readonly content: Content
  readonly body: Element
}

const isForm = ({ tagName }: Element): boolean => tagName === 'form'

const NAMING = new Set(['id', 'class', 'action', 'name'])

/** Whether a form orders something: it is called so, or asks how many. */
function isOrder(form: Element): boolean {
  return (
    form.attrs.some(({ name, value }) => NAMING.has(name) && ORDER.test(value)) ||
    elements(form, 'input', 'select').some(field => QUANTITY.test(attribute(field, 'name') ?? ''))
  )
}

/** What presses a form, and how many fields it has. */
function nameOf(form: Element): string {
  const controls = elements(form, 'input', 'select', 'textarea', 'button')
  const word = controls
    .filter(control => control.tagName === 'button' || SENT.test(typeOf(control)))
    .map(wordOf)
    .find(words => words.length > 2 && words.length <= BUTTON_LETTERS)
  const shown = controls.filter(
    control => control.tagName !== 'button' && !SENT.test(typeOf(control)) && !UNSEEN.test(typeOf(control))
  )
  const fields = new Set(shown.map(field => attribute(field, 'name') ?? field)).size
  return `${word ?? 'Order form'} (${fields} ${fields === 1 ? 'field' : 'fields'})`
}

const isChosenFrom = ({ texts }: Block): boolean => texts[0] !== undefined && closest(texts[0], 'select') !== undefined

/** The price that stands in a form, if none stands before it. */
function priceIn(blocks: readonly Block[], form: Element): string {
  const price = blocks.find(block => block.words <= PRICE_WORDS && PRICE.test(block.text) && !isChosenFrom(block))
  const [text] = price?.texts ?? []
  return text !== undefined && closest(text, 'form') === form ? price!.text.replace(/\s+/g, ' ').trim() : ''
}

/** Whether a node is content, or nothing that could stand alone. What holds a form is more, such as reviews. */
function continues(node: Node, content: ReadonlySet<Text>): boolean {
  if (isText(node)) return true
  if (!isElement(node)) return false
  return node.tagName === 'br' || (!contains(node, isForm) && textsIn(node).some(text => content.has(text)))
}

/** The node behind which a form stands that stood before a text: the text, and what goes on with it beside it. */
function endOf(text: Text, form: Element, content: ReadonlySet<Text>): Node {
  const around = new Set<Parent>()
  for (let at: Node = form; at.parentNode !== null;) {
    around.add(at.parentNode)
    if (!isElement(at.parentNode)) break
    at = at.parentNode
  }
  let end: Node = text
  while (end.parentNode !== null && isElement(end.parentNode) && !around.has(end.parentNode)) end = end.parentNode
  if (isElement(end) && ROWS.has(end.tagName)) return closest(end, 'table') ?? end
  if (isElement(end) && PARTS.has(end.tagName)) return end
  const siblings = end.parentNode?.childNodes ?? []
  for (let at = siblings.indexOf(end) + 1; at < siblings.length && continues(siblings[at]!, content); at++)
    if (!isBlank(siblings[at]!)) end = siblings[at]!
  return end
}

/** Where a form stands among the blocks of a page: those in it, from `first` up to, and without, `end`. */
interface Place {
  readonly form: Element
  readonly first: number
  readonly end: number
}

/** The forms in which something stands, and nothing else than from one block on. */
function placesOf(forms: readonly Element[], blocks: readonly Block[], from: number): Place[] {
  if (forms.length === 0) return []
  const places = new Map<Text, number>()
  blocks.forEach(({ texts }, at) => {
    for (const text of texts) places.set(text, at)
  })
  return forms.flatMap(form => {
    const texts = textsIn(form)
    const at = texts.map(text => places.get(text)).filter(place => place !== undefined)
    const first = at.reduce((least, place) => Math.min(least, place), Infinity)
    const last = at.reduce((most, place) => Math.max(most, place), -1)
    const words = texts.reduce((sum, { value }) => sum + countWords(value), 0)
    return words >= LEAST_WORDS && at.length > 0 && first >= from ? [{ form, first, end: last + 1 }] : []
  })
}

/** The description behind a form, if little of one stands before it. */
function descriptionBehind({ first, end }: Place, title: number, { survey, chosen }: Content): Text | undefined {
  const { blocks } = survey
  const isText = (block: Block): boolean => chosen.has(block) && isProse(block) && !isInPraise(block)
  if (wordsIn(blocks.slice(title + 1, first).filter(isText)) > MOST_BEFORE) return undefined
  return blocks.slice(end, end + WITHIN).find(isText)?.texts[0]
}

/**
 * Moves a form to order what a page describes behind the description, if much is to be chosen in it: a link stands in
 * its place, with the price that nothing else has said before.
 */
export function moveOrderForms(
  { opening: { title } }: MainPart,
  around: Around,
  { url }: Pick<PageContext, 'url'>
): void {
  const { content, body } = around
  const { blocks } = content.survey
  const [place] = placesOf(elements(body, 'form').filter(isOrder), blocks, title + 1)
  const text = place && descriptionBehind(place, title, content)
  if (place === undefined || text === undefined) return
  const { form, end } = place
  const address = new URL(url.href)
  address.hash = ORDER_ID
  const price = priceIn(blocks.slice(title + 1, end), form)
  const link = createElement('a', { href: address.href }, createText(nameOf(form)))
  insertBefore(createElement('div', {}, ...(price === '' ? [] : [createText(`${price} `)]), link), form)
  const last = endOf(text, form, new Set([...content.chosen].flatMap(({ texts }) => texts)))
  const block = createElement('div', { id: ORDER_ID })
  if (isElement(last) && PARTS.has(last.tagName)) append(last, block)
  else insertAfter(block, last)
  append(block, form)
}
