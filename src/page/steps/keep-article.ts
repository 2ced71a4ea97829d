import { writtenAddress } from '../addresses/address.js'
import { viewAddress } from '../addresses/view-address.js'
import { findReading } from '../kinds/kinds.js'
import { turnsFor } from '../paging/turn-line.js'
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

/** Keeps what a page is about alone, in the form of its kind; a page that is of no kind says so and stays. */
export const keepArticle: Step = {
  name: 'keep-article',
  run(page, context) {
    const { body } = page
    if (body.attrs.some(({ name }) => name === DONE)) return
    const turns = turnsFor(page, context)
    const article = findReading(page, context)
    page.articleLength = article?.length ?? 0
    if (article !== undefined) {
      const heading = showArticle(page, article, {
        back: backFrom(context),
        comments: viewAddress(context, 'comments'),
        turns: turns(url => viewAddress({ portal: context.portal, url }, 'read'))
      })
      page.sourceLine = createElement('p')
      insertAfter(page.sourceLine, heading)
      return
    }
    body.attrs = [{ name: DONE, value: '' }]
    prepend(
      body,
      createElement(
        'p',
        {},
        createElement(
          'i',
          {},
          createText('No article, thread, product or list was found here: this is the whole page.')
        )
      )
    )
  }
}
