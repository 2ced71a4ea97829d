import { likelihoodIn, type Content } from '../content/content.js'
import { isCopied } from '../forms/message-signs.js'
import { isUnseenMessage, unsentMessages } from '../forms/messages.js'
import type { Step } from '../step.js'
import { attribute, closest, isElement, isText, removeWithParent, walk, type Element } from '../tree/tree.js'

/** What is quoted, or typed into, is no word of the page's own. */
const QUOTED = new Set(['pre', 'code', 'textarea', 'kbd', 'samp', 'script', 'style', 'select', 'option', 'button'])
/** Have no words, beside those that wait. */
const WORDLESS = new Set(['svg', 'i', 'br', 'img'])

/** A row without one of its cells would say something else. */
const CELLS = new Set(['td', 'th'])

/** What stands until a script has brought the rest. */
const LOADING =
  /^(now )?(loading|please wait|chargement|(wird )?(geladen|laden|lädt)|cargando|caricamento|carregando|загрузка)( [\p{L}-]+){0,3} ?(…|\.{2,3})$/iu
const LOADING_BARE = /^(loading|chargement|laden|cargando)$/i
const LOADER = /(^|[-_\s])(load(er|ing)|spinner|skeleton)([-_\s]|$)/i
/** A longer text is no such word. Characters. */
const WORD_CHARACTERS = 60

/** What a script says that could bring nothing; no server says it beside all else of its page. */
const FAILED =
  /^((oops|hmm?|sorry)[!,.]+ )?(it )?(looks like )?(we|there)(['’]re|['’]s| are| is| was) (having )?(an? )?(trouble|problem|error) (connecting|loading|retrieving|fetching)\b|^(please )?(refresh|reload) (your|the|this) (browser )?(window|page|browser)( (and|to) try again)?[.!]?$/i
const FAILED_CHARACTERS = 120

/** Places that a script would fill: {{ product.name }}, ${title}, {vendor_count}, %d. */
const PLACES = /^([\s|,:()#-]*(\$?\{\{?[\w\s.|'"()[\]-]{1,80}\}\}?|%[ds]))+[\s|,:()#-]*$/
/** One that may as well be a set, or a part of an address that a handbook explains: {id}. */
const SINGLE = /^\{[^{}]{1,80}\}$/
/** What repeats or shows an element by a script. */
const DIRECTIVES = new Set(['v-for', 'v-if', 'v-show', 'v-text', 'ng-repeat', 'ng-if', 'x-for', 'x-show', 'x-text'])
/** Settings of a script. */
const SETTINGS = /^(\{\s*"|\[\s*\{\s*")/
const LEAST_SETTINGS = 20
/** What surely is a part of what the page is about stays. Likelihood. */
const LIKELY = 0.5

/** What only a script could do, or has done: these say nothing where none runs. */
const DEEDS =
  /^(((read|show|see|view) (more|less)( |$)){1,2}|copy link|click to (expand|copy)\W*|(toggle|show|hide) captions?|expand to show all comments on this post)$/i
/** What a script would do with a post or an entry: only what says it as a link that leads nowhere. */
const LINKED_DEEDS =
  /^(((add to|multi-?)( ?quote))|quote|reply|like|dislike|up ?vote|down ?vote|save|bookmark|flag|report( (abuse|post|content))?|follow|unfollow|mute|hide|permalink|compare|add to (wish ?list|favou?rites|compare)|quick ?view|expand all|collapse all|close|dismiss|antworten|zitieren|répondre|citer|responder|citar)$/i
/** A link past what stands behind the text in our form of the page, or beside it. */
const SKIPS =
  /^skip (to )?((the|main|product|page|primary) ){0,2}(content|navigation|information|results|footer|advertisement|ad|listings?|gallery|menu|search)$/i
const NOWHERE = /^(#?|javascript:.*)$/i

/** The text of an element that has no other but its own; undefined if elements in it may have words. */
function ownText({ childNodes }: Element): string | undefined {
  let text = ''
  for (const node of childNodes) {
    if (isText(node)) text += node.value
    else if (isElement(node) && !(WORDLESS.has(node.tagName) && !node.childNodes.some(isText))) return undefined
  }
  return text.trim()
}

function isSettings(text: string): boolean {
  if (text.length < LEAST_SETTINGS || !SETTINGS.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const isTemplate = ({ attrs }: Element): boolean => attrs.some(({ name }) => DIRECTIVES.has(name))

function isDeed(element: Element, text: string): boolean {
  if (isCopied(text)) return true
  const href = attribute(element, 'href') ?? ''
  if (element.tagName === 'a' && LINKED_DEEDS.test(text)) return NOWHERE.test(href)
  if (SKIPS.test(text)) return href.startsWith('#')
  if (!DEEDS.test(text)) return false
  const link = element.tagName === 'a' ? element : closest(element, 'a')
  return link === undefined || NOWHERE.test(attribute(link, 'href') ?? '')
}

/** Whether an element has nothing but words for a script, or words until one has run. */
function isPlaceholder(element: Element, content: Content | undefined): boolean {
  const text = ownText(element)
  if (text === undefined || text === '') return false
  const mayBeContent = (): boolean => content !== undefined && likelihoodIn(element, content).mean >= LIKELY
  if (isSettings(text)) return !mayBeContent()
  if (PLACES.test(text)) return !SINGLE.test(text) || !mayBeContent()
  if (isTemplate(element) && text.includes('{{')) return true
  if (text.length <= FAILED_CHARACTERS && FAILED.test(text)) return !mayBeContent()
  if (text.length > WORD_CHARACTERS) return false
  if (LOADING.test(text) || isDeed(element, text)) return true
  return LOADING_BARE.test(text) && LOADER.test(`${attribute(element, 'class') ?? ''} ${classAround(element)}`)
}

const classAround = ({ parentNode }: Element): string =>
  parentNode !== null && isElement(parentNode) ? (attribute(parentNode, 'class') ?? '') : ''

/**
 * Removes what a page says until its scripts have run, what they would fill in, and the messages that they would show
 * once something has happened. The answer to a form says what has.
 */
export const dropPlaceholders: Step = {
  name: 'drop-placeholders',
  run({ body, content }, { posted }) {
    const found: Element[] = []
    const forms: Element[] = []
    walk(body, element => {
      if (QUOTED.has(element.tagName)) return false
      if (element.tagName === 'form') forms.push(element)
      if (isPlaceholder(element, content) || isUnseenMessage(element, content)) found.push(element)
      return true
    })
    if (posted !== true) for (const message of unsentMessages(forms, content)) found.push(message)
    for (const element of found) {
      if (CELLS.has(element.tagName)) element.childNodes = []
      else removeWithParent(element, 'li', 'p', 'a')
    }
  }
}
