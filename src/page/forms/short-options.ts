import { cutText } from '../../bytes/cut-text.js'
import { append, attribute, createText, elements, plainText, setAttribute, type Element } from '../tree/tree.js'

/** The arrow of a list of choices, its border and the margins of the page. Letters. */
const ARROW = 4
/** A screen of so many letters is that of a browser that scrolls to the side. Letters. */
const LEAST_SCROLLED = 80
/** The end of a choice that begins like another one: "Western (DOS...tates)". Letters. */
const END = 6

/** The beginnings of texts, or their ends as well where the beginnings would be the same. */
function shortened(texts: readonly string[], most: number): string[] {
  const cut = texts.map(text => cutText(text, most))
  const times = new Map<string, number>()
  for (const text of cut) times.set(text, (times.get(text) ?? 0) + 1)
  return texts.map((text, at) => {
    const short = cut[at]!
    return text.length <= most || times.get(short) === 1 ? short : `${cutText(text, most - END)}${text.slice(-END)}`
  })
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
