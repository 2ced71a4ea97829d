import type { Block, Region, Survey } from '../content/blocks.js'
import { sumsOf } from '../content/numbers.js'
import { blocksIn, isWithin } from '../content/regions.js'
import { isForReaders, isForWriters, saysAllOfCell } from './for-readers.js'
import { isElement, isText, textsIn, type Element, type Node, type Text } from '../tree/tree.js'

/** Are kept or left out as a whole: a row without its other cells says something else. */
const WHOLES = new Set(['table', 'dl', 'pre', 'ul', 'ol'])
/** Of the words of such a whole, for all of it to be kept. Share. */
const MOST_OF_WHOLE = 0.6
/** A table with more of the words of the page is its layout. Share. */
const LAYOUT = 0.4
/** A row with more is one of a layout. Words. */
const ROW_WORDS = 40
/** Of the words of a table, for its rows to be whole. Share. */
const PART_OF_TABLE = 0.3
/** A short line with a colon at its end says what stands below it; a link between the two leads to all of that. Words. */
const LABEL = /:\s*$/
const LABEL_WORDS = 6
const LINK_WORDS = 4
/** Stand in an article for nothing that a person could use. */
const CONTROLS = new Set([
  'input',
  'select',
  'textarea',
  'iframe',
  'object',
  'embed',
  'video',
  'audio',
  'svg',
  'script',
  'style'
])
/** Are kept without text where something else of their parent is. */
const KEPT_EMPTY = new Set(['br', 'hr', 'td', 'th', 'col', 'colgroup', 'source'])
const DEEPEST = 300

/** Whether most of the words of a region are those of some blocks. */
function isMostlyIn({ blocks }: Survey, { first, end, words }: Region, chosen: ReadonlySet<Block>): boolean {
  const own = blocks.slice(first, end).reduce((sum, block) => sum + (chosen.has(block) ? block.words : 0), 0)
  return own > MOST_OF_WHOLE * words
}

/** The blocks of regions of which most was chosen, and of rows of which a cell was, besides those that were. */
function withWholes(survey: Survey, chosen: ReadonlySet<Block>): Set<Block> {
  const { regions } = survey
  const kept = new Set(chosen)
  const total = regions[0]?.words ?? 0
  const isWhole = ({ element, words }: Region): boolean => WHOLES.has(element.tagName) && words <= LAYOUT * total
  for (const region of regions.filter(isWhole))
    if (isMostlyIn(survey, region, chosen)) for (const block of blocksIn(survey, region)) kept.add(block)
  withRows(survey, kept)
  return kept
}

/** The nearest table around a region. */
function tableAround(region: Region): Region | undefined {
  let at: Region | undefined = region
  while (at !== undefined && at.element.tagName !== 'table') at = at.parent
  return at
}

/** The rows of which a cell is kept, in tables of which not much less than most is. */
function withRows(survey: Survey, kept: Set<Block>): void {
  const { blocks, regions } = survey
  const words = sumsOf(blocks, block => (kept.has(block) ? block.words : 0))
  const wordsOf = ({ first, end }: Region): number => words[end]! - words[first]!
  for (const region of regions) {
    if (region.element.tagName !== 'tr' || region.words > ROW_WORDS || wordsOf(region) === 0) continue
    const table = tableAround(region)
    if (table === undefined || wordsOf(table) < PART_OF_TABLE * table.words) continue
    // What leads elsewhere says nothing of the row: "Buy".
    for (const block of blocksIn(survey, region)) if (block.linked < block.words) kept.add(block)
  }
}

/** What begins a caption that only says whose a picture is, and how long such a one is. Words. */
const CREDIT_WORDS = 8
const CREDIT =
  /^[([]?\s?(©|((photo|image|picture|bild|foto) ?)?(credits?|courtesy|source|quelle|nachweis|crédits?) ?(photo ?)?(:|of\b|by\b)|(photo|image|picture|illustration)s? (by|courtesy|via)\b|(photo|image|picture|illustration|foto|bild|grafik|imagen|imagem|immagine|beeld|fot\.|zdjęcie|фото|写真)s? ?[:：/©])/iu
/** Agencies and archives whose name ends such a caption. */
const AGENCY =
  /(?:getty ?images|shutterstock|istock(?:photo)?|adobe ?stock|alamy|unsplash|pexels|reuters|picture alliance|associated press|afp|dpa|epa|imago)(?: stock photo| images)?[\p{P}\p{Z}]*$/iu

/** Whether a text only says whose a picture is. */
export const isCredit = ({ text, words }: Block): boolean =>
  words <= CREDIT_WORDS && (CREDIT.test(text.trim()) || AGENCY.test(text.trim()))

/** What weblogs name after the caption holds the picture as well. A longer text is none. Words. */
const CAPTION = 'caption'
const CAPTION_WORDS = 60

const isFigure = ({ element, names, images, words }: Region): boolean =>
  images > 0 && (element.tagName === 'figure' || (words <= CAPTION_WORDS && names.includes(CAPTION)))

/** Figures, picture and caption, that stand beside a block that is kept. */
function withFigures({ blocks, regions }: Survey, kept: Set<Block>): void {
  const figures = regions.filter(isFigure)
  for (const figure of figures) {
    const [before, after] = [blocks[figure.first - 1], blocks[figure.end]]
    const isBeside = (block: Block | undefined): boolean =>
      block !== undefined && kept.has(block) && isNear(figure, block.region)
    if (!isBeside(before) && !isBeside(after)) continue
    for (const block of blocks.slice(figure.first, figure.end)) if (!isCredit(block)) kept.add(block)
  }
}

/** Pictures between two blocks that are kept, nearer to them than to any that is not. */
function withPictures(blocks: readonly Block[], kept: Set<Block>): void {
  const withText = blocks.filter(({ words }) => words > 0)
  const first = withText.findIndex(block => kept.has(block))
  if (first === -1) return
  let next = 0
  for (const block of blocks) {
    if (block.words > 0) {
      next++
      continue
    }
    const [before, after] = [withText[next - 1], withText[next]]
    const isIn = (other: Block | undefined): boolean => other !== undefined && kept.has(other)
    if (isIn(before) && isIn(after)) kept.add(block)
    // The picture before the first paragraph, and the one after the last, stand in the element of theirs.
    else if (isIn(after) && after !== undefined && isNear(block.region, after.region)) kept.add(block)
    else if (isIn(before) && before !== undefined && isNear(block.region, before.region)) kept.add(block)
  }
}

const isNear = (one: Region, other: Region): boolean =>
  one === other ||
  one.parent === other ||
  one.parent === other.parent ||
  one === other.parent ||
  one.parent?.parent === other.parent

const namesWhatFollows = ({ heading, words, text, linked }: Block): boolean =>
  heading > 0 || (words <= LABEL_WORDS && linked === 0 && LABEL.test(text))

const isListed = ({ region }: Block): boolean =>
  region.element.tagName === 'li' || region.parent?.element.tagName === 'li' || region.element.tagName === 'dt'

/** Headings, and labels with a colon, of lists that are kept: a link to all of their kind may stand between. */
function withHeadings(blocks: readonly Block[], kept: Set<Block>): void {
  let next: Block | undefined
  for (const block of blocks.toReversed()) {
    if (block.words === 0 || block.hidden) continue
    if (!kept.has(block) && next !== undefined && kept.has(next) && isListed(next) && namesWhatFollows(block))
      kept.add(block)
    const isLinkToAll = !kept.has(block) && block.linked === block.words && block.words <= LINK_WORDS
    if (!isLinkToAll) next = block
  }
}

/** Headings that stand between two blocks that are kept, as parts of the same element. */
function withBetween(blocks: readonly Block[], kept: Set<Block>): void {
  const said = blocks.filter(({ words }) => words > 0)
  const between = said.filter((block, at) => {
    const [before, after] = [said[at - 1], said[at + 1]]
    if (block.heading === 0 || kept.has(block) || block.hidden) return false
    const { parent } = block.region
    return [before, after].every(other => other !== undefined && kept.has(other) && other.region.parent === parent)
  })
  for (const block of between) kept.add(block)
}

const WORD = /[\p{L}\p{N}]/u

/** Texts of code without a word, such as lines of brackets alone: they belong to no block, but to the code that is kept. */
function signsOfCode(survey: Survey, kept: ReadonlySet<Block>): Text[] {
  const isKept = (region: Region): boolean => region.element.tagName === 'pre' && isMostlyIn(survey, region, kept)
  const code = new Set(survey.regions.filter(isKept))
  return [...code]
    .filter(({ parent }) => parent === undefined || !isWithin({ region: parent }, around => code.has(around)))
    .flatMap(({ element }) => textsIn(element).filter(({ value }) => !WORD.test(value)))
}

/** The texts and pictures of blocks, with those of the wholes and figures that they belong to. */
export function nodesOf(survey: Survey, chosen: ReadonlySet<Block>): ReadonlySet<Node> {
  const blocks = withWholes(survey, chosen)
  withHeadings(survey.blocks, blocks)
  withBetween(survey.blocks, blocks)
  withFigures(survey, blocks)
  withPictures(survey.blocks, blocks)
  const kept = new Set<Node>(signsOfCode(survey, blocks))
  for (const { texts, pictures } of blocks) for (const node of [...texts, ...pictures]) kept.add(node)
  return kept
}

/** Takes everything else out of an element. Whether anything is left. */
export const keepNodes = (element: Element, kept: ReadonlySet<Node>): boolean => prune(element, kept, DEEPEST)

/** Whether anything is left. */
function prune(element: Element, kept: ReadonlySet<Node>, depth: number): boolean {
  let some = false
  const children: Node[] = []
  for (const child of element.childNodes) {
    const stays = staysIn(child, kept, depth)
    if (stays === 'no') child.parentNode = null
    else children.push(child)
    if (stays === 'yes') some = true
  }
  element.childNodes = children
  return some
}

/** yes; no; or only beside what stays. */
function staysIn(node: Node, kept: ReadonlySet<Node>, depth: number): 'yes' | 'no' | 'beside' {
  if (isText(node)) return kept.has(node) ? 'yes' : /\S/.test(node.value) ? 'no' : 'beside'
  if (!isElement(node) || depth === 0 || CONTROLS.has(node.tagName)) return 'no'
  if ((isForReaders(node) && !saysAllOfCell(node)) || isForWriters(node)) return 'no'
  if (kept.has(node) || prune(node, kept, depth - 1)) return 'yes'
  // Lines of code are often a SPAN each, and their ends another.
  if (node.tagName === 'span' && node.childNodes.length > 0) return 'beside'
  return KEPT_EMPTY.has(node.tagName) ? 'beside' : 'no'
}
