import { likelihoodIn } from '../content/content.js'
import type { Told } from '../told/told.js'
import { countWords } from '../content/words.js'
import type { Page } from '../step.js'
import { attribute, elements, isElement, plainText, textStart, type Element } from '../tree/tree.js'
import type { Article } from './article.js'
import { structuredArticle } from './structured-data.js'
import { metaValues, summaryOf } from './summary.js'
import { headingsIn, titleOf } from './title.js'
import { unescaped } from './told-text.js'

/** A longer text is no name. Characters. */
const BYLINE_CHARACTERS = 100
/** No more is read of an element that may hold one: much of it may be white space, and it may lie in many such. */
const READ_CHARACTERS = 2000
/** A heading that is so likely a part of what the page is about is one. Mean likelihood. */
const LIKELY = 0.3

/** What stands above an article. */
export type Headline = Pick<Article, 'title' | 'byline' | 'date'>

/** What weblogs put before a name, without a space behind it. */
const BEFORE_NAME = /^(?:(?:posted|written|published) by|authors?|autor(?:in)?|auteur)\s?:\s?/i
/** What those in other languages put there. */
const WRITTEN_BY =
  /^(?:(?:eingestellt|eingetragen|erstellt|gepostet|geschrieben|publiziert|verfasst|veröffentlicht) von|(?:écrit|posté|publié|rédigé) par|(?:escrito|publicado) por|(?:pubblicato|scritto) da|(?:geplaatst|geschreven) door):?\s/i

/** In one line; a date that stood in a block of its own does not run into the name. */
const bylineText = (element: Element): string =>
  textStart(element, READ_CHARACTERS)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(BEFORE_NAME, '')
    .replace(WRITTEN_BY, '')
    .replace(/(?<=\p{L})(?=\d{1,2}[ .] ?\p{L}{3})/u, ', ')

/** Of these a page tells many: who has made one has not written the page. */
const ENTRY = /(Book|Movie|TVSeries|Music\w{1,20}|ImageObject|Product|Comments?)$/

/** Whether an element says of a thing who has made it that is not the page. */
function isOfEntry({ parentNode }: Element): boolean {
  for (let at = parentNode; at !== null && isElement(at); at = at.parentNode)
    if (attribute(at, 'itemscope') !== undefined) return ENTRY.test(attribute(at, 'itemtype') ?? '')
  return false
}

/** Where more are called so in elements of one class, they are those of entries. Names. */
const MOST_AUTHORS = 5

/** Sites have a page for each of those who write for them. */
const OF_AUTHOR = /\/(authors?|autor(en|in)?|auteurs?|autores)\/[^/]/i
/** A link with more words, or with these, leads to what somebody has written. Words. */
const NAME_WORDS = 5
const NO_NAME = /^(all|about|articles|more|posts|read|see|view)\b/i

/** Links to who has written a page; none where the page names many. */
function authorLinks(all: readonly Element[]): readonly Element[] {
  const mayBeName = (text: string): boolean => countWords(text) <= NAME_WORDS && !NO_NAME.test(text)
  const links = all.filter(
    element =>
      element.tagName === 'a' && OF_AUTHOR.test(attribute(element, 'href') ?? '') && mayBeName(plainText(element))
  )
  return new Set(links.map(bylineText)).size <= MOST_AUTHORS ? links : []
}

const classOf = (element: Element): string => attribute(element, 'class') ?? ''

/** Who wrote a page, in elements that say so, the surest first; one that is short enough for a name. */
function bylineIn(body: Element): string {
  const byClass = /(^|[\s_-])(byline|author-?name|p-author|post-?author)([\s_-]|$)/i
  const all = elements(body)
  const named = all.filter(element => byClass.test(classOf(element)))
  const names = new Map<string, Set<string>>()
  for (const element of named)
    names.set(classOf(element), (names.get(classOf(element)) ?? new Set<string>()).add(bylineText(element)))
  return (
    [
      ...named.filter(element => names.get(classOf(element))!.size <= MOST_AUTHORS),
      ...all.filter(element => attribute(element, 'rel') === 'author'),
      ...all.filter(element => /\bauthor\b/.test(attribute(element, 'itemprop') ?? '') && !isOfEntry(element)),
      ...authorLinks(all)
    ]
      .map(bylineText)
      .find(text => text.length > 1 && text.length <= BYLINE_CHARACTERS) ?? ''
  )
}

/** Names of the site of a page: in its META, and of its host that which is most of it. */
function sitesOf({ document }: Page, { hostname }: URL): string[] {
  const values = metaValues(document)
  const labels = hostname.split('.').slice(0, -1)
  const longest = labels.reduce((one, other) => (other.length > one.length ? other : one), '')
  return [values.get('og:site_name') ?? '', values.get('application-name') ?? '', longest].filter(name => name !== '')
}

function titleIn(page: Page, url: URL, told: readonly string[]): string {
  const { content } = page
  const isChosen = (heading: Element): boolean => content !== undefined && likelihoodIn(heading, content).mean >= LIKELY
  return titleOf({
    title: page.title,
    told,
    headings: headingsIn(page.body, isChosen),
    lower: headingsIn(page.body, isChosen, ['h2', 'h3']),
    sites: sitesOf(page, url),
    isFront: url.pathname === '/'
  })
}

/** Title, byline and date, as the page says them anywhere. */
export function headlineOf(page: Page, data: Told, url: URL): Headline {
  const told = structuredArticle(data)
  const summary = summaryOf(page, data)
  const isName = (text: string): boolean => /\p{L}/u.test(text) && !/^(https?:|@)/i.test(text)
  const time = elements(page.body, 'time').map(element => attribute(element, 'datetime') ?? '')
  return {
    title: titleIn(page, url, [unescaped(told?.title ?? ''), summary.title]),
    byline: [unescaped(told?.author ?? ''), bylineIn(page.body), summary.author].find(isName) ?? '',
    date: told?.date || summary.date || (time.find(date => /^\d{4}-\d\d/.test(date)) ?? '')
  }
}
