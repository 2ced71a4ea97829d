import type { Told } from '../told/told.js'
import type { Page } from '../step.js'
import { attribute, elements, plainText, type Element } from '../tree/tree.js'
import type { Article } from './article.js'
import { structuredArticle } from './structured-data.js'
import { summaryOf } from './summary.js'
import { unescaped } from './told-text.js'

/** A longer text is no name. Characters. */
const BYLINE_CHARACTERS = 100

/** What stands above an article. */
export type Headline = Pick<Article, 'title' | 'byline' | 'date'>

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
export function headlineOf(page: Page, data: Told): Headline {
  const told = structuredArticle(data)
  const summary = summaryOf(page, data)
  const headings = elements(page.body, 'h1').map(plainText)
  const isName = (text: string): boolean => text !== '' && !/^(https?:|@|\d+$)/i.test(text)
  const time = elements(page.body, 'time').map(element => attribute(element, 'datetime') ?? '')
  return {
    title: plainTitle(page.title, unescaped(told?.title ?? ''), [...headings, summary.title]),
    byline: [unescaped(told?.author ?? ''), bylineIn(page.body), summary.author].find(isName) ?? '',
    date: told?.date || summary.date || (time.find(date => /^\d{4}-\d\d/.test(date)) ?? '')
  }
}
