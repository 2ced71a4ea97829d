import type { Block, Region, Survey } from '../content/blocks.js'
import { wordsIn } from '../content/content.js'
import { blocksIn } from '../content/regions.js'
import { firstWhere } from '../tree/first-where.js'
import { closest, isInside, type Element, type Node, type Text } from '../tree/tree.js'
import type { Post, Posts } from './post.js'
import { momentOf, nameOf } from './names-and-moments.js'

/** Fewer rows are no thread. */
const LEAST_ROWS = 2
/** What is said of a person beside a post. Words. */
const MOST_OF_PERSON = 70
/** What is said of a post above its text, and below it. Words. */
const MOST_HEAD = 30
const MOST_FOOT = 25
const MOST_SIGNATURE = 80
/** So many blocks stand above the text of a post. */
const HEAD_BLOCKS = 4
/** Of the rows, so many say how often the person has written or since when, and when they were written themselves. Share. */
const LEAST_SURE = 0.5

const POSTS =
  'posts?|messages?|beiträge|mensajes|messaggi|berichten|posty|сообщени[яй]|mensagens|inlägg|innlegg|indlæg|viestejä|příspěvk[yů]|投稿|帖子|文章'
const SINCE =
  'joined|registered|member since|dabei seit|mitglied seit|anmeldungsdatum|anmeldedatum|registriert|inscrit|registrado|registrato|geregistreerd|dołączył|зарегистрирован|registo'
const GUESTS = 'guest|gast|invité|invitado|ospite|gość|гость|convidado|unregistered|anonymous'
const BEFORE = String.raw`(?:^|[^\p{L}])`
/** What forums say of who writes: how often that was, since when, under which number. */
const COUNTED = new RegExp(
  `${BEFORE}(?:(?:${POSTS})\\s?:?\\s?\\d|\\d{1,6} (?:${POSTS})(?!\\p{L})|(?:${SINCE})[^\\d\\n]{1,20}\\d|member (?:#|no\\.?:?) ?\\d)`,
  'iu'
)
const GUEST = new RegExp(`${BEFORE}(?:${GUESTS})(?!\\p{L})`, 'iu')
/** What forums put below a post. */
const FOOT =
  /\bip\b.{0,3}:|\blogged\b|\breport (this|to)\b|\bgespeichert\b|\bmoderator (informieren|melden)\b|^\W*(back to top|nach oben)/i
/** Between a post and a signature. */
const LINE = /^\s*[_-]{6,}\s*$/

interface Row {
  readonly tr: Region
  readonly left: Region
  readonly right: Region
}

const textOf = (survey: Survey, region: Region): string =>
  blocksIn(survey, region)
    .map(({ text }) => text)
    .join('\n')

/** The rows of a page with the cells in them that say something. */
function rowsIn({ regions }: Survey): Map<Region, Region[]> {
  const rows = new Map<Region, Region[]>()
  for (const region of regions) if (region.element.tagName === 'tr') rows.set(region, [])
  if (rows.size < LEAST_ROWS) return new Map()
  for (const region of regions)
    if (region.words > 0 && region.parent !== undefined) rows.get(region.parent)?.push(region)
  return rows
}

/** The first text of a cell, if it stands out: in bold letters, a link, an element that is called a name. */
function nameAt(survey: Survey, cell: Region): string {
  const text = blocksIn(survey, cell).find(({ words }) => words > 0)?.texts[0]
  return text !== undefined && standsOut(text, cell.element) ? nameOf(text.value.replace(/\s+/g, ' ')) : ''
}

const standsOut = (text: Text, cell: Element): boolean => {
  const mark = closest(text, 'b', 'strong', 'a')
  return mark !== undefined && isInside(mark, cell)
}

/** Rows of a person beside a text: the name, how often that person has written, and the text. */
function postRows(survey: Survey, rows: ReadonlyMap<Region, readonly Region[]>): Row[] {
  const found: Row[] = []
  let counted = 0
  for (const [tr, [left, right, ...more]] of rows) {
    if (left === undefined || right === undefined || more.length > 0 || left.words > MOST_OF_PERSON) continue
    if (left.controls > 0 || tr.first < (found.at(-1)?.tr.end ?? 0)) continue
    const person = textOf(survey, left)
    const isCounted = COUNTED.test(person)
    if (!isCounted && !GUEST.test(person)) continue
    if (isCounted) counted++
    found.push({ tr, left, right })
  }
  return counted >= LEAST_SURE * found.length ? found : []
}

/** The lines across a page, in their order. Each stands before its first block. */
const linesIn = ({ regions }: Survey): Region[] => regions.filter(({ element }) => element.tagName === 'hr')

/** The lines before some of the blocks: a long thread has a thousand lines, and each of its rows asks for a few. */
const linesBefore = (lines: readonly Region[], from: number, end: number): readonly Region[] =>
  lines.slice(
    firstWhere(lines, ({ first }) => first >= from),
    firstWhere(lines, ({ first }) => first >= end)
  )

/** Whether a block begins with a line of marks: a signature. */
const isMarks = (block: Block | undefined): boolean => LINE.test(block?.texts[0]?.value ?? '')

/** The first block of the text behind a line near the beginning of its cell; undefined where there is no such line. */
function behindLine(survey: Survey, { right }: Row, lines: readonly Region[]): number | undefined {
  const [line] = linesBefore(lines, right.first + 1, Math.min(right.end, right.first + HEAD_BLOCKS + 1))
  if (line === undefined || isMarks(survey.blocks[line.first])) return undefined
  return wordsIn(survey.blocks.slice(right.first, line.first)) <= MOST_HEAD ? line.first : undefined
}

/** The first block behind that which says when a post was written. */
function behindDate({ blocks }: Survey, { right: { first, end } }: Row): number {
  const head = blocks.slice(first, Math.min(end - 1, first + HEAD_BLOCKS))
  const at = head.findIndex(({ text, words }) => words <= MOST_HEAD && momentOf(text) !== '')
  return first + at + 1
}

/** The first of the blocks at the end of a cell that say nothing of what was written. */
function footOf({ blocks }: Survey, { right }: Row, from: number): number {
  let end = right.end
  while (end - 1 > from && blocks[end - 1]!.words <= MOST_FOOT && FOOT.test(blocks[end - 1]!.text.trim())) end--
  return end
}

/** A line of marks and the texts behind it, if these are no longer than a signature. */
function signatureIn(blocks: readonly Block[]): readonly Node[] {
  const texts = blocks.flatMap(block => block.texts)
  const at = texts.findLastIndex(({ value }) => LINE.test(value))
  if (at < 1) return []
  const behind = texts.slice(at)
  const words = behind.reduce((sum, { value }) => sum + (value.match(/\S+/g)?.length ?? 0), 0)
  return words <= MOST_SIGNATURE ? behind : []
}

/** A row, and the first block of what was written in it. */
interface Written {
  readonly row: Row
  readonly from: number
}

/** What in the cell of a post is not what was written. */
function besideIn(survey: Survey, { row, from }: Written, lines: readonly Region[]): ReadonlySet<Node> {
  const { right } = row
  const foot = footOf(survey, row, from)
  const others = [...survey.blocks.slice(right.first, from), ...survey.blocks.slice(foot, right.end)]
  const around = [...linesBefore(lines, from, from + 1), ...linesBefore(lines, foot, foot + 1)]
  return new Set<Node>([
    ...others.flatMap(({ texts, pictures }) => [...texts, ...pictures]),
    ...around.map(({ element }) => element),
    ...signatureIn(survey.blocks.slice(from, foot))
  ])
}

/** The rows before and after each row in its table. */
function besideRows(rows: Iterable<Region>): Map<Region, readonly [Region | undefined, Region | undefined]> {
  const tables = new Map<Region | undefined, Region[]>()
  for (const row of rows) {
    const known = tables.get(row.parent)
    if (known === undefined) tables.set(row.parent, [row])
    else known.push(row)
  }
  return new Map([...tables.values()].flatMap(all => all.map((row, at) => [row, [all[at - 1], all[at + 1]]] as const)))
}

/** Some programs have the name and the moment in a row above the post, or the moment in one below it. */
function whoWhenIn(
  survey: Survey,
  { left, right }: Row,
  beside: readonly [Region | undefined, Region | undefined]
): Pick<Post, 'who' | 'when'> {
  const isShort = (row: Region | undefined): row is Region => row !== undefined && row.words <= MOST_HEAD
  const head = survey.blocks
    .slice(right.first, Math.min(right.end, right.first + HEAD_BLOCKS))
    .filter(({ words }) => words <= MOST_HEAD)
  const said = [...head.map(({ text }) => text), ...beside.filter(isShort).map(row => textOf(survey, row))]
  const [above] = beside
  return {
    who: nameAt(survey, left) || (isShort(above) ? nameAt(survey, above) : ''),
    when: said.map(momentOf).find(text => text !== '') ?? ''
  }
}

/** The posts of a thread that is a table of rows: the person on the left, and what was written on the right. */
export function findTablePosts(survey: Survey): Posts | undefined {
  const cells = rowsIn(survey)
  const rows = postRows(survey, cells)
  if (rows.length < LEAST_ROWS) return undefined
  const besides = besideRows(cells.keys())
  const lines = linesIn(survey)
  const behind = rows.map(row => behindLine(survey, row, lines))
  const isLined = behind.every(at => at !== undefined)
  const posts = rows.map((row, at): Post => {
    const from = Math.max(behindDate(survey, row), isLined ? behind[at]! : row.right.first)
    const beside = besideIn(survey, { row, from }, lines)
    return { region: row.tr, body: row.right, beside, ...whoWhenIn(survey, row, besides.get(row.tr)!) }
  })
  const dated = posts.filter(({ when }) => when !== '').length
  return dated < LEAST_SURE * posts.length ? undefined : { name: 'post', posts }
}
