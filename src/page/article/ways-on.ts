import { cutAtWord } from '../../bytes/cut-at-word.js'
import { clientAddress, resolve } from '../addresses/address.js'
import { archiveAddress } from '../addresses/archive-address.js'
import type { Page, PageContext } from '../step.js'
import { createElement, createText, type Element, type Node } from '../tree/tree.js'

/** Further feeds are left out: sites announce those of all their sections, or each in three formats. */
const MOST_FEEDS = 3
/** A longer name of a feed is cut at a word. Characters. */
const FEED_NAME = 30

/** A link with a text. */
export function link(href: string, text: string): Element {
  return createElement('a', { href }, createText(text))
}

/** Joins those that are not empty with bars between them. */
export const joined = (parts: ReadonlyArray<readonly Node[]>): Node[] =>
  parts.filter(part => part.length > 0).flatMap((part, at) => (at === 0 ? part : [createText(' | '), ...part]))

/** A link to the newest copy in the Internet Archive; nothing where there is none. */
export function archiveLink(url: URL, context: PageContext): Node[] {
  const address = archiveAddress(url, context)
  return address === undefined ? [] : [link(address, 'Archive copy')]
}

/** Feeds: News, Sport */
export function feedLinks({ announced }: Pick<Page, 'announced'>, context: PageContext): Node[] {
  // The same feed in several formats has one name.
  const feeds = new Map<string, string>()
  for (const { kind, href, title } of announced) {
    const url = kind === 'feed' && feeds.size < MOST_FEEDS ? resolve(href, context) : undefined
    const address = url === undefined || !/^https?:$/.test(url.protocol) ? undefined : clientAddress(url, context)
    const name = cutAtWord(title, FEED_NAME) || 'Feed'
    if (address !== undefined && !feeds.has(name)) feeds.set(name, address)
  }
  return [...feeds].flatMap(([name, address], at) => [createText(at === 0 ? 'Feeds: ' : ', '), link(address, name)])
}
