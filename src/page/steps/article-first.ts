import { addHints } from '../addresses/address-hints.js'
import { writtenAddress } from '../addresses/address.js'
import { extractArticle, type Article } from '../content/extract-article.js'
import { ruledArticle } from '../content/find-article.js'
import { DONE, showArticle } from '../content/show-article.js'
import { collapseMenus } from '../menus/collapse-menus.js'
import type { Step } from '../step.js'
import { elements, plainText } from '../tree/tree.js'

/** Less running text is no article that is worth hiding the rest of the page for. Characters in P outside links. */
const LEAST_PROSE = 1200
/** Lists of headlines have more of their text in links. Share. */
const MOST_LINKED = 0.35

/** Whether what was found is an article indeed: Readability finds something on front pages too. */
function isArticle(article: Article, url: URL): boolean {
  if (url.pathname === '/') return false
  const charactersOf = (...names: string[]): number =>
    elements(article.content, ...names).reduce((sum, element) => sum + plainText(element).length, 0)
  const linked = charactersOf('a')
  return charactersOf('p') - linked >= LEAST_PROSE && linked <= plainText(article.content).length * MOST_LINKED
}

/** For those who want to read first: an article without what stands around it; any other page as ever. */
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
