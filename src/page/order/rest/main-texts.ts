import type { Block } from '../../content/blocks.js'
import { likelihoodOf, wordsIn, type Content } from '../../content/content.js'
import { withGoods } from '../../kinds/shown/goods.js'
import { isLink } from '../parts-of.js'
import { isProse } from '../text-from.js'
import {
  attribute,
  closest,
  elements,
  HEADINGS,
  hrefAround,
  textsIn,
  type Element,
  type Node
} from '../../tree/tree.js'

/** A paragraph, or the name of an entry, that is so likely a part of what the page is about. Likelihood. */
const MAY_BE = 0.3
/** With so much of the words of its content in links, a page is a list; a shorter link is no name of an entry. Share, words. */
const LIST_LINKED = 0.3
const NAME_WORDS = 4
/** So many places that paragraphs lead to are notes. */
const LEAST_NOTES = 3
/** A place with more is a section, and no note. Texts. */
const MOST_IN_NOTE = 60
/** A note is one of these. */
const ENTRIES = ['li', 'p', 'dd', 'tr']

/** The places in the page that paragraphs of its content lead to, if there are several: notes. */
function notesOf({ chosen }: Content): ReadonlySet<string> {
  const names = new Set<string>()
  for (const block of chosen) {
    if (block.links === 0 || !isProse(block)) continue
    for (const text of block.texts) {
      const href = hrefAround(text)
      if (/^#./.test(href)) names.add(href.slice(1))
    }
  }
  return names.size >= LEAST_NOTES ? names : new Set()
}

/** The texts of notes, by the names of their places. */
function textsOfNotes(names: ReadonlySet<string>, body: Element): Node[] {
  if (names.size === 0) return []
  const isNamed = (element: Element): boolean =>
    names.has(attribute(element, 'id') ?? '') || names.has(attribute(element, 'name') ?? '')
  return elements(body)
    .filter(element => isNamed(element) && !HEADINGS.includes(element.tagName))
    .flatMap(element => {
      const texts = textsIn(closest(element, ...ENTRIES) ?? element)
      return texts.length > MOST_IN_NOTE ? [] : texts
    })
}

/**
 * The texts that do not stand in the rest, however likely they are: paragraphs that the page may well be about, the goods
 * that it is about, the entries of a list, and notes.
 */
export function mainTextsOf(content: Content, body: Element): ReadonlySet<Node> {
  const { survey, chosen } = content
  const texts = new Set<Node>(textsOfNotes(notesOf(content), body))
  const goods = withGoods(content, chosen, { isForSale: true })
  const isList = [...chosen].reduce((sum, { linked }) => sum + linked, 0) >= LIST_LINKED * wordsIn(chosen)
  const isEntry = (block: Block): boolean => isList && isLink(block) && block.words >= NAME_WORDS
  const isMain = (block: Block): boolean =>
    (goods.has(block) && !chosen.has(block)) ||
    ((isProse(block) || isEntry(block)) && likelihoodOf(block, content) >= MAY_BE)
  for (const block of survey.blocks) if (isMain(block)) for (const text of block.texts) texts.add(text)
  return texts
}
