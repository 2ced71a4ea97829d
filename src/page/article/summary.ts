import { clock } from './clock.js'
import { readJsonLd } from '../told/json-ld.js'
import type { Told } from '../told/told.js'
import { describedThing } from './structured-data.js'
import type { Page } from '../step.js'
import { attribute, elements, headOf, isElement, type Element } from '../tree/tree.js'

/** What a page tells those who link to it; empty where it says nothing. */
export interface Summary {
  readonly title: string
  readonly description: string
  /** The address of an image, as the page has it */
  readonly image: string
  /** The size of the image, if the page tells it. Pixels */
  readonly width: number | undefined
  readonly height: number | undefined
  readonly author: string
  /** As the page has it, mostly ISO 8601 */
  readonly date: string
  /** As a player shows it: 3:05 */
  readonly duration: string
}

/** Elements that are read: no page needs more of them. */
const MOST_ELEMENTS = 500

/** The values of META (Open Graph, Twitter cards, plain ones) and of microdata; the first of each name counts. */
export function metaValues(document: Page['document'], body?: Element): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  const add = (name: string | undefined, value: string | undefined): void => {
    if (name !== undefined && value !== undefined && value.trim() !== '' && !values.has(name))
      values.set(name, value.trim())
  }
  const look = (parent: Element): void => {
    for (const element of elements(parent, 'meta', 'link').slice(0, MOST_ELEMENTS)) {
      const value = attribute(element, 'content')
      add((attribute(element, 'property') ?? attribute(element, 'name'))?.toLowerCase(), value)
      const item = attribute(element, 'itemprop')
      const owner = element.parentNode
      // A property within an item of its own belongs to that item: it is the name of the author, not of the video.
      const within = owner !== null && isElement(owner) ? attribute(owner, 'itemprop') : undefined
      add(item === undefined ? undefined : within === undefined ? `item:${item}` : `item:${within}.${item}`, value)
    }
  }
  const head = headOf(document)
  if (head !== undefined) look(head)
  if (body !== undefined) look(body)
  return values
}

const pixels = (value: string): number | undefined => (/^[1-9]\d{0,4}$/.test(value) ? Number(value) : undefined)

const longest = (...texts: readonly string[]): string =>
  texts.reduce((most, text) => (text.length > most.length ? text : most), '')

/** Reads the summary of a page from META, microdata and JSON-LD. */
export function summaryOf(page: Pick<Page, 'document' | 'body' | 'data'>, data: Told = readJsonLd(page.data)): Summary {
  const values = metaValues(page.document, page.body)
  const told = describedThing(data)
  const first = (...names: readonly string[]): string =>
    names.map(name => values.get(name)).find(value => value !== undefined) ?? ''
  return {
    title: first('og:title', 'twitter:title', 'item:name') || told.title,
    description: longest(
      told.description,
      first('og:description'),
      first('item:description', 'twitter:description', 'description')
    ),
    image: first('og:image', 'og:image:secure_url', 'twitter:image', 'item:thumbnailUrl') || told.image,
    width: pixels(first('og:image:width')),
    height: pixels(first('og:image:height')),
    author: first('item:author.name', 'author') || told.author,
    date: first('item:datePublished', 'item:uploadDate', 'article:published_time') || told.date,
    duration: clock(first('item:duration') || told.duration)
  }
}
