/** Escapes text for content, not for attribute values. */
const escapedText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Escapes text for content and for attribute values. */
export const escaped = (text: string): string => escapedText(text).replaceAll('"', '&quot;')

/** Further addresses in a text become no links: the elements of a page are limited (maxElements). Links. */
const MOST_LINKS = 2000

/** Escapes text and makes links of its addresses: nobody types them again on an old machine. */
export function linked(text: string): string {
  let html = ''
  let from = 0
  let links = 0
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"'`\\^{|}\u0080-\uFFFF]+/gi)) {
    if (++links > MOST_LINKS) break
    // A full stop or bracket after an address belongs to the sentence.
    const address = match[0].replace(/(?<![.,;:!?)\]*])[.,;:!?)\]*]+$/, '')
    html += `${escapedText(text.slice(from, match.index))}<a href="${escaped(address)}">${escaped(address)}</a>`
    from = match.index + address.length
  }
  return html + escapedText(text.slice(from))
}

/** A document of one PRE, of which the parser drops the first line feed. */
export const preformatted = (title: string, html: string): string =>
  `<title>${escaped(title)}</title><pre>\n${html}</pre>`
