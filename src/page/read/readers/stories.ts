import { asBuffer } from '../../../bytes/as-buffer.js'
import { decodeText, decodeXml } from '../../../charset/decode.js'
import { topLevelDomain, webAddress } from '../../../bytes/web-address.js'
import { lineOf, titleLine } from './feed.js'
import { parseFeed, type FeedItem, type FeedText } from './feed-items.js'

/** A headline of a feed, as plain text. */
export interface Story {
  readonly title: string
  /** An absolute address of http or https */
  readonly link: string
  /** Plain text, shortened; may be empty */
  readonly summary: string
  /** Milliseconds since 1970; 0 if the feed does not say */
  readonly date: number
}

/** A feed as bytes, to be parsed in another thread. */
export interface FeedJob {
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly url: string
}

/** No page shows more of one feed. Stories. */
const MOST_STORIES = 40
/** The length that 68k.news shows. Characters. */
const SUMMARY_CHARACTERS = 200
const TITLE_CHARACTERS = 200

function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text
  const start = text.slice(0, characters - 3)
  // Chinese and Japanese have no spaces to cut at.
  const cut = /^(.{100,})\s\S*$/s.exec(start)?.[1] ?? start
  return `${cut.replace(/[\uD800-\uDBFF]$/, '')}...`
}

function absolute(link: string, base: string): string {
  const url = link.trim() === '' ? undefined : webAddress(link.trim(), base)
  return url?.username === '' ? url.href : ''
}

/** Adds a space at the borders of blocks, so that their words do not run together. */
const apart = ({ value, html }: FeedText): FeedText => ({
  value: html ? value.replace(/<\/?(?:p|div|br|hr|li|h[1-6]|t[drh]|blockquote|figure|figcaption)\b/gi, ' $&') : value,
  html
})

function storyOf(item: FeedItem, base: string): Story {
  const title = shortened(titleLine(item.title), TITLE_CHARACTERS)
  const summary = shortened(lineOf(apart(item.summary)), SUMMARY_CHARACTERS)
  const date = Date.parse(item.date)
  return {
    title,
    link: absolute(item.link, base),
    summary: summary === title ? '' : summary,
    date: Number.isNaN(date) ? 0 : date
  }
}

/**
 * The stories of a feed in its order, without those that lack a title or an address.
 * @throws Error when it is no feed.
 */
export function readStories({ bytes, contentType, url }: FeedJob): Story[] {
  const buffer = asBuffer(bytes)
  const isJson = /json/i.test(contentType) || buffer.subarray(0, 64).toString('latin1').trimStart().startsWith('{')
  const { text } = (isJson ? decodeText : decodeXml)(buffer, contentType, topLevelDomain(new URL(url)))
  const { base, items } = parseFeed(text)
  const from = absolute(base, url) || url
  return items
    .slice(0, MOST_STORIES)
    .map(item => storyOf(item, from))
    .filter(({ title, link }) => title !== '' && link !== '')
}
