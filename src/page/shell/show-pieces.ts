import { cutAtWord } from '../../bytes/cut-at-word.js'
import { dateText } from '../read/date-text.js'
import type { Page } from '../step.js'
import { parse } from '../tree/parse.js'
import {
  bodyOf,
  createElement,
  createParent,
  createText,
  elements,
  remove,
  type Element,
  type Node
} from '../tree/tree.js'
import type { Piece } from './find-pieces.js'
import { isMarkup, lettersInHtml, withoutTags } from './prose.js'
import type { Record } from './record.js'

/** Elements of all texts with markup together; later ones are shown as plain text. */
const MOST_ELEMENTS = 40_000
/** What a list says of each of its things. Characters. */
const SNIPPET_CHARACTERS = 300
/** Titles of menus are shorter on the whole. Characters. */
const MENU_TITLE = 16

/** What is known of a page whose parts are shown. */
export type Showing = Pick<Page, 'names' | 'suspects'> & {
  /** Letters of the headings that it has */
  readonly headings: readonly string[]
}

const paragraphs = (text: string): Element[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .map(line => createElement('p', {}, createText(line)))

/** A text as nodes of the page, parsed like the page itself; what no browser shows of it is left out. */
function createTextShower(page: Showing): (text: string) => Node[] {
  let left = MOST_ELEMENTS
  return text => {
    if (!isMarkup(text)) return paragraphs(text)
    try {
      const { document, names, unseen, suspects } = parse(text, left)
      for (const element of unseen) remove(element)
      for (const name of names) page.names.add(name)
      for (const suspect of suspects) page.suspects.push(suspect)
      const nodes = bodyOf(document)?.childNodes ?? []
      left -= elements(document).length
      return nodes
    } catch {
      // It has more elements than are left.
      left = 0
      return paragraphs(withoutTags(text))
    }
  }
}

/** Who, and when. */
function byline({ author, date }: Record): Node[] {
  const when = date === '' ? '' : dateText(date)
  const who = author === '' ? [] : [createElement('b', {}, createText(author))]
  return when === '' ? who : [...who, createText(author === '' ? when : ` | ${when}`)]
}

function entry(record: Record): Element {
  const { title, text, address } = record
  const facts = byline(record)
  const snippet = cutAtWord(withoutTags(text).replace(/\s+/g, ' ').trim(), SNIPPET_CHARACTERS)
  return createElement(
    'li',
    {},
    createElement('a', { href: address }, createText(title)),
    ...(facts.length === 0 ? [] : [createText(' '), ...facts]),
    ...(snippet === '' ? [] : [createElement('br'), createText(snippet)])
  )
}

function told(record: Record, headings: readonly string[], textNodes: (text: string) => Node[]): Node[] {
  const facts = byline(record)
  return [
    ...(record.title === '' || headings.includes(lettersInHtml(record.title))
      ? []
      : [createElement('h2', {}, createText(record.title))]),
    ...(facts.length === 0 ? [] : [createElement('p', {}, ...facts)]),
    createParent('div', textNodes(record.text))
  ]
}

const isMenu = (records: readonly Record[]): boolean =>
  records.every(({ text, date }) => text === '' && date === '') &&
  records.reduce((sum, { title }) => sum + title.length, 0) < MENU_TITLE * records.length

/** Texts before lists, lists of things before menus; among posts, what else has sentences is words of the program. */
function ordered(pieces: readonly Piece[]): Piece[] {
  const posts = pieces.filter(({ kind }) => kind === 'post')
  const texts = posts.length > 0 ? posts : pieces.filter(({ kind }) => kind === 'text' || kind === 'nodes')
  const lists = pieces.flatMap(piece => (piece.kind === 'list' ? [piece] : []))
  return [
    ...texts,
    ...lists.filter(({ records }) => !isMenu(records)),
    ...lists.filter(({ records }) => isMenu(records))
  ]
}

/** Pieces as nodes of a page. */
export function showPieces(pieces: readonly Piece[], page: Showing): Node[] {
  const textNodes = createTextShower(page)
  for (const name of ['h2', 'p', 'b', 'ul', 'li', 'a', 'br', 'div', 'hr']) page.names.add(name)
  return ordered(pieces).flatMap((piece, at): Node[] => {
    if (piece.kind === 'list') return [createParent('ul', piece.records.map(entry))]
    if (piece.kind === 'nodes') return [...piece.nodes]
    const rule = at > 0 && piece.kind === 'post' ? [createElement('hr')] : []
    return [...rule, ...told(piece.record, page.headings, textNodes)]
  })
}
