import type { Block } from '../content/blocks.js'

/** A longer text says something else too. Words. */
const MOST_WORDS = 60
/** What sites say on each of their pages, above or below what these are about. */
const NOTICES =
  /^(javascript is (disabled|required|not enabled|turned off)\b|(please |you (must|need to|have to) )?(enable|turn on) javascript\b|thanks? (you )?for letting us know\b|if you['’]ve got a moment, please tell us\b|(did|was) (this|you find this|the above) .{0,30}(help(ful)?|useful)\b.{0,20}\?|except as otherwise noted, the content of this page\b|if you (see|find|notice|spot) (anything|something|an? (error|mistake|problem|typo|issue))\b.{0,40}\b(documentation|this (page|document|guide|article))\b|you['’]re browsing .{1,60} as a guest\b|if we have selected the wrong\b|advertisement [-–(])/i

/** Whether a block says nothing of its page, but what each page of its site says. */
export const isSiteNotice = ({ text, words }: Block): boolean =>
  words <= MOST_WORDS && NOTICES.test(text.trim().replace(/\s+/g, ' '))

/** What asks about cookies reads like prose, on every page of a site; a recipe of cookies says it in its title. */
const COOKIES = /\bcookies?\b|クッキー|файл\S{0,3} куки/i

/** Whether a block asks about cookies; on a page that is about them, none does. */
export const asksForCookies = ({ text }: Block, title: string): boolean => COOKIES.test(text) && !COOKIES.test(title)
