import type { Article } from '../article/article.js'
import { headlineOf, type Headline } from '../article/headline.js'
import { blocksOf, findArticle, ruledArticle } from '../article/find-article.js'
import { metaValues, summaryOf } from '../article/summary.js'
import { readTold, toldOf, type Told } from '../told/told.js'
import { blocksOfComments, commentsOf, type Comments } from '../posts/comments.js'
import { findPosts } from '../posts/find-posts.js'
import { signedLineIn } from '../posts/signed-line.js'
import { isToldThread, threadArticle, threadOf } from '../posts/thread.js'
import type { Block } from '../content/blocks.js'
import { doubted } from '../content/content.js'
import { inOneLine } from '../content/words.js'
import type { Page, PageContext } from '../step.js'
import { remove } from '../tree/tree.js'
import { documentation } from './contents.js'
import { event } from './event.js'
import type { Dress, Kind, Subject } from './kind.js'
import { boxesLast } from './shown/boxes-last.js'
import { withoutCredits } from './shown/credits.js'
import { withoutCopies } from './shown/copies.js'
import { evenEntries } from './shown/even-entries.js'
import { withoutBoxes } from './shown/article-boxes.js'
import { withoutBeside } from './beside/beside-text.js'
import { teasersIn } from './others/teasers.js'
import { withoutFurniture } from './shown/furniture.js'
import { withGoods } from './shown/goods.js'
import { interestsLast } from './interests-last.js'
import { list } from './list.js'
import { moveHeads, panelsOf, withHeads } from './shown/panels.js'
import { findOffered } from './offered.js'
import { isForSale, isProduct, product } from './product.js'
import { withLeadPicture } from './shown/lead-picture.js'
import { withoutMailHead } from './shown/mail-head.js'
import { withoutRepeatedWays } from './repeated-ways.js'
import { recipe } from './recipe.js'
import { tidyHead, tidyTail } from './tidy-ends.js'
import { video } from './video.js'
import { withoutBareHeadings } from './whole/bare-headings.js'
import { withQuestions } from './whole/questions.js'
import { withWhole } from './whole/whole.js'

/**
 * THE LIST of kinds that a page may be: the first that it is counts. What is a thread is found before, by its posts.
 */
const KINDS: readonly Kind[] = [recipe, event, video, product, documentation, list]

/**
 * Shops surround their goods with what reads like a text about them: how they are sent, whom they help, who makes them.
 * What the model finds there is less often about the goods. Odds, by which each block is less likely.
 */
const LESS_LIKELY = 2

/** What the data of a page call it. */
const ARTICLE = /(Article|BlogPosting)$/

/** Whether a page says that it is an article, or who has written it and when. */
const isArticle = ({ document }: Page, told: Told, { byline, date }: Headline): boolean =>
  (byline !== '' && date !== '') ||
  toldOf(told, ARTICLE).length > 0 ||
  metaValues(document).get('og:type') === 'article'

const dressOf = (subject: Subject): Dress | undefined => {
  for (const kind of KINDS) {
    const dress = kind(subject)
    if (dress !== undefined) return dress
  }
  return undefined
}

/** What was written about a page, unless the page is a thread. */
export function commentsIn({ body, data, content, title }: Page): Comments | undefined {
  if (content === undefined) return undefined
  const told = readTold({ body, data })
  const groups = findPosts(content.survey, isToldThread(told))
  return threadOf({ content, told, title }, groups) === undefined ? commentsOf(groups, told) : undefined
}

/**
 * The headline of a page, which is signed by a line above its text where nothing else says who has written it. That line
 * goes, unless it may be all that says when.
 */
function takeSigned(found: Headline, signed: Block | undefined, blocks: Set<Block>): Headline {
  if (signed === undefined) return found
  if (found.byline !== '') {
    if (found.date !== '') blocks.delete(signed)
    return found
  }
  blocks.delete(signed)
  return { ...found, byline: inOneLine(signed.text) }
}

/** What the reader shows of a page; undefined where it finds nothing to show: the page then stays as it is. */
export function findReading(page: Page, context: PageContext): Article | undefined {
  const { content: all, title } = page
  const { url, pageLines: lines } = context
  const told = readTold(page)
  const ruled = ruledArticle(page, () => told, context)
  if (ruled !== undefined || all === undefined)
    return ruled ?? findArticle(page, { told, headline: headlineOf(page, told, url), lines }, new Set())
  const offered = findOffered({ page, told, lines })
  const isGoods = offered !== undefined && isForSale(offered)
  const content = isGoods ? doubted(all, LESS_LIKELY) : all
  const groups = findPosts(content.survey, isToldThread(told))
  const thread = threadOf({ content, told, title }, groups)
  if (thread !== undefined) return threadArticle(page, { content, told, url, lines }, thread)
  const comments = commentsOf(groups, told)
  const panels = panelsOf(content)
  const entries = withGoods(content, evenEntries(content, blocksOf(content)), { isForSale: isGoods })
  const furnished = isGoods ? entries : withQuestions(content, withoutBeside(content.survey, entries))
  const teasers = teasersIn(content.survey.blocks)
  const plain = withoutCredits(
    content.survey,
    withoutFurniture(content, furnished, { isForSale: isGoods, lines, title, teasers })
  )
  const headed = withHeads(content.survey, panels, withoutMailHead(content.survey.blocks, plain))
  const whole = withWhole(content, { blocks: headed, before: furnished, title, isForSale: isGoods, lines })
  const blocks = withoutRepeatedWays(content.survey, withoutCopies(content.survey, whole))
  if (comments !== undefined) {
    for (const block of blocksOfComments(content.survey, comments)) blocks.delete(block)
    // Their dates and their authors are not those of the page.
    for (const { region } of comments.posts) remove(region.element)
  }
  const signed = isGoods ? undefined : signedLineIn(content.survey, blocks, lines)
  const headline = takeSigned(headlineOf(page, told, url), signed, blocks)
  let seen = blocks
  if (!isGoods) {
    const own = withoutBoxes(content, blocks, {
      isSigned: headline.byline !== '',
      isArticle: isArticle(page, told, headline),
      teasers
    })
    const led = withoutBareHeadings(content.survey, own)
    seen = withLeadPicture(content.survey, led, () => summaryOf(page, told).image)
  }
  moveHeads(panels, seen)
  const dress = dressOf({ page, url, content, told, offered, blocks: seen })
  const article = findArticle(page, { told, headline, lines }, seen)
  const shown = article === undefined || dress === undefined ? article : dress(article)
  if (shown === undefined) return undefined
  if (isProduct(page, told)) boxesLast(shown.content)
  interestsLast(shown.content, { content, blocks: seen, title })
  tidyHead(shown.content, [shown.title, title])
  tidyTail(shown.content)
  return comments === undefined ? shown : { ...shown, comments: { name: comments.name, count: comments.count } }
}
