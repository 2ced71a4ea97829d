import { reachOf } from '../css/media.js'
import { linkedSheet } from '../tree/sheets.js'
import { tagAttributes } from './tag-attributes.js'

/** Style sheets are linked in the head: only the beginning of a page is searched. Bytes. */
const HEAD_BYTES = 64 * 1024

/** Longer tags are cut. Characters. */
const TAG_CHARACTERS = 2000
/** LINK elements that are read; about four of the sheets are fetched. */
const MOST_LINKS = 200

const LINK = /<(link|base)(?=[\s/])/gi

/** Hosts that serve only fonts. */
const FONTS =
  /^(fonts\.(googleapis|gstatic|bunny)\.(com|net)|use\.typekit\.net|use\.fontawesome\.com|kit\.fontawesome\.com)$/

/**
 * Removes comments, which hold sheets for Internet Explorer. It takes one pass: a regular expression would go back for
 * each comment without an end.
 */
function withoutComments(markup: string): string {
  let open = false
  return markup
    .split('<!--')
    .map((piece, at) => {
      const end = at === 0 && !open ? 0 : piece.indexOf('-->')
      open = end < 0
      return open ? '' : piece.slice(end)
    })
    .join('')
}

/** The LINK and BASE elements of the head of a page. */
function* linkTags(text: string): Generator<{ name: string; attributes: Map<string, string> }> {
  const markup = withoutComments(text)
  const tags = new RegExp(LINK)
  for (let match = tags.exec(markup); match !== null; match = tags.exec(markup)) {
    const [, name = ''] = match
    const { attributes, end } = tagAttributes(markup, tags.lastIndex, TAG_CHARACTERS)
    tags.lastIndex = end
    yield { name: name.toLowerCase(), attributes }
  }
}

/**
 * The addresses of the style sheets in the head of a page, those for the screen before those for paper. They are found
 * without parsing, so that they can be fetched before the page is converted.
 *
 * @param isWhole whether all of the page is there; if not, only those that are the first ones whatever is still to come
 */
export function sheetLinks(bytes: Buffer, url: URL, isWhole = true): string[] {
  const head = bytes.toString('latin1', 0, HEAD_BYTES)
  // The last tag may end in the midst of an address.
  const text = isWhole ? head : head.slice(0, head.lastIndexOf('>') + 1)
  let base = url.href
  const links: Array<{ address: string; print: boolean }> = []
  for (const { name, attributes } of linkTags(text)) {
    const href = attributes.get('href')
    if (name === 'base') {
      if (href !== undefined && URL.canParse(href, url.href)) base = new URL(href, url.href).href
      continue
    }
    if (links.length >= MOST_LINKS) break
    const sheet = linkedSheet([...attributes].map(([name, value]) => ({ name, value })))
    if (sheet === undefined || !URL.canParse(sheet.href, base)) continue
    const reach = reachOf(sheet.media)
    const address = new URL(sheet.href, base)
    if ((reach.screen || reach.print) && /^https?:$/.test(address.protocol) && !FONTS.test(address.hostname))
      links.push({ address: address.href, print: !reach.screen })
  }
  const onScreen = links.filter(({ print }) => !print)
  const onPaper = isWhole ? links.filter(({ print }) => print) : []
  return [...new Set([...onScreen, ...onPaper].map(({ address }) => address))]
}
