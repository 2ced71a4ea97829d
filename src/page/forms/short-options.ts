import { cutText } from '../../bytes/cut-text.js'
import { append, attribute, createText, elements, plainText, setAttribute, type Element } from '../tree/tree.js'

/** The arrow of a list of choices, its border and the margins of the page. Letters. */
const ARROW = 4
/** A screen of so many letters is that of a browser that scrolls to the side. Letters. */
const LEAST_SCROLLED = 80
/** The end of a choice that begins like another one: "Western (DOS...tates)". Letters. */
const END = 6

/** The last letters of a text, without half a character. */
const endOf = (text: string): string => text.slice(-END).replace(/^[\uDC00-\uDFFF]/, '')

/** Where the first word stands that is not the same in all of some texts. Characters from the beginning. */
function firstDifference(texts: readonly string[]): number {
  const [first = '', ...others] = texts
  let same = first.length
  for (const text of others) {
    let at = 0
    while (at < same && text[at] === first[at]) at++
    same = at
  }
  return first.lastIndexOf(' ', same) + 1
}

/** Shortens a text, knowing where it begins to differ from those that look like it. */
type Way = (text: string, difference: number) => string

/** Short forms of texts, in another way where several texts have the same one. */
function toldApart(texts: readonly string[], short: readonly string[], way: Way): string[] {
  const alike = new Map<string, Set<string>>()
  for (const [at, text] of texts.entries()) alike.set(short[at]!, (alike.get(short[at]!) ?? new Set()).add(text))
  const differences = new Map<string, number>()
  for (const [form, all] of alike) if (all.size > 1) differences.set(form, firstDifference([...all]))
  return texts.map((text, at) => {
    const form = short[at]!
    const difference = differences.get(form)
    return difference === undefined || form === text ? form : way(text, difference)
  })
}

/**
 * The beginnings of texts; where those would be the same, with their ends; where these are as well, with what stands
 * between.
 */
function shortened(texts: readonly string[], most: number): string[] {
  const cut = texts.map(text => cutText(text, most))
  const ended = toldApart(texts, cut, text => `${cutText(text, most - END)}${endOf(text)}`)
  return toldApart(texts, ended, (text, difference) => cutText(`${cutText(text, END)}${text.slice(difference)}`, most))
}

/**
 * Cuts the choices of a list that would be wider than the screen: browsers draw a list as wide as its longest choice,
 * and what stands beyond the edge of a Palm is never seen. A choice without a value sends its whole text as before.
 */
export function shortenOptions(select: Element, columns: number): void {
  if (columns >= LEAST_SCROLLED) return
  const most = columns - ARROW
  const options = elements(select, 'option')
  const texts = options.map(plainText)
  if (texts.every(text => text.length <= most)) return
  for (const [at, short] of shortened(texts, most).entries()) {
    const option = options[at]!
    const text = texts[at]!
    if (short === text) continue
    if (attribute(option, 'value') === undefined) setAttribute(option, 'value', text)
    option.childNodes = []
    append(option, createText(short))
  }
}
