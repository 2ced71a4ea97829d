import { dropAsides } from './asides.js'
import type { Article } from './article.js'
import type { Block } from '../content/blocks.js'
import { likelihoodIn, type Content } from '../content/content.js'
import { keepBlocks } from './keep-blocks.js'
import { summaryOf } from './summary.js'
import { parse } from '../tree/parse.js'
import { select } from '../css/select.js'
import type { Page, PageContext } from '../step.js'
import { structuredArticle } from './structured-data.js'
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
/** Elements of an article whose text is HTML. */
const MOST_ELEMENTS = 20_000
/** A longer text is no name. Characters. */
const BYLINE_CHARACTERS = 100
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
  const paragraphs = ['']
  for (const sentence of text.split(/(?<=[.!?…]["”’»)]?)\s+(?=\S)/)) {
    if (paragraphs.at(-1)!.length >= PARAGRAPH_CHARACTERS) paragraphs.push(sentence)
    else paragraphs[paragraphs.length - 1] = `${paragraphs.at(-1)!} ${sentence}`.trim()
  }
  return paragraphs
}

function contentOf(body: string): Element {
  const html = MARKUP.test(body) ? body : unescaped(body)
  if (!MARKUP.test(html))
    return createElement('div', {}, ...paragraphsOf(html).map(line => createElement('p', {}, createText(line))))
  const content = createElement('div')
  appendAll(content, bodyOf(parse(html, MOST_ELEMENTS).document)?.childNodes ?? [])
  return content
}

/** Elements of a page as an article, in document order; they are taken out of the page. */
function contentOfElements(found: readonly Element[]): Element {
  const content = createElement('div')
  for (const element of found) for (const part of elements(element, ...AROUND)) remove(part)
  appendAll(content, found)
  return content
}

/** Between a title and the name of its site; Chinese sites write _ without spaces. */
const BETWEEN = / [-–—|:·•»/] | ?_/

/** A title without the name of the site: where the page says what that is elsewhere, else its longest part. */
function plainTitle(title: string, told: string, headings: readonly string[]): string {
  if (title === '') return [told, ...headings].find(text => text !== '') ?? ''
  const parts = title.split(BETWEEN)
  const isPart = (text: string): boolean =>
    text.length > 1 && text.length < title.length && (title.startsWith(text) || title.endsWith(text))
  const heading = headings.find(text => text === title || (isPart(text) && 2 * text.length > title.length))
  if (isPart(told)) return told
  if (heading !== undefined || parts.length < 2) return heading ?? title
  const longest = parts.reduce((one, other) => (other.length > one.length ? other : one))
  return 2 * longest.length > title.length ? longest : title
}

/** In one line; a date that stood in a block of its own does not run into the name. */
const bylineText = (element: Element): string =>
  plainText(element).replace(/(?<=\p{L})(?=\d{1,2}[ .] ?\p{L}{3})/u, ', ')

/** Who wrote a page, in elements that say so, the surest first; one that is short enough for a name. */
function bylineIn(body: Element): string {
  const byClass = /(^|[\s_-])(byline|author-?name|p-author|post-?author)([\s_-]|$)/i
  const all = elements(body)
  return (
    [
      ...all.filter(element => byClass.test(attribute(element, 'class') ?? '')),
      ...all.filter(element => attribute(element, 'rel') === 'author'),
      ...all.filter(element => /\bauthor\b/.test(attribute(element, 'itemprop') ?? ''))
    ]
      .map(bylineText)
      .find(text => text.length > 1 && text.length <= BYLINE_CHARACTERS) ?? ''
  )
}

/** Title, byline and date, as the page says them anywhere. */
function headlineOf(page: Page, told = structuredArticle(page.data)): Pick<Article, 'title' | 'byline' | 'date'> {
  const summary = summaryOf(page)
  const headings = elements(page.body, 'h1').map(plainText)
  const isName = (text: string): boolean => text !== '' && !/^(https?:|@|\d+$)/i.test(text)
  const time = elements(page.body, 'time').map(element => attribute(element, 'datetime') ?? '')
  return {
    title: plainTitle(page.title, unescaped(told?.title ?? ''), [...headings, summary.title]),
    byline: [unescaped(told?.author ?? ''), bylineIn(page.body), summary.author].find(isName) ?? '',
    date: told?.date || summary.date || (time.find(date => /^\d{4}-\d\d/.test(date)) ?? '')
  }
}

const articleWith = (headline: Pick<Article, 'title' | 'byline' | 'date'>, content: Element): Article => ({
  ...headline,
  content,
  length: plainText(content).length
})

/** The article that JSON-LD holds, if the page shows nothing of the kind. */
function toldArticle(page: Page, shown: number): Article | undefined {
  const told = structuredArticle(page.data)
  const least = Math.max(LEAST_TEXT, MUCH_LONGER * shown)
  if (told === undefined || told.body.length < least) return undefined
  const article = articleWith(headlineOf(page, told), contentOf(told.body))
  return article.length < least ? undefined : { ...article, title: unescaped(told.title) || article.title }
}

/**
 * The article of a page as the rule of its site has it; undefined where there is no rule for it, or its selectors find
 * nothing.
 */
export function ruledArticle(page: Page, { site }: Pick<PageContext, 'site'>): Article | undefined {
  const marked = site?.article === undefined ? [] : select(page.body, site.article)
  if (marked.every(element => plainText(element) === '')) return undefined
  const headings = elements(page.body, 'h1').map(plainText)
  const headline = headlineOf(page)
  const title = headings.length === 1 ? headings[0]! : headline.title
  return articleWith({ ...headline, title }, contentOfElements(marked))
}

/** What stands in these is a part of an article only if it is so likely on the whole. Mean likelihood. */
const ASIDE = new Set(['nav', 'aside', 'footer', 'dialog'])
const SURE = 0.6

/** The blocks that a page is about, without those of menus and side bars that are not surely a part of it. */
function blocksOf(content: Content): ReadonlySet<Block> {
  const { survey, chosen } = content
  const blocks = new Set(chosen)
  for (const { element, first, end } of survey.regions) {
    if (!ASIDE.has(element.tagName) || likelihoodIn(element, content).mean >= SURE) continue
    for (const block of survey.blocks.slice(first, end)) blocks.delete(block)
  }
  return blocks
}

/** Takes what a page is about out of it. */
export function articleOf(page: Page, content: Content, blocks = blocksOf(content)): Article {
  const headline = headlineOf(page)
  // Before the rest goes: a label may go without the links that it is the label of.
  dropAsides(page.body)
  keepBlocks(page.body, content.survey, blocks)
  const shown = createElement('div')
  appendAll(shown, page.body.childNodes)
  return articleWith(headline, shown)
}

/**
 * The article of a page for a person who asks for it: what its JSON-LD holds, where the page shows only the beginning
 * of that; else what the page is about. Undefined where that is next to nothing: the page then stays as it is.
 */
export function findArticle(page: Page): Article | undefined {
  const { content } = page
  const blocks = content === undefined ? new Set<Block>() : blocksOf(content)
  const shown = [...blocks].reduce((sum, { text }) => sum + text.length, 0)
  const told = toldArticle(page, shown)
  if (told !== undefined) return told
  return content === undefined || shown < LEAST_TEXT ? undefined : articleOf(page, content, blocks)
}
