import { dateText } from '../read/date-text.js'
import {
  attribute,
  contains,
  elements,
  isElement,
  isText,
  plainText,
  textStart,
  type Element,
  type Parent
} from '../tree/tree.js'
import { DATE, JOINED, MOST_NAME, MOST_WHEN, nameOf, signedText, type WhoWhen } from './names-and-moments.js'

/** What is said around a name. Characters. */
const MOST_LINE = 200
const LESS_SURE = 0.5
/** What has several elements in it has more than the name: a rank, where one lives. */
const MUCH_LESS_SURE = 1
/** Elements around the text of a post that are looked at. */
const MOST_AROUND = 400
/** The head of a post is at most so deep. Elements. */
const MOST_DEPTH = 40

/** Between the words of a name: post-author, postAuthor, post_author. */
const BETWEEN = /[^a-zA-Z]+|(?<=[a-z])(?=[A-Z])/
const NAMES_WHO = new Set(
  'username author creator poster nickname nick displayname commenter fn autor auteur autore'.split(' ')
)
const NAMES_WHO_OF = new Set('user member author poster profile message display'.split(' '))
const NAMES_OF = new Set('name link'.split(' '))
const MAYBE_WHO = new Set('user by byline'.split(' '))
const NO_NAME = new Set(
  'avatar photo image badge title rank role count posts location pane column stats extras details info actions menu icon date time'.split(
    ' '
  )
)
const NAMES_WHEN = new Set('date time datetime timeago relativetime posted timestamp posttime'.split(' '))
/** The address of a page about a person. */
const PROFILE =
  /\/(users?|members?|profiles?|u|people|author)\/|\buser\?id=|\b(member|memberlist|profile|user)\.php|\b(showuser|action=profile|page=User&)/i

function wordsIn(element: Element): readonly string[] {
  if (element.attrs.length === 0) return []
  const names = `${attribute(element, 'class') ?? ''} ${attribute(element, 'itemprop') ?? ''}`
  return names === ' ' ? [] : names.split(BETWEEN).map(word => word.toLowerCase())
}

/** How surely an element holds the name of who wrote a post; 0: it does not. */
function sureOfWho(element: Element): number {
  const property = attribute(element, 'itemprop')
  if (property === 'name' && isWithinAuthor(element)) return 5
  if (property === 'author' || attribute(element, 'rel') === 'author') return element.childNodes.some(isElement) ? 2 : 4
  const words = wordsIn(element)
  if (!words.includes('name') && words.some(word => NO_NAME.has(word))) return 0
  if (words.some(word => NAMES_WHO.has(word))) return element.tagName === 'a' ? 4 : 3
  if (words.some(word => NAMES_WHO_OF.has(word)) && words.some(word => NAMES_OF.has(word))) return 3
  if (element.tagName === 'a' && contains(element, isPortrait)) return 0
  if (element.tagName === 'a' && PROFILE.test(attribute(element, 'href') ?? '')) return 3
  if (words.some(word => MAYBE_WHO.has(word))) return 2
  if (words.includes('name') && property === undefined) return 1
  const { parentNode: parent } = element
  return element.tagName === 'strong' && parent !== null && isElement(parent) && parent.tagName === 'dt' ? 1 : 0
}

const isPortrait = (element: Element): boolean => element.tagName === 'img' || wordsIn(element).includes('avatar')

function isWithinAuthor({ parentNode }: Element): boolean {
  for (let at: Parent | null = parentNode, up = 0; at !== null && isElement(at) && up < 3; at = at.parentNode, up++)
    if (/\b(author|creator)\b/.test(attribute(at, 'itemprop') ?? '')) return true
  return false
}

/** The beginning of the text of an element, in one line. */
const lineIn = (element: Element, characters: number): string =>
  textStart(element, characters).slice(0, characters).replace(/\s+/g, ' ').trim()

/** The name in an element: without "Posted by" before it, and what stands in brackets or lines behind. */
function nameIn(element: Element): string {
  const [text = ''] = (attribute(element, 'content') ?? lineIn(element, MOST_LINE)).split('(', 1)
  // The initials that stand for a portrait.
  const drawn = elements(element, 'svg').map(plainText).join('')
  return nameOf(text.startsWith(`${drawn} `) ? text.slice(drawn.length) : text)
}

/** How long ago, or today: a number of one or two digits alone. */
const AGO = /^\D*\d{1,2}(:\d\d)?\D*$/
/** A moment as its page says it, or as its data say it where the page only says how long ago it was. */
function momentIn(element: Element): string {
  const text = lineIn(element, 2 * MOST_WHEN + 1)
  const said = text.length <= 2 * MOST_WHEN ? (DATE.exec(text)?.[0] ?? '') : ''
  if (/\d{4}/.test(said)) return said
  const stamps = ['datetime', 'content', 'title', 'data-time-string', 'data-date'].map(
    name => attribute(element, name) ?? ''
  )
  const stamp = stamps.find(value => value.length <= MOST_WHEN && /\d{4}/.test(value))
  if (stamp !== undefined) return dateText(stamp)
  return said !== '' || !AGO.test(text) || text.length > MOST_NAME ? said : text
}

const isMoment = (element: Element): boolean =>
  isNamedMoment(element) && !JOINED.test(`${wordsIn(element).join(' ')} ${textStart(element, MOST_WHEN)}`)

const isNamedMoment = (element: Element): boolean =>
  element.tagName === 'time' ||
  /^date(Created|Published)$/.test(attribute(element, 'itemprop') ?? '') ||
  wordsIn(element).some(word => NAMES_WHEN.has(word))

/** Who has changed a post and when, who has written the last one of its thread, and since when somebody is a member. */
const OF_OTHERS =
  /^\s*((last )?(edited|modified|changed)|(last|latest|newest) (post|message|reply|answer|activity)|joined|registered|member since|(zuletzt |nachträglich )?(bearbeitet|geändert)|letzter beitrag|dernière (modification|édition|réponse)|modifié|última (edición|modificación|respuesta)|ultima (modifica|risposta))\b/i
const OTHERS_CHARACTERS = 100
/** A longer text that begins with a change is the post itself, and one that says this tells who wrote it as well. Characters. */
const CHANGE_CHARACTERS = 240
const WRITTEN = /\b(asked|answered|posted|written|started)\b/i
const COMMENTS = /(^|\s)(js-)?comments([-_]?(list|container|component|section))?(\s|$)/i

const saysOfOthers = (element: Element): boolean => OF_OTHERS.test(textStart(element, OTHERS_CHARACTERS))

/** The innermost element that begins with who has changed a post. */
function innermost(element: Element): Element {
  const child = element.childNodes.find((node): node is Element => isElement(node) && saysOfOthers(node))
  return child === undefined ? element : innermost(child)
}

/** Whether an element says who has changed a post, and nothing else: the innermost that says so, or a box around it. */
function isOfOthers(element: Element): boolean {
  if (!saysOfOthers(element)) return false
  const inner = innermost(element)
  if (inner === element) return true
  const text = textStart(element, CHANGE_CHARACTERS + 1)
  if (text.length > CHANGE_CHARACTERS || WRITTEN.test(text)) return false
  const moments = (within: Element): number =>
    elements(within)
      .filter(({ childNodes }) => !childNodes.some(isElement))
      .filter(saysWhen).length
  return moments(element) === moments(inner)
}

/** Comments on a post have their own people, as have its changes. */
const isPassed = (element: Element): boolean =>
  attribute(element, 'itemprop') === 'comment' ||
  COMMENTS.test(attribute(element, 'class') ?? '') ||
  isOfOthers(element)

/** The elements of a post around its text, in order. */
function around(post: Element, body: Element): Element[] {
  const found: Element[] = []
  const path = new Set<Parent>()
  for (let at: Parent | null = body; at !== null && at !== post && isElement(at); at = at.parentNode) path.add(at)
  const look = (parent: Element, depth: number): void => {
    for (const child of parent.childNodes) {
      if (!isElement(child) || child === body || found.length >= MOST_AROUND) continue
      if (!path.has(child) && isPassed(child)) continue
      found.push(child)
      if (depth > 0) look(child, depth - 1)
    }
  }
  look(post, MOST_DEPTH)
  return found
}

const saysWhen = (element: Element): boolean => isNamedMoment(element) && momentIn(element) !== ''

/** A date that stands in a text of its own, in an element that nothing names. */
const bareMoment = (element: Element): string =>
  element.childNodes
    .filter(isText)
    .map(({ value }) => (value.length <= 2 * MOST_WHEN && !JOINED.test(value) ? (DATE.exec(value)?.[0] ?? '') : ''))
    .find(text => text !== '') ?? ''

/** How long ago, where a title says when that was. */
const stampedAgo = (element: Element): string =>
  AGO.test(lineIn(element, MOST_NAME + 1)) && DATE.test(attribute(element, 'title') ?? '') ? momentIn(element) : ''

/** The innermost element that is called so has the name alone. */
function doubtOf({ childNodes }: Element): number {
  const within = childNodes.filter(isElement).length
  return within === 0 ? 0 : within === 1 ? LESS_SURE : MUCH_LESS_SURE
}

/** What the first line says that has a name and a moment in it, and next to nothing else. */
function firstSigned(elements: readonly Element[]): WhoWhen | undefined {
  for (const element of elements) {
    const line = signedText(lineIn(element, MOST_LINE))
    if (line !== undefined) return line
  }
  return undefined
}

/** Who has written a post, and when: what stands around its text. */
export function whoWhenOf(post: Element, body: Element): WhoWhen {
  const elements = around(post, body)
  let [who, sure] = ['', 0]
  let [when, named] = ['', false]
  for (const element of elements) {
    const how = sureOfWho(element) - doubtOf(element)
    const name = how > sure ? nameIn(element) : ''
    if (name !== '') [who, sure] = [name, how]
    if (named) continue
    const moment = isMoment(element) ? momentIn(element) : ''
    if (moment !== '') [when, named] = [moment, true]
    else if (when === '') when = bareMoment(element) || stampedAgo(element)
  }
  if (who === '') ({ who, when } = firstSigned(elements) ?? { who, when })
  return { who, when: when.slice(0, MOST_WHEN) }
}
