import type { Block } from '../content/blocks.js'
import { likelihoodOf, type Content } from '../content/content.js'
import { isWithin } from '../content/regions.js'
import { inOneLine } from '../content/words.js'

/** A longer text says something else too. Words. */
const MOST_WORDS = 60
/** What sites say on each of their pages, above or below what these are about. */
const NOTICES =
  /^(javascript is (disabled|required|not enabled|turned off)\b|(please |you (must|need to|have to) )?(enable|turn on) javascript\b|thanks? (you )?for letting us know\b|if you['’]ve got a moment, please tell us\b|(did|was) (this|you find this|the above) .{0,30}(help(ful)?|useful)\b.{0,20}\?|except as otherwise noted, the content of this page\b|if you (see|find|notice|spot) (anything|something|an? (error|mistake|problem|typo|issue))\b.{0,40}\b(documentation|this (page|document|guide|article))\b|you['’]re browsing .{1,60} as a guest\b|if we have selected the wrong\b|advertisement [-–(])/i

/** Whether a block says nothing of its page, but what each page of its site says. */
export const isSiteNotice = ({ text, words }: Block): boolean => words <= MOST_WORDS && NOTICES.test(inOneLine(text))

/** What asks about cookies reads like prose, on every page of a site; a recipe of cookies says it in its title. */
const COOKIES = /\bcookies?\b|クッキー|файл\S{0,3} куки/i

/** Whether a block asks about cookies; on a page that is about them, none does. */
export const asksForCookies = ({ text }: Block, title: string): boolean => COOKIES.test(text) && !COOKIES.test(title)

/** How a site earns its money, which it must say above what it recommends: it says so on every page. */
const INTERESTS =
  /\baffiliate (links?|partners?|commissions?|disclosure|market|advertis)|\b(earns?|earning|receives?|get|paid)\b.{0,40}\bcommissions?\b|\bcommissions?\b.{0,30}\b(links?|purchases?)\b|\badvertis(er|ing|ement) disclosure|reader[- ]supported|\bindependently (review|research|test|evaluat|select|choose|chosen)|\b(buy|purchas)\w*\b.{0,30}\bthrough (our|my|these|the) links?|\bmay (be compensated|provide compensation)\b|\bprovision(en)?\b.{0,60}\b(links?|kauf)|\b(commission|comisión|comissão|commissione)\b.{0,60}\b(liens?|enlaces?|links?|achats?|compras?|acquist)/i
/** A longer text, and one that surely is content, says something else too. Words, likelihood. */
const MOST_INTERESTS_WORDS = 120
const SURELY = 0.85
/** In what is named so, no text is content, however likely it looks. Elements. */
const NAMES = new Set(['disclosure', 'disclosures'])
const NAMED_WITHIN = 3

const isNamed = (block: Block): boolean =>
  isWithin(block, ({ names }) => names.some(name => NAMES.has(name)), NAMED_WITHIN)

/** Whether a block says what a site earns by what it recommends; on a page that is about that, none does. */
export const tellsInterests = (block: Block, content: Content, title: string): boolean =>
  block.words <= MOST_INTERESTS_WORDS &&
  (likelihoodOf(block, content) < SURELY || isNamed(block)) &&
  INTERESTS.test(block.text) &&
  !/affiliat|commission|advertis/i.test(title)

/** How the writers of a site work: it says so above each of its pages. */
const STANDARDS =
  /\beditorial (process|standards|policy|policies|guidelines|review process|integrity|independence)\b|\b(our|the) (team|experts|editors|reviewers|writers)( of [\w -]{1,40})? (independently )?(tests?|rates?|reviews?|vets?|fact-checks?)\b|\bcommitted to (providing|bringing|giving) (you|our readers)\b|\b(trust project|written by humans)\b|\bwhy (you can |you should )?trust (us|our)\b|\bunsere? redaktion(elle[nrs]?)? (test|prüf|richtlinien|grundsätze)/i

/** Whether a block says how the writers of a site work; on a page that is about that, none does. */
export const tellsStandards = (block: Block, content: Content, title: string): boolean =>
  block.words <= MOST_INTERESTS_WORDS &&
  block.heading === 0 &&
  likelihoodOf(block, content) < SURELY &&
  STANDARDS.test(block.text) &&
  !/editorial|trust/i.test(title)
