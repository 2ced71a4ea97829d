import { sizeText } from '../write/size-text.js'
import { clientAddress, resolve, writtenAddress } from '../addresses/address.js'
import type { Page, PageContext, Step } from '../step.js'
import {
  append,
  createElement,
  createText,
  attribute,
  isElement,
  prepend,
  type Element,
  type Node
} from '../tree/tree.js'

const MARK = 'data-source-line'

/** Further feeds are left out: sites announce those of all their sections, or each in three formats. */
const MOST_FEEDS = 3
/** A longer name of a feed is cut at a word. Characters. */
const FEED_NAME = 30

function link(href: string, text: string): Element {
  return createElement('a', { href }, createText(text))
}

/** Article images: [1] [2] */
function imageLinks(images: readonly string[]): Node[] {
  return images.length === 0
    ? []
    : [
        createText('Article images:'),
        ...images.flatMap((address, at) => [createText(' '), link(address, `[${at + 1}]`)])
      ]
}

/** The host of the Wayback Machine; /web/ADDRESS leads to the newest copy. */
const ARCHIVE_HOST = 'web.archive.org'

/** A link to the newest copy in the Internet Archive; nothing for a page that is from there. */
function archiveLink(url: URL, { gateway, choices }: PageContext): Node[] {
  if (choices.archiveLink !== 'on' || url.hostname === ARCHIVE_HOST) return []
  return [link(`${gateway}http://${ARCHIVE_HOST}/web/${writtenAddress(url, { gateway: '' })}`, 'Archive copy')]
}

/** Feeds: News, Sport */
function feedLinks({ announced }: Page, context: PageContext): Node[] {
  if (context.choices.feedLinks !== 'on') return []
  // The same feed in several formats has one name.
  const feeds = new Map<string, string>()
  for (const { kind, href, title } of announced) {
    const url = kind === 'feed' && feeds.size < MOST_FEEDS ? resolve(href, context) : undefined
    const address = url === undefined || !/^https?:$/.test(url.protocol) ? undefined : clientAddress(url, context)
    const name =
      title.length <= FEED_NAME ? title || 'Feed' : `${title.slice(0, FEED_NAME).replace(/(?<!\s)\s+\S*$/, '')}...`
    if (address !== undefined && !feeds.has(name)) feeds.set(name, address)
  }
  return [...feeds].flatMap(([name, address], at) => [createText(at === 0 ? 'Feeds: ' : ', '), link(address, name)])
}

/** fetched 312 KB in 4 requests, sent 9 KB */
const figures = ({ choices, originBytes, requests, sentMark }: PageContext): Node[] =>
  choices.figures === 'on'
    ? [
        createText(
          `fetched ${sizeText(originBytes)} in ${requests} ${requests === 1 ? 'request' : 'requests'}, sent ${sentMark}`
        )
      ]
    : []

/** Joins those that are not empty with bars between them. */
const joined = (parts: ReadonlyArray<readonly Node[]>): Node[] =>
  parts.filter(part => part.length > 0).flatMap((part, at) => (at === 0 ? part : [createText(' | '), ...part]))

function sourceNodes(images: readonly string[], context: PageContext): Node[] {
  const url = context.formOf ?? context.url
  return joined([
    [link(writtenAddress(url, context), 'Original source'), createText(' (on modern site)')],
    archiveLink(url, context),
    imageLinks(images)
  ])
}

function lineOf(page: Page, context: PageContext): Node[] {
  const real = writtenAddress(context.url, context)
  return joined([
    sourceNodes(page.images, context),
    [link(`${context.portal}/read?url=${real.slice(context.gateway.length + 'http://'.length)}`, 'Reader view')],
    [link(`${context.portal}/settings`, 'Looks wrong?')],
    feedLinks(page, context),
    figures(context)
  ])
}

const small = (nodes: readonly Node[], { profile }: PageContext): Element =>
  createElement(profile.elements.SMALL === undefined ? 'span' : 'small', {}, ...nodes)

/**
 * Adds a line like that of 68k.news: the source of the page, its images, other views, its feeds, sizes. An article that
 * is shown alone has the source below its title, without the rest.
 */
export const addSourceLine: Step = {
  name: 'add-source-line',
  run(page, context) {
    const { sourceLine, images, body } = page
    if (sourceLine !== undefined) {
      if (sourceLine.childNodes.length === 0) append(sourceLine, small(sourceNodes(images, context), context))
      return
    }
    if (
      context.choices.originalSource === 'off' ||
      body.childNodes.some(node => isElement(node) && attribute(node, MARK) !== undefined)
    )
      return
    const line = createElement('p', { [MARK]: '' }, small(lineOf(page, context), context))
    if (context.choices.originalSource === 'bottom') {
      append(body, createElement('hr'))
      append(body, line)
    } else {
      prepend(body, createElement('hr'))
      prepend(body, line)
    }
  }
}
