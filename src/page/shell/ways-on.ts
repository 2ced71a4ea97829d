import { decodePercent } from '../../bytes/decode-percent.js'
import { clientAddress, resolve } from '../addresses/address.js'
import { searchAddress } from '../addresses/search-address.js'
import { viewAddress } from '../addresses/view-address.js'
import { otherForm } from '../article/other-form.js'
import { archiveLink, feedLinks, joined, link } from '../article/ways-on.js'
import type { Page, PageContext } from '../step.js'
import { scriptedAddress } from '../read/scripted-address.js'
import { createElement, createText, type Element, type Node } from '../tree/tree.js'

/** Longer questions find nothing. Characters. */
const WORDS_CHARACTERS = 120

/** The words in the last part of an address that has some: its title, on most sites. */
function wordsInAddress({ pathname, host }: URL): string {
  const parts = decodePercent(pathname)
    .split('/')
    .map(part =>
      part
        .replace(/\.\w{2,5}$/, '')
        .replace(/[-_+.~\s]+/g, ' ')
        .trim()
    )
  const named = parts.filter(part => /\p{L}{3}/u.test(part) && part.includes(' ')).at(-1) ?? ''
  return named === '' ? host.replace(/^www\./, '') : named
}

/** What to look for: the title of a page, or what its address says where the title is of what stands before it. */
function wordsOf({ title, lack }: Page, url: URL): string {
  const words = lack?.kind === 'shell' && title !== url.host ? title : wordsInAddress(url)
  return words.replace(/\s+/g, ' ').trim().slice(0, WORDS_CHARACTERS)
}

function otherFormLink({ announced }: Page, context: PageContext): Node[] {
  const other = context.formOf === undefined ? otherForm(announced, context) : undefined
  const address = other === undefined ? undefined : clientAddress(new URL(other), context)
  return address === undefined ? [] : [link(address, 'Another form of this page')]
}

/** Where the scripts of a page that is nothing without them go on to. */
function scriptedWay({ scripts, lack }: Page, context: PageContext): Node[] {
  const to = lack?.kind === 'shell' && !lack.found ? scriptedAddress(scripts) : undefined
  const url = to === undefined ? undefined : resolve(to, context)
  const address = url === undefined ? undefined : clientAddress(url, context)
  return url === undefined || address === undefined ? [] : [link(address, `${url.host}${url.pathname}`)]
}

/** Ways to what a page does not show: those that exist, in one line. Undefined if there are none. */
export function waysOn(page: Page, context: PageContext, hasArticle: boolean): Element | undefined {
  const url = context.formOf ?? context.url
  const { portal } = context
  const words = wordsOf(page, url)
  const nodes = joined([
    scriptedWay(page, context),
    hasArticle ? [link(viewAddress(context, 'read'), 'Reader view')] : [],
    archiveLink(url, context),
    otherFormLink(page, context),
    feedLinks(page, context),
    /\p{L}/u.test(words) ? [link(searchAddress(portal, words), 'Search for it')] : []
  ])
  return nodes.length === 0 ? undefined : createElement('p', {}, createText('Ways on: '), ...nodes)
}
