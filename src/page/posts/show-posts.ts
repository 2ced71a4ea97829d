import type { Block, Survey } from '../content/blocks.js'
import { blocksIn } from '../content/regions.js'
import { inOneLine } from '../content/words.js'
import type { PageLines } from '../lines/page-lines.js'
import { keepNodes } from '../article/keep-blocks.js'
import {
  append,
  attribute,
  createElement,
  createParent,
  createText,
  elements,
  remove,
  type Element,
  type Node
} from '../tree/tree.js'
import type { Post } from './post.js'
import type { WhoWhen } from './names-and-moments.js'

/** Parts of the text of a post that are not what was written. */
const NOT_WRITTEN = new Set(['signature', 'sig', 'lastedit', 'edited', 'postedit', 'reactions', 'likes', 'edit'])

/** A note that a post was changed. */
const NOTE =
  /^\s*((last )?(edited|modified)( by| on| at|:| \p{L}+ \d)|last edit:|this (post|message) (was|has been) (last )?(edited|modified)|((zuletzt|nachträglich) )?(bearbeitet|editiert|geändert)( von| am|:)|dieser beitrag wurde (bereits )?\d+ ?-?mal (bearbeitet|editiert|geändert))/iu
const NOTE_WORDS = 20

/** Whether a block has nothing but what can be done with a post: "Quote Report". */
const isTools = ({ texts, words, linked }: Block, lines: PageLines): boolean =>
  words > 0 && linked === words && lines.says('post tools', inOneLine(texts.map(({ value }) => value).join(' ')))

/** What was written in a post: its blocks without signature, notes of changes and what is hidden. */
export function writtenIn(survey: Survey, { body }: Post, lines: PageLines): Block[] {
  const isWritten = (block: Block): boolean => {
    const { region, hidden, text, words } = block
    for (let at: typeof region | undefined = region; at !== undefined && at !== body.parent; at = at.parent)
      if (at !== body && at.names.some(name => NOT_WRITTEN.has(name))) return false
    return !hidden && !(words <= NOTE_WORDS && (NOTE.test(text) || isTools(block, lines)))
  }
  return blocksIn(survey, body).filter(isWritten)
}

/** Who has written a post and when, in a line above it. */
function headOf({ who, when }: WhoWhen): Element | undefined {
  if (who + when === '') return undefined
  const name = createElement('b', {}, createText(who))
  if (when === '') return createElement('p', {}, name)
  const moment = createElement('i', {}, createText(when))
  return who === '' ? createElement('p', {}, moment) : createElement('p', {}, name, createText(', '), moment)
}

/** A post as all posts are shown: a line between it and the one before, who and when, and its text. */
export function shownPost(whoWhen: WhoWhen, isFirst: boolean, text: Element): Element {
  const head = headOf(whoWhen)
  return createElement(
    'div',
    {},
    ...(isFirst ? [] : [createElement('hr')]),
    ...(head === undefined ? [] : [head]),
    text
  )
}

/** Removes from quotations what only a script could follow: "Click to expand". */
function dropMuteLinks(post: Element): void {
  for (const quotation of elements(post, 'blockquote'))
    for (const link of elements(quotation, 'a'))
      if (!['href', 'name', 'id'].some(name => attribute(link, name) !== undefined)) remove(link)
}

/**
 * Takes posts out of a page and shows them in their order, those that have a text.
 *
 * @param kept the nodes of their texts that are kept
 */
export function takePosts(posts: readonly Post[], kept: ReadonlySet<Node>): Element {
  const all = createElement('div')
  for (const post of posts) {
    const { element } = post.body
    for (const node of post.beside ?? []) remove(node)
    if (!keepNodes(element, kept)) continue
    remove(element)
    dropMuteLinks(element)
    const text = createParent('div', element.childNodes)
    append(all, shownPost(post, all.childNodes.length === 0, text))
  }
  return all
}
