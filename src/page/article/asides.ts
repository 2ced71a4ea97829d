import type { PageLines, Said } from '../lines/page-lines.js'
import {
  attribute,
  contains,
  elements,
  isElement,
  isText,
  remove,
  textOf,
  textStart,
  type Element,
  type Node
} from '../tree/tree.js'

/**
 * What stands before the links to other articles that sites put between paragraphs. "See also" and "Further reading" are
 * not among them: in encyclopedias and handbooks they are part of the text.
 */
const LABELS: readonly Said[] = ['more', 'more label']

/** How much of a text is such a label. Characters. */
const labelled = (text: string, lines: PageLines): number => Math.max(...LABELS.map(said => lines.lengthOf(said, text)))

const BEFORE_LABEL = /^[\s•»>|*+–-]*/
const AFTER_LABEL = /^[\s:：…»>|–-]*/

/** Hosts on which people follow a site. */
const FOLLOWED_NAMES = [
  'facebook',
  'twitter',
  'x',
  'instagram',
  'youtube',
  'linkedin',
  'tiktok',
  'threads',
  'pinterest',
  'snapchat',
  'whatsapp',
  'bsky',
  'telegram',
  'vk'
]
const FOLLOWED = new RegExp(`^https?://([\\w-]+\\.)?(${FOLLOWED_NAMES.join('|')})\\.(com|net|me|app|ru)/`, 'i')

/** The share of the text of a block, without its label, that must be links. */
const MOSTLY = 0.8
/** A longer block is part of the article, whatever its label. Characters. */
const LONGEST = 1500
/** A longer sentence that names many such hosts is text. Characters. */
const LONGEST_INVITATION = 300
/** No label is longer, with the white space before it. Characters. */
const LABEL_CHARACTERS = 300
/** Elements of an article that may hold such a label. */
const BLOCKS = [
  'p',
  'div',
  'section',
  'aside',
  'ul',
  'ol',
  'li',
  'table',
  'blockquote',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'strong',
  'b',
  'span'
]

const charactersOf = (text: string): number => text.replace(/\s+/g, '').length

/** Whether an element holds little besides links. */
function isLinks(element: Element, label = ''): boolean {
  const text = textStart(element, LONGEST + 1)
  if (text.length > LONGEST) return false
  const links = element.tagName === 'a' ? [element] : elements(element, 'a')
  const linked = links.reduce((sum, link) => sum + charactersOf(textOf(link)), 0)
  return linked > 0 && linked >= MOSTLY * (charactersOf(text) - charactersOf(label))
}

/** Whether an element invites people to follow somebody in several places. */
function isInvitation(element: Element): boolean {
  const hosts = elements(element, 'a').map(link => FOLLOWED.exec(attribute(link, 'href') ?? '')?.[2]?.toLowerCase())
  return (
    hosts.length > 1 &&
    !hosts.includes(undefined) &&
    new Set(hosts).size > 1 &&
    charactersOf(textOf(element)) <= LONGEST_INVITATION
  )
}

/** The next sibling of each child of the parents of elements, as they are before any of them is removed. */
function followersOf(all: readonly Element[]): ReadonlyMap<Node, Node> {
  const followers = new Map<Node, Node>()
  for (const parent of new Set(all.map(element => element.parentNode))) {
    let before: Node | undefined
    for (const child of parent?.childNodes ?? []) {
      if (before !== undefined) followers.set(before, child)
      before = child
    }
  }
  return followers
}

/** The elements of links that follow a label such as "More:". */
function linksAfter(label: Element, followers: ReadonlyMap<Node, Node>): Element[] {
  const found: Element[] = []
  for (let next = followers.get(label); next !== undefined; next = followers.get(next)) {
    if (next.parentNode === null) continue
    if (isElement(next) && isLinks(next)) found.push(next)
    else if (!isText(next) || next.value.trim() !== '') break
  }
  return found
}

const lengthOf = (pattern: RegExp, text: string): number => pattern.exec(text)?.[0].length ?? 0

/** The label at the beginning of a text, with the marks around it. */
function labelOf(text: string, lines: PageLines): string | undefined {
  const begin = lengthOf(BEFORE_LABEL, text)
  const length = labelled(text.slice(begin), lines)
  if (length === 0) return undefined
  const end = begin + length
  return text.slice(0, end + lengthOf(AFTER_LABEL, text.slice(end)))
}

/**
 * Removes links to other articles, and invitations to follow the site, from an article: 'Lire aussi : …', 'More:' and a
 * list.
 */
export function dropAsides(content: Element, lines: PageLines): Element {
  const blocks = elements(content, ...BLOCKS)
  const followers = followersOf(blocks)
  const isBeforeLink = (element: Element): boolean => {
    const next = followers.get(element)
    return next !== undefined && isElement(next) && next.tagName === 'a'
  }
  for (const element of blocks) {
    // Most of these are words within a line.
    if (element.tagName === 'span' && !isBeforeLink(element)) continue
    const text = textStart(element, LABEL_CHARACTERS).trim()
    const label = labelOf(text, lines)
    if (element.tagName === 'p' && isInvitation(element)) remove(element)
    else if (label === undefined) continue
    else if (label.length < text.length) {
      if (isLinks(element, label)) remove(element)
    } else if (!contains(element, inner => inner.tagName === 'a')) {
      const links = linksAfter(element, followers)
      for (const part of links) remove(part)
      if (links.length > 0) remove(element)
    }
  }
  return content
}
