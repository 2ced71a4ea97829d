import type { Region } from '../content/blocks.js'
import type { Tally } from '../menus/menus.js'
import { holdersOfElements } from '../tree/holders.js'
import { classAndId, contains, type Element, type Parent } from '../tree/tree.js'

/** Names that publishing systems give to who has written a page, and when. */
const NAMED =
  /(^|[-_\s])(byline|dateline|entry-meta|post-meta|article-meta|posted-on|(post|entry|pub|publish|article)-?date|post-info|entry-author)([-_\s]|$)/i
/** Boxes that may hold such words of other pages. */
const OF_OTHERS = /related|recommend|promo|advert|sponsor|(^|[-_\s])(nav|menu|most|latest|popular|next|prev)/i
/** A longer text is more than that. Letters, words. */
const MOST_LETTERS = 300
const MOST_WORDS = 60

const PROPERTY = /^(author|datePublished|dateModified)$/

function isAuthor({ tagName, attrs }: Element): boolean {
  if (tagName === 'time') return true
  for (const { name, value } of attrs) {
    if (name === 'rel' && value === 'author') return true
    if (name === 'itemprop' && PROPERTY.test(value)) return true
    if (name === 'class' && NAMED.test(value)) return true
  }
  return false
}

const isOfOthers = (element: Element): boolean => OF_OTHERS.test(classAndId(element))

/** Whether an element says who has written the page, or when, and little besides. */
export const tellsWho = (element: Element, { letters }: Tally): boolean =>
  letters > 0 && letters <= MOST_LETTERS && !isOfOthers(element) && (isAuthor(element) || contains(element, isAuthor))

/** The same for the regions of a page, in one walk for all of them, once one is asked for. */
export function regionsThatTellWho(body: Element): (region: Region) => boolean {
  let holders: ReadonlySet<Parent> | undefined
  const holdsAuthor = (element: Element): boolean => (holders ??= holdersOfElements(body, isAuthor)).has(element)
  return ({ element, words }) =>
    words > 0 && words <= MOST_WORDS && (isAuthor(element) || holdsAuthor(element)) && !isOfOthers(element)
}
