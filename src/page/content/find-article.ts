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
/** A text in JSON-LD that is so much longer than what the page shows is the article; what is shown is its beginning. */
const MUCH_LONGER = 2
/**
 * Share of the text in links; measured on the pages of news sites, shops and forums that Readability takes for
 * articles.
 */
const MOST_LINKED = { page: 0.45, frontPage: 0.15 }
/** Articles in articles: each is counted whole. */
const MOST_MARKED = 50
/** Elements of an article whose text is HTML. */
const MOST_ELEMENTS = 20_000
/** A text without line breaks is cut into paragraphs of at least so many characters, after a sentence. */
const PARAGRAPH_CHARACTERS = 400

/** HTML begins so somewhere; < alone may be mathematics. */
const MARKUP = /<(p|br|a|div|b|i|strong|em|h[1-6]|ul|ol|figure|span)[\s/>]/i

/** Not part of an article even where it stands within its element. */
const AROUND = ['nav', 'aside', 'footer', 'form', 'button', 'dialog', 'iframe']

/** References (&amp;quot;) decoded: many sites escape the text of their JSON-LD once more. */
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

/** What the page itself calls its article or main part, without what stands around it; it is taken out of the page. */
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

/** Elements of a page as an article, in document order; they are taken out of the page. */
function contentOfElements(found: readonly Element[]): Element {
  const content = createElement('div')
  for (const element of found) for (const part of elements(element, ...AROUND)) remove(part)
  appendAll(content, found)
  return content
}

/** Characters in paragraphs outside links and outside what stands around an article. */
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

/** Whether what was found is a list of links instead. */
function isList({ content }: Article, url: URL): boolean {
  const linked = elements(content, 'a').reduce((sum, link) => sum + plainText(link).length, 0)
  return (
    linked >
    plainText(content).length * (url.pathname === '/' && url.search === '' ? MOST_LINKED.frontPage : MOST_LINKED.page)
  )
}

/** Between a title and the name of its site; Chinese sites write _ without spaces. */
const AFTER_TITLE = /^(\s*[-–—|:·•»/]\s|\s*_)/

/** Whether a title is a heading and what else sites put behind it. */
const isBegunBy = (title: string, heading: string): boolean =>
  heading.length > 1 && title.startsWith(heading) && AFTER_TITLE.test(title.slice(heading.length))

/**
 * Without the name of the site: where a heading of the page says so, or the JSON-LD. In the page's own title, of which
 * Readability leaves out what stands before a colon, the name may stand first: a heading is the longer part.
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

/** What is known of an article, with what JSON-LD says where the page shows nothing. */
function completed(article: Article, { told, headings, pageTitle }: Known): Article {
  const title = unescaped(told?.title ?? '')
  const author = unescaped(told?.author ?? '')
  return {
    ...article,
    title: article.title === '' ? title : plainTitle(article.title, pageTitle, [title, ...headings]),
    // The name alone is better than a name with what stands around it on the page.
    byline: article.byline === '' || (author !== '' && article.byline.includes(author)) ? author : article.byline,
    date: article.date === '' ? (told?.date ?? '') : article.date
  }
}

const NOTHING = { title: '', byline: '', date: '' }

/** The article that JSON-LD holds, if the page shows nothing of the kind. */
function toldArticle(told: StructuredArticle | undefined, found: Article | undefined): Article | undefined {
  const least = Math.max(LEAST_TEXT, MUCH_LONGER * (found?.length ?? 0))
  if (told === undefined || told.body.length < least) return undefined
  const content = contentOf(told.body)
  const { length } = plainText(content)
  return length < least ? undefined : { ...NOTHING, ...found, content, length }
}

/**
 * The article of a page as the rule of its site has it, with title, byline and date as they are found without it;
 * undefined where there is no rule for it, or its selectors find nothing.
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
 * The article of a page for a person who asks for it: by the look of the page; else what its JSON-LD holds; else what
 * it marks as its article or main part. Undefined if it holds none.
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
