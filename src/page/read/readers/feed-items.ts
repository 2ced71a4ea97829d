import { createRequire } from 'node:module'
import type * as feedsmith from 'feedsmith'
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

function rssItem(item: RssFeed.Item<string>): FeedItem {
  return {
    title: html(item.title),
    link: item.link ?? /^https?:.*/s.exec(item.guid?.value ?? '')?.[0] ?? '',
    date: item.pubDate ?? item.dc?.dates?.[0] ?? '',
    author: names(item.authors) || (item.dc?.creators?.join(', ') ?? '') || (item.source?.title ?? ''),
    summary: html(item.description ?? item.content?.encoded),
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

function atomEntry(entry: AtomFeed.Entry<string>): FeedItem {
  const content = atomText(entry.content)
  return {
    title: atomText(entry.title),
    link: atomLink(entry.links) || (entry.content?.src ?? ''),
    date: entry.published ?? entry.updated ?? '',
    author: names(entry.authors),
    summary: entry.summary?.value === undefined ? content : atomText(entry.summary),
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
    enclosures: (item.attachments ?? []).map(attachment => ({
      address: attachment.url ?? '',
      type: attachment.mime_type ?? '',
      bytes: attachment.size_in_bytes ?? 0
    }))
  }
}

// feedsmith takes a sixth of a second to load (measured): it is loaded for the first feed, and not in the main thread.
const require = createRequire(import.meta.url)

/**
 * Parses RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed.
 * @throws Error when the text is no feed, or too broken for one.
 */
export function parseFeed(text: string): Feed {
  const parsed = (require('feedsmith') as typeof feedsmith).parseFeed(text)
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
        base: parsed.feed.xml?.base ?? '',
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
