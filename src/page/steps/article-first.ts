import { addHints } from '../addresses/address-hints.js'
import { writtenAddress } from '../addresses/address.js'
import { extractArticle, type Article } from '../content/extract-article.js'
import { ruledArticle } from '../content/find-article.js'
import { DONE, showArticle } from '../content/show-article.js'
import { collapseMenus } from '../menus/collapse-menus.js'
import type { Step } from '../step.js'
import { elements, plainText } from '../tree/tree.js'

/** An article with less running text is not worth hiding the rest of the page for. Characters in P outside of links. */
const LEAST_PROSE = 1200
/** Lists of headlines have a larger share of their text in links. */
const MOST_LINKED = 0.35

/** Whether it really is an article: Readability finds something on front pages too. */
function isArticle(article: Article, url: URL): boolean {
  if (url.pathname === '/') return false
  const charactersOf = (...names: string[]): number =>
    elements(article.content, ...names).reduce((sum, element) => sum + plainText(element).length, 0)
  const linked = charactersOf('a')
  return charactersOf('p') - linked >= LEAST_PROSE && linked <= plainText(article.content).length * MOST_LINKED
}

/** Shows the article of a page alone, for people who have chosen that; pages without one stay as they are. */
export const articleFirst: Step = {
  name: 'article-first',
  run(page, context) {
    if (page.body.attrs.some(({ name }) => name === DONE)) return
    const ruled = ruledArticle(page, context)
    const found = ruled ?? extractArticle(page.document, context.url)
    const article = ruled !== undefined || (found !== undefined && isArticle(found, context.url)) ? found : undefined
    if (article !== undefined)
      return void showArticle(page, article, {
        address: addHints(writtenAddress(context.url, context), { view: 'page' }),
        text: 'Whole page'
      })
    page.body.attrs.push({ name: DONE, value: '' })
    collapseMenus(page.body, context)
  }
}
