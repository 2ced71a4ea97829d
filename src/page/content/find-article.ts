import { dropAsides } from './asides.js'
import { extractArticle, type Article } from './extract-article.js'
import { parse } from '../tree/parse.js'
import { select } from '../css/select.js'
import type { Page, PageContext } from '../step.js'
import { structuredArticle, type StructuredArticle } from './structured-data.js'
import {
  appendAll,
  attribute,
  bodyOf,
  createElement,
  createText,
  elements,
  plainText,
  remove,
  textOf,
  type Element
} from '../tree/tree.js'

/** A short notice is still what a person came for. Characters of running text. */
const LEAST_TEXT = 200
/** A text in JSON-LD is the whole article if it is this many times as long as the text that the page shows. */
const MUCH_LONGER = 2
/**
 * The share of text in links above which Readability has found no article; measured on pages of news sites, shops and
 * forums.
 */
const MOST_LINKED = { page: 0.45, frontPage: 0.15 }
/** Elements that are compared: articles may be nested, and each is counted whole. */
const MOST_MARKED = 50
/** The elements of an article that JSON-LD has as HTML. */
const MOST_ELEMENTS = 20_000
/**
 * A text without line breaks is cut into paragraphs: after a sentence, when a paragraph has this length. Characters.
 */
const PARAGRAPH_CHARACTERS = 400

/** A text with one of these tags is HTML; a lone < may be mathematics. */
const MARKUP = /<(p|br|a|div|b|i|strong|em|h[1-6]|ul|ol|figure|span)[\s/>]/i

/** These are not part of an article even within its element. */
const AROUND = ['nav', 'aside', 'footer', 'form', 'button', 'dialog', 'iframe']

/** Decodes references (&amp;quot;) once more: many sites escape the text of their JSON-LD twice. */
const unescaped = (text: string): string =>
  /&(#\d+|#x[\da-f]+|\w+);/i.test(text) ? textOf(parse(text.replaceAll('<', '&lt;'), MOST_ELEMENTS).document) : text

function paragraphsOf(text: string): string[] {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  if (lines.length > 1 || text.length < 2 * PARAGRAPH_CHARACTERS) return lines
  const paragraphs: string[] = []
  let paragraph = ''
  for (const sentence of text.split(/(?<=[.!?…]["”’»)]?)\s+(?=\S)/)) {
    if (paragraph.length >= PARAGRAPH_CHARACTERS) {
      paragraphs.push(paragraph)
      paragraph = sentence
    } else paragraph = `${paragraph} ${sentence}`.trim()
  }
  return [...paragraphs, paragraph]
}

function contentOf(body: string): Element {
  const html = MARKUP.test(body) ? body : unescaped(body)
  if (!MARKUP.test(html))
    return createElement('div', {}, ...paragraphsOf(html).map(line => createElement('p', {}, createText(line))))
  const content = createElement('div')
  appendAll(content, bodyOf(parse(html, MOST_ELEMENTS).document)?.childNodes ?? [])
  return content
}

/**
 * Takes the element that the page marks as its article or main part out of the page, without what surrounds the
 * article.
 */
function markedArticle({ body }: Page): Element | undefined {
  const marked = elements(body, 'article', 'main', 'div', 'section').filter(
    element =>
      element.tagName === 'article' ||
      element.tagName === 'main' ||
      attribute(element, 'role') === 'main' ||
      /articleBody/.test(attribute(element, 'itemprop') ?? '')
  )
  const [best] = marked
    .slice(0, MOST_MARKED)
    .map(element => ({ element, length: paragraphLength(element) }))
    .sort((a, b) => b.length - a.length)
  if (best === undefined || best.length < LEAST_TEXT) return undefined
  for (const element of elements(best.element, ...AROUND)) remove(element)
  const content = createElement('div')
  appendAll(content, best.element.childNodes)
  return dropAsides(content)
}

/** Takes elements out of the page and puts them together as an article, in document order. */
function contentOfElements(found: readonly Element[]): Element {
  const content = createElement('div')
  for (const element of found) for (const part of elements(element, ...AROUND)) remove(part)
  appendAll(content, found)
  return content
}

/** The characters in paragraphs, without links and without what surrounds an article. */
function paragraphLength(element: Element): number {
  const around = new Set(elements(element, ...AROUND).flatMap(part => elements(part, 'p')))
  return elements(element, 'p')
    .filter(paragraph => !around.has(paragraph))
    .reduce(
      (sum, paragraph) =>
        sum +
        plainText(paragraph).length -
        elements(paragraph, 'a').reduce((linked, link) => linked + plainText(link).length, 0),
      0
    )
}

/** Whether the article that was found is really a list of links. */
function isList({ content }: Article, url: URL): boolean {
  const linked = elements(content, 'a').reduce((sum, link) => sum + plainText(link).length, 0)
  return (
    linked >
    plainText(content).length * (url.pathname === '/' && url.search === '' ? MOST_LINKED.frontPage : MOST_LINKED.page)
  )
}

/** Signs between a title and the name of its site; Chinese sites write _ without spaces. */
const AFTER_TITLE = /^(\s*[-–—|:·•»/]\s|\s*_)/

/** Whether a title is a heading with something after it. */
const isBegunBy = (title: string, heading: string): boolean =>
  heading.length > 1 && title.startsWith(heading) && AFTER_TITLE.test(title.slice(heading.length))

/**
 * Removes the name of the site from a title, where a heading of the page or the JSON-LD shows what the title is without
 * it. The page's own title, which Readability cuts at a colon, may begin with the name: then the heading is the longer
 * part.
 */
function plainTitle(title: string, pageTitle: string, headings: readonly string[]): string {
  return (
    headings.find(
      heading => isBegunBy(title, heading) || (isBegunBy(pageTitle, heading) && 2 * heading.length > pageTitle.length)
    ) ?? title
  )
}

interface Known {
  readonly told: StructuredArticle | undefined
  readonly headings: readonly string[]
  readonly pageTitle: string
}

/** Completes an article with what JSON-LD says where the page shows nothing. */
function completed(article: Article, { told, headings, pageTitle }: Known): Article {
  const title = unescaped(told?.title ?? '')
  const author = unescaped(told?.author ?? '')
  return {
    ...article,
    title: article.title === '' ? title : plainTitle(article.title, pageTitle, [title, ...headings]),
    // The name alone is better than a byline with other words around it.
    byline: article.byline === '' || (author !== '' && article.byline.includes(author)) ? author : article.byline,
    date: article.date === '' ? (told?.date ?? '') : article.date
  }
}

const NOTHING = { title: '', byline: '', date: '' }

/** The article in JSON-LD, if the page does not show it. */
function toldArticle(told: StructuredArticle | undefined, found: Article | undefined): Article | undefined {
  const least = Math.max(LEAST_TEXT, MUCH_LONGER * (found?.length ?? 0))
  if (told === undefined || told.body.length < least) return undefined
  const content = contentOf(told.body)
  const { length } = plainText(content)
  return length < least ? undefined : { ...NOTHING, ...found, content, length }
}

/**
 * The article by the rule of the site, with the title, byline and date that are found without it; undefined if there is
 * no such rule or its selectors match nothing.
 */
export function ruledArticle(page: Page, { url, site }: Pick<PageContext, 'url' | 'site'>): Article | undefined {
  const marked = site?.article === undefined ? [] : select(page.body, site.article)
  if (marked.every(element => plainText(element) === '')) return undefined
  const headings = elements(page.body, 'h1').map(plainText)
  const [heading, ...others] = headings
  const found = extractArticle(page.document, url)
  const content = contentOfElements(marked)
  const title = heading !== undefined && others.length === 0 ? heading : (found?.title ?? '')
  return completed(
    { ...NOTHING, ...found, title, content, length: plainText(content).length },
    { told: structuredArticle(page.data), headings, pageTitle: page.title }
  )
}

/**
 * The article of a page for a person who asks for it: by its look, else from its JSON-LD, else what it marks as its
 * article or main part. Undefined if it has none.
 */
export function findArticle(page: Page, url: URL): Article | undefined {
  const known: Known = {
    told: structuredArticle(page.data),
    headings: elements(page.body, 'h1').map(plainText),
    pageTitle: page.title
  }
  const found = extractArticle(page.document, url)
  const told = toldArticle(known.told, found)
  if (told !== undefined) return completed(told, known)
  if (found !== undefined) return isList(found, url) ? undefined : completed(found, known)
  const content = markedArticle(page)
  return content === undefined
    ? undefined
    : completed({ ...NOTHING, content, length: plainText(content).length }, known)
}
