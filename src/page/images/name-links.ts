import { decodePercent } from '../../bytes/decode-percent.js'
import { inOneLine } from '../content/words.js'
import type { Page, Pictured } from '../step.js'
import { isNamed } from './icon.js'
import { hasText } from '../tree/holders.js'
import { append, attribute, contains, createText, elements, type Element } from '../tree/tree.js'

/** Names that sites make by themselves are longer than what people call a page. Characters. */
const NAME_CHARACTERS = 60
/** What people call a page or a picture, and not its number or key. */
const WORD = /^\p{L}[\p{L} _.-]{1,29}$/u

/** The last part of the path of an address, without its ending. */
export function lastOf(address: string): string {
  const [path = ''] = address.replace(/^[a-z]+:\/\/[^/]*/i, '').split(/[?#]/, 1)
  const last = path.split('/').findLast(part => part !== '') ?? ''
  return decodePercent(last).replace(/\.[a-z]\w{1,4}$/i, '')
}

const hostOf = (address: string): string | undefined => /^[a-z]+:\/\/(?:www\.)?([^/?#]+)/i.exec(address)?.[1]

/** What an address says of the page that it leads to: another site is named; the file of a picture may say more. */
function nameIn(address: string, picture: string, { href }: URL): string {
  const host = hostOf(address)
  if (host !== undefined && host !== hostOf(href)) return host
  const names = [lastOf(address), lastOf(picture)].filter(name => name !== '')
  return names.find(name => WORD.test(name)) ?? names[0] ?? host ?? address
}

const SHOWN = new Set(['img', 'input', 'embed', 'applet'])
const shows = (element: Element): boolean => SHOWN.has(element.tagName)

const PICTURES = ['img', 'amp-img', 'svg']

/** The links of a page that show a picture and no words. */
export function picturedLinks(body: Element): Pictured {
  const links = elements(body, 'a').filter(link => attribute(link, 'href') !== undefined && !hasText(link))
  return new Map(
    links.flatMap(link => {
      const pictures = elements(link, ...PICTURES)
      const said = [link, ...pictures].flatMap(element =>
        ['aria-label', 'alt', 'title'].map(name => inOneLine(attribute(element, name) ?? ''))
      )
      const file = attribute(pictures[0] ?? link, 'src') ?? ''
      // Fonts of icons have their pictures in style sheets.
      const drawn = pictures.length > 0 || [link, ...elements(link)].some(isNamed)
      return !drawn ? [] : [[link, { called: said.find(name => name !== '') ?? '', file }] as const]
    })
  )
}

const isShown = (link: Element): boolean => hasText(link) || contains(link, shows)

/**
 * Gives links whose pictures have all gone a name in words: without one nobody would see them. Where another link leads
 * to the same address, that one is enough.
 */
export function nameLinks({ body, pictured = new Map() }: Pick<Page, 'body' | 'pictured'>, url: URL): void {
  const mute = [...pictured.keys()].filter(link => attribute(link, 'href') !== undefined && !isShown(link))
  if (mute.length === 0) return
  const led = new Set(
    elements(body, 'a')
      .filter(isShown)
      .map(link => attribute(link, 'href'))
  )
  for (const link of mute) {
    const href = attribute(link, 'href') ?? ''
    if (led.has(href)) continue
    led.add(href)
    const { called, file } = pictured.get(link) ?? { called: '', file: '' }
    append(link, createText(`[${(called === '' ? nameIn(href, file, url) : called).slice(0, NAME_CHARACTERS)}]`))
  }
}
