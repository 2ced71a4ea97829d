import { normalised } from '../../charset/stream-safe.js'
import { dateText } from '../read/date-text.js'
import type { Page } from '../step.js'
import { append, createElement, createText, elements, plainText, remove, type Element } from '../tree/tree.js'
import type { Article } from './extract-article.js'

/** Marks a BODY in which the article was looked for. */
export const DONE = 'data-article'

/** Of the web. */
const FIRST_YEAR = 1990

/** A link, and what it says. */
export interface Link {
  readonly address: string
  readonly text: string
}

/** Above and below, as 68k.news has it. */
function backLine({ address, text }: Link): Element {
  return createElement('p', {}, createElement('small', {}, createElement('a', { href: address }, createText(text))))
}

/** Not the year 1 of systems that know no date, nor words. */
const isTrue = (date: string): boolean => new Date(date).getUTCFullYear() >= FIRST_YEAR

/** Who wrote it and when. */
function byline({ byline, date }: Article): Element | undefined {
  const when = isTrue(date) ? dateText(date) : ''
  if (byline === '') return when === '' ? undefined : createElement('p', {}, createElement('i', {}, createText(when)))
  return createElement(
    'p',
    {},
    createElement(
      'i',
      {},
      createText(
        when === '' || byline.includes(String(new Date(date).getUTCFullYear())) ? byline : `${byline} | ${when}`
      )
    )
  )
}

/** What tells one heading from another: sites write their own in other quotes, dashes, spaces and capitals. */
const lettersOf = (heading: Element): string =>
  normalised(plainText(heading), 'NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, '')

/** Puts an article in the place of all else, between two links back. Returns its heading. */
export function showArticle(page: Page, article: Article, back: Link): Element {
  const { body } = page
  const heading = createElement('h1', {}, createText(article.title === '' ? page.title : article.title))
  const who = byline(article)
  // Headings that say the same: the page's own stays where Readability did not know it for the title.
  for (const own of elements(article.content, 'h1', 'h2')) if (lettersOf(own) === lettersOf(heading)) remove(own)
  body.attrs = [{ name: DONE, value: '' }]
  body.childNodes = []
  for (const part of [backLine(back), heading, who, article.content, backLine(back)])
    if (part !== undefined) append(body, part)
  return heading
}
