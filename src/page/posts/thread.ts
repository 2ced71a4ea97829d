import { blocksOf, takeArticle } from '../article/find-article.js'
import { headlineOf } from '../article/headline.js'
import { nodesOf } from '../article/keep-blocks.js'
import { isLogIn } from './log-in.js'
import { asksForCookies, isSiteNotice } from '../article/site-notices.js'
import { unescaped } from '../article/told-text.js'
import type { Article } from '../article/article.js'
import type { Block, Region, Survey } from '../content/blocks.js'
import { wordsIn, type Content } from '../content/content.js'
import { blocksIn, isWithin } from '../content/regions.js'
import { countWords, inOneLine, lettersOf } from '../content/words.js'
import { textIn } from '../told/fields.js'
import { toldOf, type Told } from '../told/told.js'
import type { PageLines } from '../lines/page-lines.js'
import type { Page } from '../step.js'
import { append, elements, plainText, remove, textStart, type Element } from '../tree/tree.js'
import { isAbout, isAnswer } from './find-posts.js'
import { DATE } from './names-and-moments.js'
import { isOpenedAlike } from './opening.js'
import type { Post, Posts } from './post.js'
import { takePosts, writtenIn } from './show-posts.js'

/** What the data of a page say that it is. */
const THREAD = /^(DiscussionForumPosting|QAPage)$/
const QUESTIONS = /^FAQPage$/
const OTHER = /(Article|BlogPosting|^Product|^Recipe|^Event|^VideoObject)$/
/**
 * The posts of a thread hold so much of what the page is about, besides who wrote them, signatures and the like, as far as
 * these are no longer than the posts: where the data call it a thread. Share.
 */
const LEAST_TOLD = 0.2
/** The same where they do not say what it is, and where they call it something else. Share. */
const LEAST_SEEN = 0.6
const LEAST_AGAINST = 0.75
/** Where the data do not call it a thread, so many posts must say when they were written. Share. */
const LEAST_DATED = 0.2
const SEVERAL = 4
/** A part of a page that is called so is a thread, whatever its posts are called; and how much it is. Share of the words. */
const FORUM = new Set(['forum', 'forums', 'viewtopic', 'showthread'])
const LEAST_FORUM = 0.15
/** A title that asks: what is called answers below it, is no less of the page than what data call so. */
const ASKS = /[?？؟]/u
/** Posts with headings of their own are the entries of a journal. Share. */
const MOST_HEADED = 0.5
const HEADINGS = ['h1', 'h2', 'h3', 'h4']
/** What is said of an article, so near above the first of it. Blocks. */
const COUNTED = /^\(?\d{1,6}\)?\s(comments?|kommentare?|commentaires?|comentarios?):?$/i
const NEAR_HEADING = 3
/** A shorter text above may be the first post. Words. */
const LEAST_ARTICLE = 150
/** Above posts in a table, a shorter text says nothing of what they are about. Words outside links. */
const LEAST_SAID = 15
/** Stands behind the hour of a moment. */
const HALF_OF_DAY = /\b[ap]\.?m\b/gi
/** So much stands beside the title of a thread where it stands a second time. Words. */
const ECHO_WORDS = 6
/** So much of a heading tells whether it is that of the page; a longer title stands nowhere a second time. Characters. */
const HEADING_CHARACTERS = 300

/** A number and a moment are no title: "#2 2024-11-02 06:23:21", "#2 Nov 2, 2024 06:23 am". */
const isWorded = (heading: Element): boolean =>
  /\p{L}/u.test(textStart(heading, HEADING_CHARACTERS).replace(DATE, '').replace(HALF_OF_DAY, ''))

/** The heading of a post above its text, without the mark of an answer; a name in it is that of who wrote the post. */
function headingOf({ region, body, who }: Post): string {
  const own = new Set(elements(body.element, ...HEADINGS))
  const heading = elements(region.element, ...HEADINGS).find(element => !own.has(element) && isWorded(element))
  if (heading === undefined) return ''
  const text = lettersOf(textStart(heading, HEADING_CHARACTERS).replace(/^\s*re:/i, ''))
  const name = lettersOf(who)
  return name !== '' && text.startsWith(name) ? '' : text
}

/** Whether what is called posts are entries, each with its own title. */
function isJournal({ posts }: Posts, title: string): boolean {
  const page = lettersOf(title.slice(0, HEADING_CHARACTERS))
  const headings = posts.map(headingOf).filter(text => text.length > 3 && !page.includes(text) && !text.includes(page))
  return new Set(headings).size > MOST_HEADED * posts.length
}

/** Whether posts say when they were written, or all of several say who wrote them. */
const isDated = (posts: readonly Post[]): boolean =>
  posts.filter(({ when }) => when !== '').length >= LEAST_DATED * posts.length ||
  (posts.length >= SEVERAL && posts.every(({ who }) => who !== ''))

/** Whether a part of a page that is no menu is called a forum. */
const isForum = ({ regions }: Survey): boolean =>
  regions.some(
    ({ names, words, linked }) =>
      words >= LEAST_FORUM * regions[0]!.words && 2 * linked < words && names.some(name => FORUM.has(name))
  )

/** Whether posts stand under a heading that counts comments, behind a text that is no shorter than an article. */
function areComments({ posts: [first] }: Posts, { survey: { blocks }, chosen }: Content): boolean {
  const from = first?.region.first ?? 0
  const isCounted = blocks
    .slice(Math.max(0, from - NEAR_HEADING), from + 1)
    .some(({ heading, text }) => heading > 1 && COUNTED.test(text.trim()))
  return isCounted && wordsIn(blocks.slice(0, from).filter(block => chosen.has(block))) >= LEAST_ARTICLE
}

/** Whether the data of a page call it a thread. */
export const isToldThread = (told: Told): boolean =>
  toldOf(told, THREAD).length > 0 && toldOf(told, QUESTIONS).length === 0

/** The posts of a page that is a thread: a question with its answers, or a discussion; undefined for any other page. */
export function threadOf(
  { content, told, title }: { content: Content; told: Told; title: string },
  groups: readonly Posts[]
): Posts | undefined {
  const isTold = isToldThread(told)
  const isOther = !isTold && toldOf(told, OTHER).length > 0
  const isAsked = ({ name }: Posts): boolean => isAnswer(name) && ASKS.test(title)
  const isOpened = (group: Posts): boolean => isAbout(group) && isOpenedAlike(content, group)
  const leastOf = (group: Posts): number => {
    if (isOther) return LEAST_AGAINST
    if (isOpened(group)) return 0
    return isTold || isAsked(group) || isForum(content.survey) ? LEAST_TOLD : LEAST_SEEN
  }
  const chosenIn = (regions: readonly Region[]): number =>
    wordsIn(regions.flatMap(region => blocksIn(content.survey, region)).filter(block => content.chosen.has(block)))
  const sized = groups
    .map(group => ({ group, words: chosenIn(group.posts.map(({ body }) => body)) }))
    .sort((one, other) => other.words - one.words)
  const most = sized[0]
  if (most === undefined) return undefined
  const beside = chosenIn(most.group.posts.map(({ region }) => region)) - most.words
  if (most.words < leastOf(most.group) * (wordsIn(content.chosen) - Math.min(beside, most.words))) return undefined
  const { posts } = most.group
  const isSeen = (): boolean =>
    isDated(posts) &&
    (isOpened(most.group) || (posts.length > 1 && !areComments(most.group, content))) &&
    (isAbout(most.group) || !isJournal(most.group, title))
  return isTold || isSeen() ? most.group : undefined
}

/** Tells whether a block says what a thread is called, and how often it was read. The title is read once. */
function createIsEcho(title: string): (block: Block) => boolean {
  if (title === '' || title.length > HEADING_CHARACTERS) return () => false
  const most = countWords(title) + ECHO_WORDS
  const letters = lettersOf(title)
  return ({ text, words }) => words <= most && lettersOf(text).includes(letters)
}

/**
 * What stands between the title and the first post and is no way through the site: what the thread is about. Before the
 * title stand notices of the site.
 */
function blocksBefore(
  content: Content,
  { region, body, beside }: Post,
  { title, named, lines }: { readonly title: string; readonly named: string; readonly lines: PageLines }
): Set<Block> {
  const { blocks } = content.survey
  const chosen = blocksOf(content)
  const isEcho = createIsEcho(named)
  const texts = new Set(blocksIn(content.survey, body).map(({ text }) => text))
  const before = blocks.slice(0, region.first)
  const heading = before.findLastIndex(block => block.heading === 1 && block.words > 0)
  const isBefore = (block: Block): boolean =>
    chosen.has(block) &&
    // In tables the rows of menus and of what the columns are called look like all others.
    (beside === undefined || block.words - block.linked >= LEAST_SAID) &&
    !isWithin(block, isLogIn) &&
    2 * block.linked < block.words &&
    !texts.has(block.text) &&
    !isEcho(block) &&
    !isSiteNotice(block) &&
    !lines.says('notice', inOneLine(block.text)) &&
    !asksForCookies(block, title)
  return new Set(before.slice(Math.max(0, heading)).filter(isBefore))
}

/** A thread: what is written in each post, below who wrote it and when. */
export function threadArticle(
  page: Page,
  { content, told, url, lines }: { content: Content; told: Told; url: URL; lines: PageLines },
  { posts }: Posts
): Article {
  const headline = headlineOf(page, told, url)
  const [named] = toldOf(told, /^(DiscussionForumPosting|Question)$/).map(fields =>
    unescaped(textIn(fields.headline ?? fields.name))
  )
  const kept = nodesOf(content.survey, new Set(posts.flatMap(post => writtenIn(content.survey, post, lines))))
  const title = named || headline.title
  const blocks = blocksBefore(content, posts[0]!, { title: page.title, named: title, lines })
  const all = takePosts(posts, kept)
  for (const { region } of posts) remove(region.element)
  const article = takeArticle(page, {
    headline: { title, byline: '', date: '' },
    content,
    blocks,
    lines
  })
  append(article.content, all)
  return { ...article, length: article.length + plainText(all).length }
}
