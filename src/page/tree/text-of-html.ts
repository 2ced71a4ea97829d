import { parse } from './parse.js'
import { bodyOf, plainText } from './tree.js'

/**
 * The text of a piece of HTML in one line.
 * @throws Failure TOO_LARGE past maxElements.
 */
export function textOfHtml(html: string, maxElements: number): string {
  if (!/[<&]/.test(html)) return html.replace(/\s+/g, ' ').trim()
  const body = bodyOf(parse(html, maxElements).document)
  return body === undefined ? '' : plainText(body)
}
