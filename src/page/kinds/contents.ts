import { decodePercent } from '../../bytes/decode-percent.js'
import {
  attribute,
  closest,
  createElement,
  createText,
  elements,
  plainText,
  prepend,
  type Element
} from '../tree/tree.js'
import { likelihoodIn } from '../content/content.js'
import { isHandbook } from '../paging/handbook.js'
import type { Kind, Subject } from './kind.js'

/** So many places of one page are its contents. */
const LEAST_PLACES = 3
/** Of more, those of the first level are enough. */
const MOST_PLACES = 15
/** Nobody reads more of them. Places. */
const MOST_SHOWN = 100

/** A list that is so likely a part of the page is there already. Mean likelihood. */
const SHOWN = 0.4

interface Place {
  readonly id: string
  readonly text: string
}

/** The places that a list of links leads to, all of them in its own page; undefined for any other list. */
function placesIn(list: Element): Place[] | undefined {
  const links = elements(list, 'a').filter(link => attribute(link, 'href') !== undefined)
  if (links.length < LEAST_PLACES || !links.every(link => /^#./.test(attribute(link, 'href')!))) return undefined
  const outer = links.filter(link => closest(link, 'ul', 'ol') === list)
  const places = (links.length > MOST_PLACES && outer.length >= LEAST_PLACES ? outer : links).map(link => ({
    id: decodePercent(attribute(link, 'href')!.slice(1)),
    text: plainText(link)
  }))
  return places.filter(({ text }) => text !== '')
}

/** The list of the places of a page that is not shown as a part of it. */
function placesOf({ page, content }: Subject): Place[] {
  for (const list of elements(page.body, 'ul', 'ol')) {
    if (likelihoodIn(list, content).mean >= SHOWN) continue
    const places = placesIn(list)
    if (places !== undefined) return places
  }
  return []
}

/** Documentation: its contents above it, if the page has a list of its places. */
export const documentation: Kind = subject => {
  const { url, page } = subject
  if (!isHandbook(page.body, url)) return undefined
  const places = placesOf(subject)
  return article => {
    const ids = new Set(
      elements(article.content).flatMap(element => [attribute(element, 'id'), attribute(element, 'name')])
    )
    const found = places.filter(({ id }) => ids.has(id)).slice(0, MOST_SHOWN)
    if (found.length < LEAST_PLACES) return article
    const links = found.flatMap(({ id, text }, at) => [
      createText(at === 0 ? ' ' : ' | '),
      createElement('a', { href: `#${id}` }, createText(text))
    ])
    prepend(article.content, createElement('p', {}, createElement('b', {}, createText('Contents:')), ...links))
    return article
  }
}
