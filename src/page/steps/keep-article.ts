import { writtenAddress } from '../addresses/address.js'
import { findArticle, ruledArticle } from '../article/find-article.js'
import { DONE, showArticle, type Link } from '../article/show-article.js'
import type { PageContext, Step } from '../step.js'
import { createElement, createText, insertAfter, prepend } from '../tree/tree.js'

/** Where the links back lead: to a page of our own, else to the front page of the site. */
function backFrom({ back, url: shown, formOf: url = shown, gateway }: PageContext): Link {
  if (back !== undefined) return { address: back.address, text: `< Back to ${back.text}` }
  return {
    address: writtenAddress(new URL('/', url), { gateway }),
    text: `< Back to ${url.host.replace(/^www\./, '')} front page`
  }
}

/** Keeps the article of a page alone, in the form of 68k.news; a page without an article says so and stays. */
export const keepArticle: Step = {
  name: 'keep-article',
  run(page, context) {
    const { body } = page
    if (body.attrs.some(({ name }) => name === DONE)) return
    const article = ruledArticle(page, context) ?? findArticle(page)
    page.articleLength = article?.length ?? 0
    if (article !== undefined) {
      const heading = showArticle(page, article, backFrom(context))
      page.sourceLine = createElement('p')
      insertAfter(page.sourceLine, heading)
      return
    }
    body.attrs = [{ name: DONE, value: '' }]
    prepend(
      body,
      createElement('p', {}, createElement('i', {}, createText('No article was found here: this is the whole page.')))
    )
  }
}
