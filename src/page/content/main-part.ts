import type { Block } from './text-blocks.js'
import type { Element, Node } from '../tree/tree.js'

/** Where the content of a page begins. */
export interface MainPart {
  /** The title, or the first paragraph where no title was found */
  readonly start: Node
  /** The first text of the first paragraph */
  readonly prose: Node
  /**
   * Whether a title was found, so that everything before it goes to the end. Without a title only menus do: the title
   * may be an image or an ordinary line
   */
  readonly titled: boolean
}

/** A text with less prose is no article. Letters. */
const LEAST_PROSE = 300
/** A shorter block is no paragraph. Letters. */
const PARAGRAPH = 60
/** If the prose before the title exceeds this share of that after it, the page is a list and stays in its order. */
const MOST_PROSE_BEFORE = 0.4
/**
 * The least share of prose in the text between the first and the last paragraph; the teasers of a front page are mostly
 * links.
 */
const LEAST_SHARE = 0.5
/** The least share of the page's title that a heading must hold; a heading with less is the name of the site. */
const TITLE_SHARE = 0.4
/** The same for other blocks: cells and lines of old pages, the last item of a breadcrumb trail. */
const LINE_TITLE_SHARE = 0.5
/** Blocks of the article that may hold such a line: teasers before the article may be taken for its beginning. */
const LINES_IN = 10

/** The value of a block as part of an article: its prose counts for it, short lines and links count against it. */
function worth(block: Block): number {
  if (block.aside) return -Math.min(block.prose + block.linked, PARAGRAPH)
  if (block.heading > 0) return 0
  return block.prose >= PARAGRAPH && block.prose > 2 * block.linked
    ? block.prose
    : -4 - block.links * 5 - block.linked / 2
}

interface Span {
  readonly from: number
  readonly to: number
  readonly prose: number
}

/**
 * The run of blocks with the highest value is the article (maximum subsequence segmentation, Pasternack and Roth 2009).
 */
function bestSpan(blocks: readonly Block[]): Span | undefined {
  let best: Span | undefined
  let from = 0
  let sum = 0
  for (const [at, block] of blocks.entries()) {
    if (sum <= 0) {
      sum = 0
      from = at
    }
    sum += worth(block)
    if (sum > (best?.prose ?? 0)) best = { from, to: at, prose: sum }
  }
  return best
}

const normal = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase()

/** The share of the page's title that a block is: 0 to 1. */
function titleShare(block: Block, title: string): number {
  const text = normal(block.text)
  return text !== '' && title.includes(text) ? text.length / title.length : 0
}

interface Candidate {
  readonly at: number
  readonly share: number
  readonly heading: number
}

/**
 * The candidate with more of the page's title is better, then the one with the higher heading, then the one that is
 * nearest before the article, or the first one within it.
 */
function isBetter(one: Candidate, other: Candidate, span: Span): boolean {
  if (one.share !== other.share) return one.share > other.share
  if (one.heading !== other.heading) return one.heading < other.heading
  return one.at <= span.from
}

/** The block with most of the page's title, before the article or in it. */
function bestTitle(blocks: readonly Block[], title: string, span: Span, headings: boolean): Candidate | undefined {
  let best: Candidate | undefined
  const last = Math.min(span.to, headings ? span.to : span.from + LINES_IN)
  const least = headings ? TITLE_SHARE : LINE_TITLE_SHARE
  for (const [at, block] of blocks.slice(0, last + 1).entries()) {
    const { heading, text } = block
    if (heading > 0 !== headings || text.length < least * title.length) continue
    const candidate = { at, heading, share: titleShare(block, title) }
    if (candidate.share < least) continue
    if (best === undefined || isBetter(candidate, best, span)) best = candidate
  }
  return best
}

function titleAt(blocks: readonly Block[], title: string, span: Span): number | undefined {
  const whole = normal(title)
  const heading = whole === '' ? undefined : bestTitle(blocks, whole, span, true)
  const line = whole === '' ? undefined : bestTitle(blocks, whole, span, false)
  // On old pages the heading is the name of the site and a line the title. But a title in a breadcrumb trail or in the
  // header of the page does not begin the article.
  if (line !== undefined && (heading === undefined || (line.share > heading.share && line.at > heading.at)))
    return line.at
  if (heading !== undefined) return heading.at
  const first = blocks.slice(0, span.from + 1).findLastIndex(block => block.heading === 1 && !block.aside)
  return first < 0 ? undefined : first
}

const sum = (blocks: readonly Block[], count: (block: Block) => number): number =>
  blocks.reduce((total, block) => total + count(block), 0)
const proseOf = (block: Block): number => Math.max(0, worth(block))
const lettersOf = (block: Block): number => block.prose + block.linked

function isArticle(blocks: readonly Block[], { from, to, prose }: Span): boolean {
  const span = blocks.slice(from, to + 1)
  return prose >= LEAST_PROSE && sum(span, proseOf) >= LEAST_SHARE * sum(span, lettersOf)
}

/** The element that is marked as the main part, if half of the prose is in it. */
function mainOf(blocks: readonly Block[]): Element | undefined {
  const main = blocks.find(block => block.main !== undefined)?.main
  if (main === undefined) return undefined
  const inside = blocks.filter(block => block.main === main)
  return sum(inside, proseOf) >= sum(blocks, proseOf) / 2 ? main : undefined
}

/** The first paragraph from a block on. */
const firstProse = (blocks: readonly Block[], from: number): Block | undefined =>
  blocks.slice(from).find(block => proseOf(block) > 0)

/** Finds where the content of a page begins by the prose in it; undefined for a portal, a list or a form. */
export function mainPartOf(blocks: readonly Block[], title: string): MainPart | undefined {
  const main = mainOf(blocks)
  const scored =
    main === undefined ? blocks : blocks.map(block => (block.main === main ? block : { ...block, aside: true }))
  const span = bestSpan(scored)
  if (span === undefined || !isArticle(scored, span)) return undefined
  const at = titleAt(blocks, title, span)
  const from = at ?? span.from
  // The title of an old page may be as long as a paragraph.
  const prose = firstProse(scored, at === undefined ? from : at + 1)
  if (prose === undefined || sum(scored.slice(0, from), proseOf) > MOST_PROSE_BEFORE * sum(scored.slice(from), proseOf))
    return undefined
  const heading = at === undefined ? undefined : blocks[at]
  if (heading !== undefined) return { start: heading.node, prose: prose.node, titled: true }
  return { start: main?.childNodes[0] ?? prose.node, prose: prose.node, titled: main !== undefined }
}
