import type { Block } from './text-blocks.js'
import type { Element, Node } from '../tree/tree.js'

/** Where the content of a page begins. */
export interface MainPart {
  /** The title, or the first paragraph where no title was found */
  readonly start: Node
  /** First text of the first paragraph */
  readonly prose: Node
  /**
   * A title was found: all before it goes behind. Without one only menus do: it may be an image, or a line of its own
   */
  readonly titled: boolean
}

/** A text with less prose than this is no article. Letters. */
const LEAST_PROSE = 300
/** A block with less is no paragraph. Letters. */
const PARAGRAPH = 60
/** More prose before the title than this share of that after it: the page is a list, and stays in its order. */
const MOST_PROSE_BEFORE = 0.4
/** So much of the text between the first and the last paragraph is prose; teasers of a front page are mostly links. */
const LEAST_SHARE = 0.5
/** So much of the page's title is a heading that holds it; less is the name of the site. */
const TITLE_SHARE = 0.4
/** The same for what is not a heading: cells and lines of old pages, last crumbs of a path. */
const LINE_TITLE_SHARE = 0.5
/** Such a line is looked for up to here: teasers before the article may pass for its beginning. Blocks. */
const LINES_IN = 10

/** What a block is worth to an article: its prose; short lines and links count against it. */
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

/** The run of blocks that is worth most: the article (maximum subsequence segmentation, Pasternack and Roth 2009). */
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

/** How much of the page's title a block is: 0 to 1. */
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
 * More of the page's title wins, then the higher heading, then what stands nearest before the article; behind its
 * beginning, the first.
 */
function isBetter(one: Candidate, other: Candidate, span: Span): boolean {
  if (one.share !== other.share) return one.share > other.share
  if (one.heading !== other.heading) return one.heading < other.heading
  return one.at <= span.from
}

/** The block that holds most of the page's title; before the article, or in it. */
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
  // The heading of old pages is the name of the site; but a title in the path or in the header is not the one to begin
  // with.
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

/** The element that says that it is the main part, with half of the prose in it. */
function mainOf(blocks: readonly Block[]): Element | undefined {
  const main = blocks.find(block => block.main !== undefined)?.main
  if (main === undefined) return undefined
  const inside = blocks.filter(block => block.main === main)
  return sum(inside, proseOf) >= sum(blocks, proseOf) / 2 ? main : undefined
}

/** The first paragraph at or behind a block. */
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
