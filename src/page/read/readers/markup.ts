/** Text as HTML, not within quotes. */
const escapedText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Text as HTML. */
export const escaped = (text: string): string => escapedText(text).replaceAll('"', '&quot;')

/** Addresses in a text beyond so many stay text: a page has so many elements at most (maxElements). Links. */
const MOST_LINKS = 2000

/** Text as HTML whose addresses can be clicked: nobody types them again on an old machine. */
export function linked(text: string): string {
  let html = ''
  let from = 0
  let links = 0
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"'`\\^{|}\u0080-\uFFFF]+/gi)) {
    if (++links > MOST_LINKS) break
    // The point or bracket behind an address belongs to the sentence.
    const address = match[0].replace(/(?<![.,;:!?)\]*])[.,;:!?)\]*]+$/, '')
    html += `${escapedText(text.slice(from, match.index))}<a href="${escaped(address)}">${escaped(address)}</a>`
    from = match.index + address.length
  }
  return html + escapedText(text.slice(from))
}

/** A document of one block that keeps its lines. The parser drops the first line feed of a PRE. */
export const preformatted = (title: string, html: string): string =>
  `<title>${escaped(title)}</title><pre>\n${html}</pre>`
