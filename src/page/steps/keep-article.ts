import { parseFragment } from 'parse5'
import { clientAddress } from '../address.js'
import { extractArticle, type Article } from '../extract-article.js'
import type { Page, Step } from '../step.js'
import { append, createElement, createText, prepend, type Element } from '../tree.js'

/** Marks a BODY in which the article was looked for. */
export const DONE = 'data-article'

/** To the whole page, above and below, as 68k.news has it. */
function backLine (address: string, text: string): Element {
  return createElement('p', {}, createElement('small', {}, createElement('a', { href: address }, createText(text))))
}

/** Puts an article in the place of all else, between two links to the page that it is from. */
export function showArticle (page: Page, article: Article, back: { readonly address: string, readonly text: string }): void {
  const { body } = page
  body.attrs = [{ name: DONE, value: '' }]
  body.childNodes = []
  append(body, backLine(back.address, back.text))
  append(body, createElement('h1', {}, createText(article.title === '' ? page.title : article.title)))
  if (article.byline !== '') append(body, createElement('p', {}, createElement('i', {}, createText(article.byline))))
  append(body, createElement('div', {}, ...parseFragment(article.html).childNodes))
  append(body, backLine(back.address, back.text))
}

/** Keeps the article of a page alone; a page that is not an article says so and stays. */
export const keepArticle: Step = {
  name: 'keep-article',
  run (page, { url, gateway }) {
    const { body } = page
    if (body.attrs.some(({ name }) => name === DONE)) return
    const article = extractArticle(page.document, url)
    if (article !== undefined) return showArticle(page, article, { address: clientAddress(url, { gateway })!, text: `< Back to ${url.host}` })
    body.attrs = [{ name: DONE, value: '' }]
    prepend(body, createElement('p', {}, createElement('i', {}, createText('No article was found here: this is the whole page.'))))
  }
}
