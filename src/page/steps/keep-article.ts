import { parseFragment } from 'parse5'
import { clientAddress } from '../address.js'
import { extractArticle } from '../extract-article.js'
import type { Step } from '../step.js'
import { append, createElement, createText, prepend, type Element } from '../tree.js'

const DONE = 'data-article'

/** Back to the page, above and below, as 68k.news has it. */
function backLine (address: string, title: string): Element {
  return createElement('p', {}, createElement('small', {}, createElement('a', { href: address }, createText(`< Back to ${title}`))))
}

/** Keeps the article of a page alone; a page that is not an article says so and stays. */
export const keepArticle: Step = {
  name: 'keep-article',
  run (page, { url, gateway }) {
    const { body } = page
    if (body.attrs.some(({ name }) => name === DONE)) return
    const article = extractArticle(page.document, url)
    body.attrs = [{ name: DONE, value: '' }]
    const back = clientAddress(url, { gateway })!
    if (article === undefined) return prepend(body, createElement('p', {}, createElement('i', {}, createText('No article was found here: this is the whole page.'))))
    body.childNodes = []
    append(body, backLine(back, url.host))
    append(body, createElement('h1', {}, createText(article.title === '' ? page.title : article.title)))
    if (article.byline !== '') append(body, createElement('p', {}, createElement('i', {}, createText(article.byline))))
    append(body, createElement('div', {}, ...parseFragment(article.html).childNodes))
    append(body, backLine(back, url.host))
  }
}
