import { parse } from '../tree/parse.js'
import { bodyOf, createElement, createParent, createText, textOf, type Element } from '../tree/tree.js'

/** Elements of an article whose text is HTML. */
const MOST_ELEMENTS = 20_000
/** A text without line breaks is cut into paragraphs of at least so many characters, after a sentence. */
const PARAGRAPH_CHARACTERS = 400

/** HTML begins so somewhere; < alone may be mathematics. */
const MARKUP = /<(p|br|a|div|b|i|strong|em|h[1-6]|ul|ol|figure|span)[\s/>]/i

/** References (&amp;quot;) decoded: many sites escape the text of their JSON-LD once more. */
export const unescaped = (text: string): string =>
  /&(#\d+|#x[\da-f]+|\w+);/i.test(text) ? textOf(parse(text.replaceAll('<', '&lt;'), MOST_ELEMENTS).document) : text

function paragraphsOf(text: string): string[] {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  if (lines.length > 1 || text.length < 2 * PARAGRAPH_CHARACTERS) return lines
  const paragraphs = ['']
  for (const sentence of text.split(/(?<=[.!?…]["”’»)]?)\s+(?=\S)/)) {
    if (paragraphs.at(-1)!.length >= PARAGRAPH_CHARACTERS) paragraphs.push(sentence)
    else paragraphs[paragraphs.length - 1] = `${paragraphs.at(-1)!} ${sentence}`.trim()
  }
  return paragraphs
}

/** The text of data, plain or HTML, as elements. */
export function contentOf(body: string): Element {
  const html = MARKUP.test(body) ? body : unescaped(body)
  if (!MARKUP.test(html))
    return createParent(
      'div',
      paragraphsOf(html).map(line => createElement('p', {}, createText(line)))
    )
  return createParent('div', bodyOf(parse(html, MOST_ELEMENTS).document)?.childNodes ?? [])
}
