import type { Block, Region, Survey } from '../../content/blocks.js'
import { likelihoodOf, type Content } from '../../content/content.js'
import { sumsOf } from '../../content/numbers.js'
import { lettersOf } from '../../content/words.js'
import { namesWhatItOpens } from '../../forms/buttons/mute-buttons.js'
import {
  append,
  attribute,
  closest,
  contains,
  createElement,
  insertBefore,
  isElement,
  prepend,
  textStart,
  type Element,
  type Parent
} from '../../tree/tree.js'

/** A longer text is no head. Words. */
const MOST_WORDS = 16
/** The words of a head stand so deep in what is pressed. Elements. */
const MOST_DEEP = 3
/** A head has its title and a word or two on it; what has more is a part of the page. Blocks. */
const MOST_BLOCKS = 4
/** What follows a head stands so far above it. Elements. */
const MOST_UP = 4
/** A head is shown if so much of its panel is. Share of words. */
const MOST_SHOWN = 0.5
/** The heads of menus are less likely a part of what the page is about. Likelihood. */
const LEAST_LIKELY = 0.05

/** A part of a page that is opened by pressing its head: a tab, a question with its answer. */
export interface Panel {
  readonly head: Block
  /** What is pressed */
  readonly pressed: Element
  /** Its blocks: from `first` up to, and without, `end` */
  readonly first: number
  readonly end: number
  /** The element that a tab opens, and any head that does not stand right above that: tabs stand in a row */
  readonly away: Element | undefined
  /** Whether another head says the same of it: one row of them is for telephones */
  readonly isCopy: boolean
}

/** These are headings of what stands below them as they are. */
const LINES = new Set(['summary', 'dt', 'th', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const OPENS = new Set(['aria-controls', 'aria-expanded', 'data-toggle', 'data-bs-toggle'])

const opens = (element: Element): boolean =>
  element.tagName === 'summary' ||
  element.attrs.some(({ name, value }) => (name === 'role' ? value === 'tab' : OPENS.has(name)))

/** What is pressed to open a part of the page, around the words of a block. */
function pressedIn({ texts, words, text }: Block): Element | undefined {
  if (words === 0 || words > MOST_WORDS) return undefined
  let at: Parent | null = texts[0]?.parentNode ?? null
  for (let up = 0; up <= MOST_DEEP && at !== null && isElement(at); up++, at = at.parentNode)
    if (opens(at)) return namesWhatItOpens(text.trim()) ? at : undefined
  return undefined
}

/** What is pressed around the words of each block; what is around many blocks is no head of one of them. */
function pressedAround(content: Content): Array<Element | undefined> {
  const found = content.survey.blocks.map(block =>
    likelihoodOf(block, content) < LEAST_LIKELY ? undefined : pressedIn(block)
  )
  const heads = new Map<Element, number>()
  for (const element of found) if (element !== undefined) heads.set(element, (heads.get(element) ?? 0) + 1)
  return found.map(element => (element !== undefined && heads.get(element)! <= MOST_BLOCKS ? element : undefined))
}

/** The ID of what is opened. */
const openedBy = (pressed: Element): string =>
  attribute(pressed, 'aria-controls')?.trim() ??
  /^#(.+)$/.exec(attribute(pressed, 'href') ?? attribute(pressed, 'data-target') ?? '')?.[1] ??
  ''

/** Where a page has several elements with an ID, a head opens the one right behind it. An ID has no white space. */
const placed = (id: string, first: number): string => `${id} ${first}`

/** The part of a page that stands right behind a head, up to the next head or to the end of what both stand in. */
function behind(head: Block, at: number, next: number): { first: number; end: number } {
  let around: Region | undefined = head.region
  for (let up = 0; up < MOST_UP && around !== undefined && around.end <= at + 1; up++) around = around.parent
  return { first: at + 1, end: Math.min(next, around?.end ?? 0) }
}

/** The parts of a page that are opened by their heads, in the order of those. */
export function panelsOf(content: Content): Panel[] {
  const { blocks, regions } = content.survey
  const pressed = pressedAround(content)
  if (pressed.every(element => element === undefined)) return []
  const named = new Map<string, Region>()
  for (const region of regions) {
    const id = attribute(region.element, 'id')
    if (id === undefined) continue
    for (const name of [id, placed(id, region.first)]) if (!named.has(name)) named.set(name, region)
  }
  const panels: Panel[] = []
  let next = blocks.length
  for (let at = blocks.length - 1; at >= 0; at--) {
    const [head, element] = [blocks[at]!, pressed[at]]
    if (element === undefined) continue
    const id = openedBy(element)
    const region = named.get(placed(id, at + 1)) ?? named.get(id)
    const isOther = region !== undefined && (region.first > at || region.end <= at)
    if (isOther) {
      const isAbove = region.first === at + 1 && attribute(element, 'role') !== 'tab'
      const away = isAbove ? undefined : region.element
      panels.push({ head, pressed: element, first: region.first, end: region.end, away, isCopy: false })
    } else if (attribute(element, 'role') !== 'tab')
      panels.push({ head, pressed: element, ...behind(head, at, next), away: undefined, isCopy: false })
    next = at
  }
  return withCopies(panels.reverse())
}

/** Tells the heads that say the same of one panel apart: the one that stands right above it counts, else the first. */
function withCopies(panels: readonly Panel[]): Panel[] {
  const first = new Map<string, Panel>()
  for (const panel of panels) {
    const key = `${panel.first} ${lettersOf(panel.head.text)}`
    const other = first.get(key)
    if (other === undefined || (other.away !== undefined && panel.away === undefined)) first.set(key, panel)
  }
  const counted = new Set(first.values())
  return panels.map(panel => (counted.has(panel) ? panel : { ...panel, isCopy: true }))
}

/** Shows the head of what is shown, and no head of what is not. */
export function withHeads({ blocks }: Survey, panels: readonly Panel[], shown: ReadonlySet<Block>): Set<Block> {
  const all = new Set(shown)
  if (panels.length === 0) return all
  const words = sumsOf(blocks, block => block.words)
  const kept = sumsOf(blocks, block => (shown.has(block) ? block.words : 0))
  for (const { head, first, end, isCopy } of panels) {
    const [whole, part] = [words[end]! - words[first]!, kept[end]! - kept[first]!]
    if (end <= first || whole === 0) continue
    if (isCopy) all.delete(head)
    else if (part >= MOST_SHOWN * whole) all.add(head)
    else if (part === 0) all.delete(head)
  }
  return all
}

/** Makes headings of the heads that are shown, those of tabs above what each of them opens. */
export function moveHeads(panels: readonly Panel[], shown: ReadonlySet<Block>): void {
  for (const { head, pressed, away } of panels) {
    if (!shown.has(head) || (away === undefined && isHeading(pressed))) continue
    const heading = createElement('h3')
    const place = away ?? pressed
    const isSaid =
      away !== undefined && lettersOf(textStart(away, 2 * head.text.length)).startsWith(lettersOf(head.text))
    for (const text of head.texts) append(heading, text)
    if (isSaid) continue
    if (away === undefined) insertBefore(heading, place)
    else prepend(place, heading)
  }
}

/** Whether what is pressed is a heading already, or a line of another kind. */
const isHeading = (pressed: Element): boolean =>
  LINES.has(pressed.tagName) ||
  closest(pressed, ...LINES) !== undefined ||
  contains(pressed, ({ tagName }) => LINES.has(tagName))
