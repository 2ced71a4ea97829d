import { cutAtWord } from '../../../bytes/cut-at-word.js'
import { serialize } from 'parse5'
import { dateText } from '../date-text.js'
import { parse } from '../../tree/parse.js'
import type { Source } from '../source.js'
import { textOfHtml } from '../../tree/text-of-html.js'
import { bodyOf, elements, type Element } from '../../tree/tree.js'
import { parseFeed, within, type Feed, type FeedItem, type FeedText } from './feed-items.js'
import { escaped } from './markup.js'

/** Feeds have ten to fifty items; archives of podcasts have thousands. Items. */
const MOST_ITEMS = 200
/** One item may be an article. Elements. */
const ITEM_ELEMENTS = 5000
/** The beginning of an item is its title if it has none. Characters. */
const TITLE_CHARACTERS = 60

/** Puts the base of an item before its relative addresses: the page of all items has that of the feed. */
function rebase(body: Element, base: string): void {
  for (const element of elements(body, 'a', 'img'))
    for (const attr of element.attrs) if (['href', 'src'].includes(attr.name)) attr.value = within(base, attr.value)
}

/**
 * The HTML of one item with all its elements closed, so that it ends where the item ends; empty if it has too many
 * elements.
 */
function closedHtml(text: FeedText, base = ''): string {
  if (!text.html) return escaped(text.value).replace(/\n/g, '<br>')
  try {
    const body = bodyOf(parse(text.value, ITEM_ELEMENTS).document)
    if (body === undefined) return ''
    if (base !== '') rebase(body, base)
    return serialize(body)
  } catch {
    return ''
  }
}

/** A text of a feed in one line, without markup. */
export function lineOf(text: FeedText): string {
  if (!text.html) return text.value.replace(/\s+/g, ' ').trim()
  try {
    return textOfHtml(text.value, ITEM_ELEMENTS)
  } catch {
    return ''
  }
}

/** Elements within a title that are markup; others are what it is about: "How to use <template>". */
const NOT_INLINE = /<(?!\/?(?:a|b|br|code|em|font|i|img|mark|q|s|small|span|strong|sub|sup|tt|u)\b)/gi

/** A title in one line, with the names of elements that it is about. */
export const titleLine = (title: FeedText): string =>
  lineOf(title.html ? { ...title, value: title.value.replace(NOT_INLINE, '&lt;') } : title)

const link = (address: string, text: string): string =>
  address === '' ? escaped(text) : `<a href="${escaped(address)}">${escaped(text)}</a>`

function titleOf(item: FeedItem): string {
  const title = titleLine(item.title)
  if (title !== '') return title
  return cutAtWord(lineOf(item.summary), TITLE_CHARACTERS) || item.link
}

function fileHtml({ address, type, bytes }: FeedItem['enclosures'][number]): string {
  if (address === '') return ''
  const size = bytes > 0 ? `${Math.ceil(bytes / 1024)} KB` : ''
  const about = ['File', type, size].filter(part => part !== '').join(', ')
  return `<p>${link(address, `[${about}]`)}</p>`
}

function itemHtml(item: FeedItem): string {
  const about = [dateText(item.date), item.author.trim()].filter(part => part !== '').join(' | ')
  return [
    `<h3>${link(item.link, titleOf(item))}</h3>`,
    about === '' ? '' : `<p><small>${escaped(about)}</small></p>`,
    item.image === '' || /<img\b/i.test(item.summary.value) ? '' : `<p><img src="${escaped(item.image)}" alt=""></p>`,
    `<div>${closedHtml(item.summary, item.base)}</div>`,
    ...item.enclosures.map(fileHtml),
    '\n'
  ].join('')
}

function feedHtml({ title, description, link: address, base, items }: Feed, { name }: Source): string {
  const heading = titleLine(title) || name
  const more = items.length > MOST_ITEMS ? `<p>[${items.length - MOST_ITEMS} older items are not shown]</p>` : ''
  return [
    base === '' ? '' : `<base href="${escaped(base)}">`,
    `<title>${escaped(heading)}</title>`,
    `<h1>${link(address, heading)}</h1>`,
    `<div>${closedHtml(description)}</div><hr>\n`,
    items.length === 0 ? '<p>[There is nothing in this feed]</p>' : '',
    ...items.slice(0, MOST_ITEMS).map(itemHtml),
    more
  ].join('')
}

/**
 * Writes a feed as a page: its title and description, and the headline, date, author and summary of each item.
 * Undefined if it cannot be parsed.
 */
export function readFeed(source: Source): string | undefined {
  let feed: Feed
  try {
    feed = parseFeed(source.text)
  } catch {
    return undefined
  }
  return feedHtml(feed, source)
}
