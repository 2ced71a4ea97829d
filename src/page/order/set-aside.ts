import type { Block, Region, Survey } from '../content/blocks.js'
import { PRICE } from '../content/columns.js'
import { likelihoodOf, type Content } from '../content/content.js'
import { share, sumsOf } from '../content/numbers.js'
import { attribute, elements, isElement, type Element, type Node } from '../tree/tree.js'

/** A list of contents with fewer links takes no more room than the line that leads to it. */
const LEAST_ENTRIES = 5
/** Words of a list of contents that are in its links: a heading stands above. Share. */
const ENTRIES_SHARE = 0.75
/** Such a list may stand behind the first paragraph too. Blocks. */
const CONTENTS_WITHIN = 12

/**
 * What stands between the title and the text and is less likely content than that can wait. A paragraph may introduce
 * the page, and what is one of several alike may be an entry of the list that it is about: both must be surer.
 * Likelihood, words outside links, entries.
 */
const UNLIKELY = 0.2
const SURELY_NOT = 0.08
const PARAGRAPH = 20
const SEVERAL = 3
/** Less is a byline, or the place where something is. Words. */
const LEAST_WORDS = 12
/** A longer text that says who has written the page, or when, is about the author. Words. */
const BYLINE_WORDS = 30
const BYLINE =
  /\b(19|20)\d\d\b|\d ?(min|hour|day)|\b(by|written|authors?|editor|updated|published|posted|asked|ago|reviewed|von|par|por|di|door|av)\b/i
/** A picture with fewer words beside it is the lead picture, and no portrait of the author. Words. */
const WORDS_PER_PICTURE = 20

/** So much text around fields is what a list can be narrowed down by, and no form for what stands above. Words. */
const FACETS_WORDS = 25

/** Parts of these mean nothing on their own, or belong to what stands around them. */
const KEPT = new Set(
  'body main article li dt dd td th tr tbody thead table caption label option select button figure figcaption h1 h2 h3 h4 h5 h6'.split(
    ' '
  )
)

/** What need not stand before the text of a page. */
export interface SetAside {
  /** Lists of contents: links to places in the page itself */
  readonly contents: readonly Element[]
  /** Notices, boxes about authors, sign-ups */
  readonly others: readonly Element[]
}

/** Where the title and the first paragraph of a page stand among its blocks. */
export interface Opening {
  readonly title: number
  readonly prose: number
}

const leadsInside = (link: Element): boolean => /^#./.test(attribute(link, 'href') ?? '')

/** Whether a region is a list of contents: links to places in its own page, and next to nothing besides. */
function isContents({ element, words, linked, images, controls }: Region): boolean {
  if (share(linked, words) < ENTRIES_SHARE || images > 0 || controls > 0 || KEPT.has(element.tagName)) return false
  const links = elements(element, 'a')
  return links.length >= LEAST_ENTRIES && links.filter(leadsInside).length >= ENTRIES_SHARE * links.length
}

function isIn(node: Node, body: Element): boolean {
  let at: Node = node
  while (at.parentNode !== null && isElement(at.parentNode)) {
    if (at.parentNode === body) return true
    at = at.parentNode
  }
  return false
}

/** Whether a region is one of several alike, or stands in one, behind a block. */
function isEntry(region: Region, from: number): boolean {
  for (let at: Region | undefined = region; at !== undefined && at.first >= from; at = at.parent)
    if (at.alike >= SEVERAL) return true
  return false
}

/** The outermost regions from one block up to another that pass a test, in order. */
function outermost(
  { regions }: Survey,
  [from, to]: readonly [number, number],
  test: (region: Region) => boolean
): Element[] {
  const found: Element[] = []
  let done = from
  for (const region of regions) {
    if (region.first < done || region.end > to || region.end <= region.first || !test(region)) continue
    found.push(region.element)
    done = region.end
  }
  return found
}

/** Finds what stands between the title of a page and its text and can wait. */
export function setAside({ title, prose }: Opening, content: Content, body: Element): SetAside {
  const { survey } = content
  const from = title + 1
  const between = survey.blocks.slice(from, prose)
  const isByline = ({ text, words }: Block): boolean => words <= BYLINE_WORDS && (BYLINE.test(text) || PRICE.test(text))
  const leastOf = (least: number, { words, linked }: Block): number => (words - linked < PARAGRAPH ? least : SURELY_NOT)
  const sumOf = (least: number): Float64Array =>
    sumsOf(between, block => (likelihoodOf(block, content) >= leastOf(least, block) || isByline(block) ? 1 : 0))
  const [likely, possible] = [sumOf(UNLIKELY), sumOf(SURELY_NOT)]
  const mayWait = (region: Region): boolean => {
    const { element, first, end, words, images, controls } = region
    if (KEPT.has(element.tagName) || words < Math.max(LEAST_WORDS, WORDS_PER_PICTURE * images)) return false
    const stay = isEntry(region, from) ? possible : likely
    return (controls === 0 || words >= FACETS_WORDS) && stay[end - from] === stay[first - from] && isIn(element, body)
  }
  return {
    contents: outermost(
      survey,
      [from, prose + CONTENTS_WITHIN],
      region => isContents(region) && isIn(region.element, body)
    ),
    others: outermost(survey, [from, prose], mayWait)
  }
}
