import { likelihoodIn, type Content } from '../content/content.js'
import { isUnseenMessage, unsentMessages } from '../forms/messages.js'
import { isAnnounced } from '../forms/message-signs.js'
import { loneContents, namesContents } from '../lists/lone-contents.js'
import { idleLinkAround, isDeed } from '../menus/deeds.js'
import { saysNewWindow } from '../menus/new-window.js'
import type { Step } from '../step.js'
import {
  attribute,
  classAndId,
  closest,
  isBlank,
  isElement,
  isText,
  lineStart,
  plainText,
  removeWithParents,
  textStart,
  walk,
  type Element,
  type Node,
  type Text
} from '../tree/tree.js'

/** A longer text is no price. Characters. */
const MOST_PRICE = 200
/** What is quoted, or typed into, is no word of the page's own. */
const QUOTED = new Set(['pre', 'code', 'textarea', 'kbd', 'samp', 'script', 'style', 'select', 'option', 'button'])
/** Have no words, beside those that wait. */
const WORDLESS = new Set(['svg', 'i', 'br', 'img'])

/** A row without one of its cells would say something else. */
const CELLS = new Set(['td', 'th'])

/** What stands until a script has brought the rest. */
const LOADING =
  /^(now )?(loading|please wait|chargement|(wird )?(geladen|laden|lädt)|cargando|caricamento|carregando|загрузка)( [\p{L}-]+){0,3} ?(…|\.{2,3})$|^loading (content|comments|reviews|results|products|items|videos?|data)$/iu
const LOADING_BARE = /^(pre)?(loading|loader|please wait|chargement|laden|cargando)( [\p{L}-]+){0,3}[.…]*$/iu
const LOADER = /(^|[-_\s])((pre)?load(er|ing)|spinner|skeleton)([-_\s]|$)/i
/** A longer text is no such word. Characters. */
const WORD_CHARACTERS = 60

/** What a script says that could bring nothing; no server says it beside all else of its page. */
const FAILED =
  /^((oops|hmm?|sorry)[!,.]+ )?(it )?(looks like )?(we|there)(['’]re|['’]s| are| is| was) (having )?(an? )?(trouble|problem|error) (connecting|loading|retrieving|fetching)\b|^((oops|hmm?|sorry)[!,.]+ )?something went wrong\b|^(please )?(refresh|reload) (your|the|this) (browser )?(window|page|browser)( (and|to) try again)?[.!]?$/i
const FAILED_CHARACTERS = 120
/** A message that stands there for the case that something fails; after a form was sent it may be true. */
const MAY_FAIL = /^(sorry[!,.]+ )?(an? (unexpected |unknown )?error (has )?occurred|there (was|has been) an error)\b/i

/** Places that a script would fill: {{ product.name }}, ${title}, {vendor_count}, %d. */
const PLACES = /^([\s|,:()#-]*(\$?\{\{?[\w\s.|'"()[\]=/-]{1,80}\}\}?|%[ds]))+[\s|,:()#-]*$/
/** One that may as well be a set, or a part of an address that a handbook explains: {id}. */
const SINGLE = /^\{[^{}]{1,80}\}$/
/** One in a sentence: "Free delivery over {{ least }}". */
const PLACE_WITHIN = /\{\{\s?[a-z][\w.]{0,60}\s?\}\}/i
/** What repeats, shows or fills an element by a script: v-for, ng-if, x-text, :href, @click, *ngIf, [title]. */
const DIRECTIVE = /^(v-|ng-|x-|:\w|@\w|\*ng|\[\w)/
/** What a box to tick is called until a script has filled it in. */
const UNNAMED = /^((checkbox|switch|radio|toggle) )?label$/i
/** Settings of a script. */
const SETTINGS = /^(\{\s*"|\[\s*\{\s*")/
const LEAST_SETTINGS = 20
/** Nobody writes as much in one line as an example; a model of texts takes it for one. Characters. */
const SURELY_SETTINGS = 1000
const HEADING = /^h[1-6]$/
/** What surely is a part of what the page is about stays. Likelihood. */
const LIKELY = 0.5

/** The time that a text takes, which a script would have counted: "-- min read", "undefined mins". */
const UNCOUNTED = /^(undefined|null|NaN|-+|–|—|0) min(ute)?s?\.?( read)?$/

/** What stands above an advertisement, which a script would bring. */
const ADVERTISEMENT =
  /^(advertisement|advertising|anzeige|werbung|publicité|publicidad|pubblicità|advertentie|reklama|reklam|publicidade|annons|annonce|annonse|inzerce|реклама|διαφήμιση|広告|广告|廣告)( [-–—] (continue reading below|members don['’]t see this ad)| \(gone after registration\))?$/i

/** How far a film or a piece of music has been played, and how long it is: 0:01/0:56. */
const PLAYED = /^\d{1,2}(:\d\d){1,2}\s?\/\s?\d{1,2}(:\d\d){1,2}$/
const PLAYED_CHARACTERS = 20
/** With the white space around them. Characters. */
const PLAYED_READ = 200

/** What AMP shows until a part of the page is there, and where it cannot be brought. */
const STANDS_IN = new Set(['placeholder', 'fallback'])

const standsIn = ({ attrs, parentNode }: Element): boolean =>
  attrs.some(({ name }) => STANDS_IN.has(name)) &&
  parentNode !== null &&
  isElement(parentNode) &&
  parentNode.tagName.startsWith('amp-')

const hasWords = (node: Node): boolean => isText(node) && !isBlank(node)

/** Whether an element has no words: a drawing, a break, the empty place of an icon. */
const isWordless = ({ tagName, childNodes }: Element): boolean =>
  tagName === 'span' ? childNodes.every(isBlank) : WORDLESS.has(tagName) && !childNodes.some(hasWords)

/** The text of an element that has no other but its own; undefined if elements in it may have words. */
function ownText({ childNodes }: Element): string | undefined {
  let text = ''
  for (const node of childNodes) {
    if (isText(node)) text += node.value
    else if (isElement(node) && !isWordless(node)) return undefined
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

/** Whether an element is the place of the price of a litre or a pound, of goods that are not sold by it. */
const isEmptyPrice = (element: Element): boolean =>
  attribute(element, 'class')?.includes('unit-price') === true && !/[\d{]/.test(textStart(element, MOST_PRICE))

const isTemplate = ({ attrs }: Element): boolean => attrs.some(({ name }) => DIRECTIVE.test(name))

/** Whether a button sends nothing, and says what only a script could do. */
const isIdleButton = (button: Element): boolean =>
  (attribute(button, 'type')?.toLowerCase() === 'button' || closest(button, 'form') === undefined) &&
  isDeed(button, plainText(button))

/** Whether an element names a box to tick, as its element or its class says. */
const isLabel = (element: Element): boolean =>
  element.tagName === 'label' || /label/i.test(classAndId(element)) || closest(element, 'label') !== undefined

const mayBeContent = (element: Element, content: Content | undefined): boolean =>
  content !== undefined && likelihoodIn(element, content).mean >= LIKELY

/**
 * Whether an element has nothing but words for a script, or words until one has run.
 *
 * @param text that of an element with no other; empty for others
 */
function isPlaceholder(element: Element, text: string, content: Content | undefined): boolean {
  if (text === '') return false
  if (isSettings(text)) return text.length > SURELY_SETTINGS || !mayBeContent(element, content)
  if (PLACES.test(text)) return !SINGLE.test(text) || !mayBeContent(element, content)
  if ((text.includes('{{') && isTemplate(element)) || standsIn(element)) return true
  if (
    text.length <= FAILED_CHARACTERS &&
    (FAILED.test(text) || (content !== undefined && text.includes('{{') && PLACE_WITHIN.test(text)))
  )
    return !mayBeContent(element, content)
  if (text.length > WORD_CHARACTERS) return false
  if (UNNAMED.test(text)) return isLabel(element)
  if (LOADING.test(text) || UNCOUNTED.test(text) || isDeed(element, text) || saysNewWindow(element, text)) return true
  if (PLAYED.test(text)) return !CELLS.has(element.tagName) && !mayBeContent(element, content)
  if (ADVERTISEMENT.test(text)) return !HEADING.test(element.tagName) && !mayBeContent(element, content)
  return LOADING_BARE.test(text) && LOADER.test(`${classAndId(element)} ${namesAround(element)}`)
}

const isPlaces = (text: string): boolean => PLACES.test(text) && !SINGLE.test(text)

/** Finds places beside elements that have words of their own: an item with a title, and a place for its badge. */
function findPlaces({ childNodes }: Element, found: Text[]): void {
  for (const node of childNodes)
    if (isText(node) && /[{%]/.test(node.value) && isPlaces(node.value.trim()) && childNodes.some(isElement))
      found.push(node)
}

/** Whether a text is a message that waits for a fault: as a region that is read out says, beside all else of a page. */
const mayFail = (text: string, element: Element, content: Content | undefined): boolean =>
  text.length <= FAILED_CHARACTERS &&
  MAY_FAIL.test(text) &&
  (isReadOut(element, content) || !mayBeContent(element, content))

const isReadOut = (element: Element, content: Content | undefined): boolean =>
  content !== undefined &&
  [element, element.parentNode].some(node => node !== null && isElement(node) && isAnnounced(node))

const namesAround = ({ parentNode }: Element): string =>
  parentNode !== null && isElement(parentNode) ? classAndId(parentNode) : ''

/** The element around a stroke that has both times beside it, each in an element of its own. */
function playedAround({ parentNode }: Element): Element | undefined {
  if (parentNode === null || !isElement(parentNode) || CELLS.has(parentNode.tagName)) return undefined
  const text = lineStart(parentNode, PLAYED_READ)?.trim() ?? ''
  return text.length <= PLAYED_CHARACTERS && PLAYED.test(text) ? parentNode : undefined
}

/**
 * Removes what a page says until its scripts have run, what they would fill in, and the messages that they would show
 * once something has happened. The answer to a form says what has.
 */
export const dropPlaceholders: Step = {
  name: 'drop-placeholders',
  run({ body, content }, { posted }) {
    const found: Element[] = []
    const forms: Element[] = []
    const contents: Element[] = []
    const places: Text[] = []
    walk(body, element => {
      if (element.tagName === 'button' && isIdleButton(element)) found.push(element)
      if (QUOTED.has(element.tagName)) return false
      if (element.tagName === 'form') forms.push(element)
      findPlaces(element, places)
      const text = ownText(element) ?? ''
      const played = text === '/' ? playedAround(element) : undefined
      if (played !== undefined) found.push(played)
      else if (isEmptyPrice(element) || isPlaceholder(element, text, content) || isUnseenMessage(element, content))
        found.push(element)
      else if (posted !== true && mayFail(text, element, content)) found.push(element)
      else if (namesContents(text)) contents.push(element)
      return true
    })
    found.push(...loneContents(contents))
    if (posted !== true) for (const message of unsentMessages(forms, content)) found.push(message)
    for (const place of places) place.value = ''
    // A row needs its cells.
    for (const element of found) if (CELLS.has(element.tagName)) element.childNodes = []
    const gone = found.filter(({ tagName }) => !CELLS.has(tagName))
    removeWithParents(
      gone.map(element => idleLinkAround(element) ?? element),
      'li',
      'p',
      'a'
    )
  }
}
