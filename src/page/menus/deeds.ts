import { isCopied } from '../forms/message-signs.js'
import { attribute, closest, isElement, lineStart, plainText, type Element, type Parent } from '../tree/tree.js'

/** What only a script could do, or has done: these say nothing where none runs. */
const DEEDS =
  /^((((read|show|see|view|load) (more|less|fewer)|collapse|hide)( |$)){1,2}|copy link|click to (expand|copy)\W*|(toggle|show|hide) captions?|toggle [\p{L} ]{3,30}|expand to show all comments on this post|((change|adjust) )?(font|text) size|listen to (this|the) (article|story|post|page|audio version)|(copy|ask about|rate|bookmark) this (article|story|page|post|section)|copy (for llms?|page|as markdown)|rate story|quick view|copy to clipboard|(open media|load image) \d{1,3} in (modal|gallery view)|click to see full view|(go to )?(previous|next) slide( (for|of|in) [\p{L}\d ]{1,30})?|(brief|full) content visible, double tap to read (brief|full) content\.)$/iu
/** The same, with what is shown or hidden by it. */
const PARTS =
  /^((show|see|view|load|collapse|hide) ?(all|more|less|fewer)?|(expand|collapse|open|close) (all|this)) (faqs?|questions?|answers?|details|replies|comments|reviews|results|items|sections?|specs|specifications|features|photos|images|options|filters|text)$/i
/** What would close a box: only what is named so, as a letter may be more. */
const CLOSES = /^([x×✕✖⨯]|close|dismiss|schließen|fermer|cerrar|chiudi|sluiten)$/i
const CLOSER = /(^|[-_\s])(close|closer|dismiss)([-_\s]|$)/i
/** What a script would do with a post or an entry: only what says it as a link that leads nowhere. */
const LINKED_DEEDS =
  /^(((add to|multi-?)( ?quote))|quote|reply|like|dislike|up ?vote|down ?vote|save|bookmark|flag|report( (abuse|post|content))?|follow|unfollow|mute|hide|permalink|compare|add to (wish ?list|favou?rites|compare)|quick ?view|expand all|collapse all|close|dismiss|antworten|zitieren|répondre|citer|responder|citar)$/i
/** A link past what stands behind the text in our form of the page, or beside it. */
const SKIPS =
  /^skip (to )?((the|main|product|page|primary) ){0,2}(content|navigation|information|results|footer|advertisement|ad|listings?|gallery|menu|search)$/i
const NOWHERE = /^(#?|javascript:.*)$/i

/** What closes a part leads to its beginning at most, which is in sight. */
const SHUTS = /\b(less|fewer|collapse|hide)\b/i

/** Whether an element, or the one right around its word, is named as what closes a box. */
const isCloser = (node: Parent | null): boolean =>
  node !== null && isElement(node) && CLOSER.test(attribute(node, 'class') ?? '')

const addressOf = (link: Element | undefined): string => (link === undefined ? '' : (attribute(link, 'href') ?? ''))
const linkOf = (element: Element): Element | undefined => (element.tagName === 'a' ? element : closest(element, 'a'))
const leadsNowhere = (link: Element | undefined): boolean => NOWHERE.test(addressOf(link))

/** Whether a link leads nowhere without its script, and is called by what that would do. */
export const isIdleLink = (link: Element, name: string): boolean =>
  leadsNowhere(link) && (DEEDS.test(name) || PARTS.test(name) || LINKED_DEEDS.test(name))

/** What a link says that is called by a deed, with the white space around it. Characters. */
const LINK_READ = 200

/** A link that leads nowhere and says nothing but what an element in it does: it goes with that. */
export function idleLinkAround(element: Element): Element | undefined {
  const link = closest(element, 'a')
  if (link === undefined || !leadsNowhere(link)) return undefined
  const said = lineStart(link, LINK_READ)
  return said?.replace(/\s+/g, ' ').trim() === plainText(element) ? link : undefined
}

/** Whether all that an element says is what only a script could do. */
export function isDeed(element: Element, text: string): boolean {
  if (isCopied(text)) return true
  if (LINKED_DEEDS.test(text)) {
    const link = linkOf(element)
    if (link !== undefined) return leadsNowhere(link)
  }
  if (SKIPS.test(text)) return addressOf(element).startsWith('#')
  const closes = CLOSES.test(text) && (isCloser(element) || isCloser(element.parentNode))
  if (!closes && !DEEDS.test(text) && !PARTS.test(text)) return false
  const link = linkOf(element)
  return leadsNowhere(link) || (SHUTS.test(text) && addressOf(link).startsWith('#'))
}
