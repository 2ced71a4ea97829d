import { addHints } from '../addresses/address-hints.js'
import { writtenAddress } from '../addresses/address.js'
import { viewAddress } from '../addresses/view-address.js'
import type { Article } from '../article/article.js'
import type { Content } from '../content/content.js'
import { ruledArticle } from '../article/find-article.js'
import { readTold } from '../told/told.js'
import { findReading } from '../kinds/kinds.js'
import { DONE, NONE, showArticle } from '../article/show-article.js'
import { collapseMenus } from '../menus/collapse-menus.js'
import { turnsFor } from '../paging/turn-line.js'
import type { Page, PageContext, Step } from '../step.js'

/** Less running text is no article that is worth hiding the rest of the page for. Words in P outside links. */
const LEAST_PROSE = 200
/** Lists of headlines have more of their words in links. Share. */
const MOST_LINKED = 0.35

/** Whether what a page is about is an article: every page is about something. */
function isArticle({ chosen }: Content, url: URL): boolean {
  if (url.pathname === '/') return false
  let [words, linked, prose] = [0, 0, 0]
  for (const block of chosen) {
    words += block.words
    linked += block.linked
    if (block.region.element.tagName === 'p') prose += block.words - block.linked
  }
  return prose >= LEAST_PROSE && linked <= words * MOST_LINKED
}

function foundArticle(page: Page, context: PageContext): Article | undefined {
  const { content } = page
  return content !== undefined && isArticle(content, context.url) ? findReading(page, context) : undefined
}

/** For those who want to read first: an article without what stands around it; any other page as ever. */
export const articleFirst: Step = {
  name: 'article-first',
  run(page, context) {
    if (page.body.attrs.some(({ name }) => name === DONE)) return
    const turns = turnsFor(page, context)
    const article = ruledArticle(page, () => readTold(page), context) ?? foundArticle(page, context)
    if (article !== undefined)
      return void showArticle(page, article, {
        back: { address: addHints(writtenAddress(context.url, context), { view: 'page' }), text: 'Whole page' },
        comments: viewAddress(context, 'comments'),
        turns: turns(url => writtenAddress(url, context))
      })
    page.body.attrs.push({ name: DONE, value: NONE })
    collapseMenus(page, context)
  }
}
