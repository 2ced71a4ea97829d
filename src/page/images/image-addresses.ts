/** Images whose addresses are told; a browser of the time takes a minute for as many. */
const MOST_IMAGES = 24

/** A tag as the writer has written it, up to an angle bracket, which stands in no address. */
const IMAGE = /<IMG ([^<>]*)/g
const SOURCE = /SRC="([^"]*)"/

/** The addresses of the first images of a page, in HTML as the writer has written it. */
export function imageAddresses(html: string): string[] {
  const found: string[] = []
  for (const [, tag = ''] of html.matchAll(IMAGE)) {
    const address = SOURCE.exec(tag)?.[1]
    if (address !== undefined) found.push(address.replaceAll('&amp;', '&'))
    if (found.length === MOST_IMAGES) break
  }
  return found
}
