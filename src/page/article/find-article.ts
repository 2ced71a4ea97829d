import { dropAsides } from './asides.js'
import type { Article } from './article.js'
import type { Block, Survey } from '../content/blocks.js'
import { likelihoodIn, wordsIn, type Content } from '../content/content.js'
import { blocksIn } from '../content/regions.js'
import type { Told } from '../told/told.js'
import { lettersOf, spacedLength } from '../content/words.js'
import { headlineOf, type Headline } from './headline.js'
import type { PageLines } from '../lines/page-lines.js'
import { keepNodes, nodesOf } from './keep-blocks.js'
import { select } from '../css/select.js'
import type { Page, PageContext } from '../step.js'
import { structuredArticle } from './structured-data.js'
import { contentOf, unescaped } from './told-text.js'
import { appendAll, createElement, createParent, elements, plainText, remove, type Element } from '../tree/tree.js'

/** A short notice is still what a person came for. Characters of running text, as languages with spaces have them. */
const LEAST_TEXT = 200
/** The same below a heading that the title of the page has too. */
const LEAST_NAMED = 60
/** A shorter heading may stand in any title. Letters. */
const LEAST_HEADING = 4
/** A text in JSON-LD that is so much longer than what the page shows is the article; what is shown is its beginning. */
const MUCH_LONGER = 2

/** Not part of an article even where it stands within its element. */
const AROUND = ['nav', 'aside', 'footer', 'form', 'button', 'dialog', 'iframe']

/** Elements of a page as an article, in document order; they are taken out of the page. */
function contentOfElements(found: readonly Element[]): Element {
  const content = createElement('div')
  for (const element of found) for (const part of elements(element, ...AROUND)) remove(part)
  appendAll(content, found)
  return content
}

/** An article of a content that stands in no tree yet. */
export const articleWith = (headline: Headline, content: Element): Article => ({
  ...headline,
  content,
  length: plainText(content).length
})

/** What is known of a page before anything is taken out of it. */
interface Known {
  readonly told: Told
  readonly headline: Headline
  readonly lines: PageLines
}

/** The article that the data hold, if the page shows nothing of the kind. */
function toldArticle({ told, headline }: Known, shown: number): Article | undefined {
  const data = structuredArticle(told)
  const least = Math.max(LEAST_TEXT, MUCH_LONGER * shown)
  if (data === undefined || data.body.length < least) return undefined
  const article = articleWith(headline, contentOf(data.body))
  return article.length < least ? undefined : { ...article, title: unescaped(data.title) || article.title }
}

/**
 * The article of a page as the rule of its site has it; undefined where there is no rule for it, or its selectors find
 * nothing.
 *
 * @param told is asked where there is such an article alone, for it is read of all of the page
 */
export function ruledArticle(
  page: Page,
  told: () => Told,
  { site, url }: Pick<PageContext, 'site' | 'url'>
): Article | undefined {
  const marked = site?.article === undefined ? [] : select(page.body, site.article)
  if (marked.every(element => plainText(element) === '')) return undefined
  const headings = elements(page.body, 'h1').map(plainText)
  const headline = headlineOf(page, told(), url)
  const title = headings.length === 1 ? headings[0]! : headline.title
  return articleWith({ ...headline, title }, contentOfElements(marked))
}

/** What stands in these is a part of an article only if it is so likely on the whole. Mean likelihood. */
const ASIDE = new Set(['nav', 'aside', 'footer', 'dialog'])
const SURE = 0.6

/** The blocks that a page is about, without those of menus and side bars that are not surely a part of it. */
export function blocksOf(content: Content): Set<Block> {
  const { survey, chosen } = content
  const blocks = new Set(chosen)
  // Where the last one that is left out ends; those around others come first.
  let gone = 0
  for (const region of survey.regions) {
    const { element, end } = region
    if (end <= gone || !ASIDE.has(element.tagName) || likelihoodIn(element, content).mean >= SURE) continue
    for (const block of blocksIn(survey, region)) blocks.delete(block)
    gone = end
  }
  return blocks
}

/** What is taken out of a page, and what stands above it. */
export interface Taken {
  readonly headline: Headline
  readonly content: Content
  readonly blocks: ReadonlySet<Block>
  readonly lines: PageLines
}

/** Takes what a page is about out of it. */
export function takeArticle(page: Page, { headline, content: { survey }, blocks, lines }: Taken): Article {
  // Before the rest goes: a label may go without the links that it is the label of.
  dropAsides(page.body, lines)
  keepNodes(page.body, nodesOf(survey, blocks))
  return articleWith(headline, createParent('div', page.body.childNodes))
}

/** A line with fewer words says no more than its heading. Words. */
const LEAST_SENTENCE = 8

/** Headings above a text stand so near before it. Blocks. */
const NEAR_HEADING = 4
/** What is shown of a text that has its heading above it is most of the words up to its end. Share. */
const LEAST_OF_STRETCH = 0.8

const isSentence = ({ heading, words, linked }: Block): boolean =>
  heading === 0 && words >= LEAST_SENTENCE && 2 * linked < words

/** The headings near above what is shown, where that has next to no gaps. */
function headingsAbove(all: readonly Block[], shown: ReadonlySet<Block>): readonly Block[] {
  const first = all.findIndex(block => shown.has(block))
  const stretch = all.slice(first, all.findLastIndex(block => shown.has(block)) + 1)
  const isWhole = wordsIn(shown) >= LEAST_OF_STRETCH * wordsIn(stretch)
  return isWhole ? all.slice(Math.max(0, first - NEAR_HEADING), first).filter(({ heading }) => heading > 0) : []
}

/** Whether a heading that is shown, or one right above that, stands in the title of the page, and a sentence is shown. */
function isNamed({ title }: Page, { blocks: all }: Survey, blocks: ReadonlySet<Block>): boolean {
  const letters = lettersOf(title)
  const shown = [...blocks]
  const isIn = ({ heading, text }: Block): boolean => {
    const said = heading > 0 ? lettersOf(text) : ''
    return said.length >= LEAST_HEADING && letters.includes(said)
  }
  return shown.some(isSentence) && (shown.some(isIn) || headingsAbove(all, blocks).some(isIn))
}

/**
 * What a page is about, for a person who asks for it: what its data hold, where the page shows only the beginning of
 * that; else these blocks. Undefined where that is next to nothing.
 */
export function findArticle(page: Page, known: Known, blocks: ReadonlySet<Block>): Article | undefined {
  const { content } = page
  const texts = [...blocks].map(({ text }) => text)
  const characters = texts.reduce((sum, text) => sum + text.length, 0)
  const whole = toldArticle(known, characters)
  if (whole !== undefined) return whole
  if (content === undefined) return undefined
  if (characters < LEAST_TEXT) {
    const said = texts.reduce((sum, text) => sum + spacedLength(text), 0)
    if (said < (isNamed(page, content.survey, blocks) ? LEAST_NAMED : LEAST_TEXT)) return undefined
  }
  return takeArticle(page, { headline: known.headline, content, blocks, lines: known.lines })
}
