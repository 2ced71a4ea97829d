/** Images whose addresses are told; a browser of the time takes a minute for as many. */
const MOST_IMAGES = 24

/** The addresses of the first images of a page, in HTML as the writer has written it. */
export function imageAddresses(html: string): string[] {
  const found: string[] = []
  for (const [, address = ''] of html.matchAll(/<IMG(?: [A-Z]+(?:=(?:"[^"]*"|[^ ">]+))?)*? SRC="([^"]*)"/g)) {
    found.push(address.replaceAll('&amp;', '&'))
    if (found.length === MOST_IMAGES) break
  }
  return found
}
