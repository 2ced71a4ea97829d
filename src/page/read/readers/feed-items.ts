import { createRequire } from 'node:module'
import type * as feedsmith from 'feedsmith'
import { MOST_BASE_CHARACTERS } from '../../addresses/base-address.js'
import { withOwnEntities } from './own-entities.js'
import type { AtomFeed, JsonFeed, RdfFeed, RssFeed } from 'feedsmith'

/** A text of a feed, which is HTML or plain text. */
export interface FeedText {
  readonly value: string
  readonly html: boolean
}

export interface FeedItem {
  readonly title: FeedText
  readonly link: string
  /** As the feed has it */
  readonly date: string
  readonly author: string
  readonly summary: FeedText
  /** The base of relative addresses in it, if it has one of its own; it may be relative to that of the feed */
  readonly base: string
  /** Address of a picture of it, if the feed has one beside its text */
  readonly image: string
  /** Sounds and files that come with the item */
  readonly enclosures: ReadonlyArray<{ readonly address: string; readonly type: string; readonly bytes: number }>
}

/** A feed of any format. */
export interface Feed {
  readonly title: FeedText
  readonly description: FeedText
  readonly link: string
  /** The base of relative addresses, if the feed names one */
  readonly base: string
  readonly items: readonly FeedItem[]
}

const html = (value: string | undefined): FeedText => ({ value: value ?? '', html: true })
const plain = (value: string | undefined): FeedText => ({ value: value ?? '', html: false })
const names = (people: ReadonlyArray<{ name?: string; email?: string }> | undefined): string =>
  (people ?? [])
    .map(({ name, email }) => name ?? email ?? '')
    .filter(name => name !== '')
    .join(', ')

/** What says who an item is may be its address. */
const addressIn = (name: string | undefined): string => /^https?:.*/s.exec(name ?? '')?.[0] ?? ''

type Described = { description?: { value?: string }; thumbnails?: Array<{ url?: string }> } | undefined
type Media = ({ groups?: Described[]; group?: Described } & NonNullable<Described>) | undefined

/** Feeds of videos say what is in them in the words of their media (Media RSS) alone. */
const mediaText = (media: Media): string | undefined =>
  media?.description?.value ?? media?.group?.description?.value ?? media?.groups?.[0]?.description?.value

const mediaImage = (media: Media): string =>
  [media, media?.group, ...(media?.groups ?? [])].flatMap(part => part?.thumbnails ?? [])[0]?.url ?? ''

/** A field that Apple names no longer, and that feeds of podcasts still have. */
const told = (fields: object | undefined, name: string): string | undefined =>
  Object.entries(fields ?? {}).flatMap(([key, value]) => (key === name && typeof value === 'string' ? [value] : []))[0]

function rssItem(item: RssFeed.Item<string>): FeedItem {
  return {
    title: html(item.title ?? item.dc?.titles?.[0] ?? item.itunes?.title ?? item.media?.title?.value),
    link: item.link || atomLink(item.atom?.links) || addressIn(item.guid?.value),
    date: item.pubDate ?? item.dc?.dates?.[0] ?? '',
    author:
      names(item.authors) ||
      (item.dc?.creators?.join(', ') ?? '') ||
      (item.itunes?.author ?? '') ||
      (item.source?.title ?? ''),
    summary: html(
      item.description ??
        item.content?.encoded ??
        told(item.itunes, 'summary') ??
        item.dc?.descriptions?.[0] ??
        mediaText(item.media)
    ),
    base: '',
    image: mediaImage(item.media),
    enclosures: (item.enclosures ?? []).map(({ url, type, length }) => ({
      address: url ?? '',
      type: type ?? '',
      bytes: length ?? 0
    }))
  }
}

function rdfItem(item: RdfFeed.Item<string>): FeedItem {
  return {
    title: html(item.title),
    link: item.link ?? item.rdf?.about ?? '',
    date: item.dc?.dates?.[0] ?? '',
    author: item.dc?.creators?.join(', ') ?? '',
    summary: html(item.description ?? item.content?.encoded),
    base: '',
    image: '',
    enclosures: []
  }
}

/** A text without a type is HTML if it has one of these tags. */
const MARKUP = /<(p|br|a|b|i|em|strong|div|span|img|ul|ol|li|blockquote|pre|table|h[1-6])[\s/>]/i

/**
 * Reads a text of Atom by its type. Atom 0.3 gives no type where it means HTML; other types (images in base64) are no
 * text.
 */
function atomText(text: { value?: string; type?: string } | undefined): FeedText {
  const { value = '', type } = text ?? {}
  if (type !== undefined && !/^text(\/plain)?$|html/i.test(type)) return plain('')
  return { value, html: type === undefined ? MARKUP.test(value) : /html/i.test(type) }
}

type AtomLinks = ReadonlyArray<{ href?: string; rel?: string; type?: string; length?: number }> | undefined

const atomLink = (links: AtomLinks): string =>
  (
    links?.find(
      ({ rel, type }) => (rel === undefined || rel === 'alternate') && (type === undefined || type.includes('html'))
    ) ?? links?.find(({ rel }) => rel === undefined || rel === 'alternate')
  )?.href ?? ''

/** An address within an element with an xml:base of its own, which may be relative to that of the feed. */
export function within(base: string, address: string): string {
  if (base === '' || address === '' || URL.canParse(address)) return address
  if (URL.canParse(base)) return URL.canParse(address, base) ? new URL(address, base).href : address
  return address.startsWith('/') ? address : base.slice(0, base.lastIndexOf('/') + 1) + address
}

/** The xml:base of an element; one that is too long is none, as that of a page. */
const baseIn = (xml: { base?: string } | undefined): string =>
  xml?.base === undefined || xml.base.length > MOST_BASE_CHARACTERS ? '' : xml.base

function atomEntry(entry: AtomFeed.Entry<string>): FeedItem {
  const base = baseIn(entry.xml)
  const summary = entry.summary?.value === undefined ? atomText(entry.content) : atomText(entry.summary)
  return {
    title: atomText(entry.title),
    link: within(base, atomLink(entry.links) || (entry.content?.src ?? '')) || addressIn(entry.id),
    date: entry.published ?? entry.updated ?? '',
    author: names(entry.authors),
    summary: summary.value === '' ? plain(mediaText(entry.media)) : summary,
    base,
    image: mediaImage(entry.media),
    enclosures: (entry.links ?? [])
      .filter(({ rel }) => rel === 'enclosure')
      .map(({ href, type, length }) => ({ address: href ?? '', type: type ?? '', bytes: length ?? 0 }))
  }
}

function jsonItem(item: JsonFeed.Item<string>): FeedItem {
  return {
    title: plain(item.title),
    link: item.url ?? item.external_url ?? '',
    date: item.date_published ?? item.date_modified ?? '',
    author: names(item.authors),
    summary: item.content_html !== undefined ? html(item.content_html) : plain(item.summary ?? item.content_text),
    base: '',
    image: item.image ?? '',
    enclosures: (item.attachments ?? []).map(attachment => ({
      address: attachment.url ?? '',
      type: attachment.mime_type ?? '',
      bytes: attachment.size_in_bytes ?? 0
    }))
  }
}

// feedsmith takes a sixth of a second to load (measured): it is loaded for the first feed, and not in the main thread.
const require = createRequire(import.meta.url)

const ENDS = { rss: '</channel></rss>', feed: '</feed>', 'rdf:RDF': '</rdf:RDF>' } as const

/** A feed that was cut, up to its last whole item; undefined if it has none. */
function wholeItems(text: string): string | undefined {
  const end = Math.max(text.lastIndexOf('</item>') + '</item>'.length, text.lastIndexOf('</entry>') + '</entry>'.length)
  const root = /<(rss|feed|rdf:RDF)[\s>]/.exec(text)?.[1] as keyof typeof ENDS | undefined
  return root === undefined || end <= '</entry>'.length ? undefined : text.slice(0, end) + ENDS[root]
}

/** What a parser makes of a text; of one that was cut, of the items that are whole. */
function parseWhole<T>(text: string, parse: (text: string) => T): T {
  try {
    return parse(text)
  } catch (error) {
    const whole = wholeItems(text)
    if (whole === undefined) throw error
    return parse(whole)
  }
}

/**
 * Parses RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed.
 * @throws Error when the text is no feed, or too broken for one.
 */
export function parseFeed(text: string): Feed {
  const parsed = parseWhole(withOwnEntities(text), feed => (require('feedsmith') as typeof feedsmith).parseFeed(feed))
  switch (parsed.format) {
    case 'rss':
      return {
        title: html(parsed.feed.title),
        description: html(parsed.feed.description),
        link: parsed.feed.link ?? '',
        base: '',
        items: (parsed.feed.items ?? []).map(rssItem)
      }
    case 'rdf':
      return {
        title: html(parsed.feed.title),
        description: html(parsed.feed.description),
        link: parsed.feed.link ?? '',
        base: '',
        items: (parsed.feed.items ?? []).map(rdfItem)
      }
    case 'atom':
      return {
        title: atomText(parsed.feed.title),
        description: atomText(parsed.feed.subtitle),
        link: atomLink(parsed.feed.links),
        base: baseIn(parsed.feed.xml),
        items: (parsed.feed.entries ?? []).map(atomEntry)
      }
    case 'json':
      return {
        title: plain(parsed.feed.title),
        description: plain(parsed.feed.description),
        link: parsed.feed.home_page_url ?? '',
        base: '',
        items: (parsed.feed.items ?? []).map(jsonItem)
      }
  }
}
