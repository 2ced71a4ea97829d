import type { Block, Region, Survey } from '../../content/blocks.js'
import { wordsIn } from '../../content/content.js'
import { sumsOf } from '../../content/numbers.js'
import { isProse, setOf } from '../../content/words.js'
import { sideColumns } from './side-columns.js'

/** Names of the columns beside a text, alone or with words that say which one. */
const SIDE = setOf('sidebar seitenleiste randspalte marginalspalte marginalie')
const WHICH = setOf(
  'left right primary secondary first second wrapper inner wrap container column col area widget widgets xoxo side content'
)
/** What is called so first is the text, and the other names say on which side the column stands. */
const AROUND = setOf('content container wrapper wrap')
/** Names of all that was written to a page, alone and as two words. */
const WRITTEN = setOf(
  'comments commentlist commentarea trackbacks pingbacks respond disqus kommentare leserkommentare kommentarliste'.concat(
    ' commentaires comentarios comentários commenti reacties komentarze komentáře kommentarer yorumlar notes'
  )
)
const WRITTEN_PARTS = setOf('list area section wrapper')
const OF_WRITTEN = setOf(
  'comment inner content container block box post entry article single open closed form clearfix wp template thread'
)
const MOST_OTHERS = 1
/** What was written by one person is called so, and how one site tells another that it has. */
const ONE_WRITTEN = setOf(
  'comment kommentar commentaire comentario comentário commento reactie komentarz komentář yorum trackbacks'.concat(
    ' pingbacks reblog'
  )
)
/** Says when that was, in a year, by the clock, or in days from now. */
const DATED = /\b(19|20)\d\d\b|\b\d\d?[:.]\d\d\b|\b\d\d? \p{L}{3,8} ago\b|\b(vor|il y a|hace) \d/iu
/** So near it. Blocks. */
const NEAR = 2
/** A shorter text may be the head of what stands in such a part. Words. */
const LEAST_TEXT = 40
/** The same beside a column that is called so: the shortest posts have one sentence. Words. */
const LEAST_BESIDE = 10
/** What holds more of a page is no part beside what it is about. Shares of the words of the page. */
const MOST_SIDE = 0.85
const MOST_WRITTEN = 0.9
/** A cell with so much of the running text is a column, and its table the layout of the page. Share; words. */
const COLUMN = 0.6
const COLUMN_WORDS = 60
/** A cell beside it with so much running text is one more column of the text. Share of that of the other. */
const MOST_BESIDE = 0.25

/** What is called so by magazines: a text with headings of its own, that leads next to nowhere. Words; shares. */
const OWN_WORDS = 150
const OWN_PROSE = 0.7
const MOST_LINKED = 0.05

/** Whether a side column holds a text that belongs to that of the page, and no lists of other pages. */
const isOwnText = (blocks: readonly Block[], { words, linked, prose, controls, first, end }: Region): boolean =>
  words >= OWN_WORDS &&
  prose >= OWN_PROSE * words &&
  linked <= MOST_LINKED * words &&
  controls === 0 &&
  blocks.slice(first, end).filter(({ heading }) => heading > 0).length > 1

const isSide = ({ names }: Region): boolean =>
  names.some(name => SIDE.has(name)) && !AROUND.has(names[0]!) && names.every(name => SIDE.has(name) || WHICH.has(name))

/** Whether a region is called so, and little else. */
const isNamedWritten = ({ names }: Region): boolean =>
  (names.some(name => WRITTEN.has(name)) ||
    (names.includes('comment') && names.some(name => WRITTEN_PARTS.has(name)))) &&
  new Set(names.filter(name => !WRITTEN.has(name) && !WRITTEN_PARTS.has(name) && !OF_WRITTEN.has(name))).size <=
    MOST_OTHERS

/** Whether what was written to the page stands in a region: a handbook may have a chapter of that name. */
function holdsWritten(region: Region, regions: readonly Region[]): boolean {
  if (region.controls > 0 || region.names.some(name => ONE_WRITTEN.has(name))) return true
  for (let at = region.at + 1; at < regions.length && regions[at]!.first < region.end; at++)
    if (regions[at]!.names.some(name => ONE_WRITTEN.has(name))) return true
  return false
}

const isCell = ({ element }: Region): boolean => element.tagName === 'td'

/** Each that was written to the page, by its first name and by a date in it or near it; they may lie in each other. */
function onesWritten({ blocks, regions }: Survey): readonly Region[] {
  const named = regions.filter(({ names }) => names.length > 0 && ONE_WRITTEN.has(names[0]!))
  if (named.length === 0) return []
  const dated = sumsOf(blocks, ({ text }) => (DATED.test(text) ? 1 : 0))
  return named.filter(
    ({ first, end }) => dated[Math.min(blocks.length, end + NEAR)]! > dated[Math.max(0, first - NEAR)]!
  )
}

/** The parts that hold what was written to the page: each stands once, where entries of lists have such of their own. */
function writtenIn(regions: readonly Region[]): readonly Region[] {
  const named = regions.filter(region => region.words > 0 && isNamedWritten(region))
  const counts = new Map<string, number>()
  for (const { names } of named) counts.set(names.join(), (counts.get(names.join()) ?? 0) + 1)
  return named.filter(region => counts.get(region.names.join()) === 1 && holdsWritten(region, regions))
}

/** The innermost cell that holds most of the running text, if that is much. */
function columnOf(regions: readonly Region[], proseOf: (region: Region) => number, all: number): Region | undefined {
  const least = Math.max(COLUMN_WORDS, COLUMN * all)
  return regions.findLast(region => isCell(region) && proseOf(region) >= least)
}

/** What stands in other cells of the rows around a column without being a column of the text itself. */
function besideColumn(
  regions: readonly Region[],
  column: Region,
  proseOf: (region: Region) => number
): readonly Region[] {
  const rows = new Set<Region>()
  const tables = new Set<Region>()
  for (let at: Region | undefined = column; at !== undefined; at = at.parent)
    if (isCell(at) && at.parent !== undefined) {
      rows.add(at.parent)
      if (at.parent.parent !== undefined) tables.add(at.parent.parent)
    }
  return regions.filter(
    region =>
      isCell(region) &&
      region.parent !== undefined &&
      !(region.first <= column.first && region.end >= column.end) &&
      proseOf(region) <= MOST_BESIDE * proseOf(column) &&
      (rows.has(region.parent) ||
        (region.parent.parent !== undefined && tables.has(region.parent.parent) && 2 * region.linked > region.words))
  )
}

/**
 * What is shown without what stands beside a running text by its place: in a side column, in another cell of the table
 * that lays the page out, among what was written to the page. The pages of old weblogs have the same looks in all three.
 */
export function withoutBeside({ blocks, regions }: Survey, shown: ReadonlySet<Block>): Set<Block> {
  const left = new Set(shown)
  const total = regions[0]?.words ?? 0
  const sums = sumsOf(blocks, block => (shown.has(block) && isProse(block) ? block.words : 0))
  const all = sums[blocks.length]!
  const proseOf = ({ first, end }: Region): number => sums[end]! - sums[first]!
  const take = ({ first, end }: Region): void => {
    for (const block of blocks.slice(first, end)) left.delete(block)
  }
  for (const region of regions)
    if (
      region.words > 0 &&
      region.words <= MOST_SIDE * total &&
      isSide(region) &&
      !isOwnText(blocks, region) &&
      all - proseOf(region) >= LEAST_BESIDE
    )
      take(region)
  if (all >= LEAST_BESIDE) for (const region of sideColumns({ blocks, regions }, proseOf, all)) take(region)
  for (const region of [...writtenIn(regions), ...onesWritten({ blocks, regions })])
    if (region.words <= MOST_WRITTEN * total && sums[region.first]! >= LEAST_TEXT) take(region)
  // A cell with a title begins what the page is about.
  const isHeaded = ({ first, end }: Region): boolean =>
    blocks.slice(first, end).some(({ heading }) => heading === 1 || heading === 2)
  const column = columnOf(regions, proseOf, all)
  if (column !== undefined)
    for (const cell of besideColumn(regions, column, proseOf).filter(region => !isHeaded(region))) take(cell)
  return wordsIn(left) >= LEAST_BESIDE ? left : new Set(shown)
}
