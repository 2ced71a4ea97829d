import { normalised } from '../../charset/stream-safe.js'
import { dateText } from '../read/date-text.js'
import type { Page } from '../step.js'
import { append, createElement, createText, elements, plainText, remove, type Element } from '../tree/tree.js'
import type { Article } from './article.js'

/** An attribute of a BODY in which an article was looked for already. */
export const DONE = 'data-article'
/** Its value where there was none, and the page stays. */
export const NONE = 'none'

/** The first year of the web. */
const FIRST_YEAR = 1990

/** A link and its text. */
export interface Link {
  readonly address: string
  readonly text: string
}

/** A link back stands above and below the article, as 68k.news has it. */
function backLine({ address, text }: Link): Element {
  return createElement('p', {}, createElement('small', {}, createElement('a', { href: address }, createText(text))))
}

/** Whether a date can be true: systems without a date write the year 1, or words. */
const isTrue = (date: string): boolean => new Date(date).getUTCFullYear() >= FIRST_YEAR

/** The author and the date of an article. */
function bylineOf({ byline, date }: Article): string {
  const when = isTrue(date) ? dateText(date) : ''
  if (byline === '' || when === '') return byline + when
  return byline.includes(String(new Date(date).getUTCFullYear())) ? byline : `${byline} | ${when}`
}

/** What stands under the title. */
function facts(article: Article): Element | undefined {
  const text = article.facts === undefined ? bylineOf(article) : article.facts.join(' | ')
  return text === '' ? undefined : createElement('p', {}, createElement('i', {}, createText(text)))
}

/** The way to what was written about it. */
function commentLine({ comments }: Article, address: string | undefined): Element | undefined {
  if (comments === undefined || address === undefined) return undefined
  const text = `${comments.name} (${comments.count})`
  return createElement('p', {}, createElement('a', { href: address }, createText(text)))
}

/** The letters of a heading: sites repeat their own headings with other quotes, dashes, spaces and capitals. */
const lettersOf = (heading: Element): string =>
  normalised(plainText(heading), 'NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, '')

/** Where the links of an article lead that are ours. */
export interface Ways {
  readonly back: Link
  /** The address of what was written about it */
  readonly comments?: string
  /** The way to the pages before and after this one */
  readonly turns?: Element | undefined
}

/** Replaces everything in the page by an article between two links back. Returns its heading. */
export function showArticle(page: Page, article: Article, { back, comments, turns }: Ways): Element {
  const { body } = page
  const heading = createElement('h1', {}, createText(article.title === '' ? page.title : article.title))
  const who = facts(article)
  // The page's own heading remains where it says something else than the title.
  const letters = lettersOf(heading)
  for (const own of elements(article.content, 'h1', 'h2')) if (lettersOf(own) === letters) remove(own)
  body.attrs = [{ name: DONE, value: '' }]
  body.childNodes = []
  const ways = [turns, commentLine(article, comments), backLine(back)]
  for (const part of [backLine(back), heading, who, article.content, ...ways])
    if (part !== undefined) append(body, part)
  return heading
}
