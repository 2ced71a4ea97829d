/** Parameters that say who reads, or in which language, and not what. */
const READERS = /^(sid|s|phpsessid|session(id)?|lang|language|hl|locale|srsltid|ref|highlight|_|utm_\w+)$/i
/** Pages of what was written about a page are not its own. */
const OF_OTHERS = /comment|cpage|review|related/i
/** Parameters that have numbers of other things: how many are shown, how large they are, when that was. */
const OF_THINGS = /^(day|month|year|date|[dmy]|size|per|per_?page|limit|count|rat(e|ing)|vote|stars?|zoom)$/i
/** What stands before the number of a month or a day. */
const BEFORE_DAY = /(?:^|[^\d])(?:19|20)\d\d[-/_.](?:\d\d?[-/_.])?$/
const NAME_CHARACTERS = 20
const BEHIND_COMMENTS = /comments?[-_/]?(?:page)?[-_/]?$/i
/** Names of numbers of pages, and of the first of what is on them. */
const PAGED = /^(page|pages|p|pg|paged|pageno|pagenum(ber)?|start|st|offset|o|from|seite|pagina|cp|currentpage)$/i
/** The number of a page, of the first thing that is on it, or of the one before that. */
const NUMBER = /^\d{1,10}$/
/** SMF and YaBB name the first post behind the thread: topic=12.15. */
const FIRST_POST = /^(\d{1,12})(?:[./](\d{1,6}))?$/
/** A number in a path where pages differ: /page/2, /page-2, /2, _2, ,2, -o10; index2.html. */
const PART = /^[-/_.,;]?(?:page|pg|p|o|seite|pagina)?[-/_.,=]?(\d{0,6})[-/_.,;]?$/i
/** The same where a page has its number behind that word, which nobody counts from 0. */
const NUMBERED = /(?:^|[-/_.,;])(?:page|seite|pagina)[-/_.,](\d{1,5})(?=\D|$)/i

/** How the addresses of two pages of the same differ. */
export interface PageOf {
  /** In these numbers; undefined where an address has none or 0, as first pages have */
  readonly numbers: readonly [number | undefined, number | undefined]
  /** Whether the address says that these are numbers of pages, or of what is on them */
  readonly isNamed: boolean
  /** The number of the first of the two pages, counted from 1, where its address says so */
  readonly shown?: number | undefined
}

const siteOf = ({ hostname, port }: URL): string => `${hostname.replace(/^(www|m)\./, '')}:${port}`
const numberIn = (text = ''): number | undefined => (/[1-9]/.test(text) ? Number(text) : undefined)

const pathOf = ({ pathname }: URL): string => pathname.replace(/\/$/, '')

const isDigit = (character: string | undefined): boolean => character !== undefined && /\d/.test(character)

/** Where two texts differ: what stands between their common beginning and their common end, without cutting numbers. */
function difference(one: string, other: string): readonly [mine: string, its: string, before: string] {
  const short = Math.min(one.length, other.length)
  let from = 0
  while (from < short && one[from] === other[from]) from++
  let end = 0
  while (end < short - from && one[one.length - 1 - end] === other[other.length - 1 - end]) end++
  while (from > 0 && isDigit(one[from - 1]) && (isDigit(one[from]) || isDigit(other[from]))) from--
  while (
    end > 0 &&
    isDigit(one[one.length - end]) &&
    (isDigit(one[one.length - end - 1]) || isDigit(other[other.length - end - 1]))
  )
    end--
  return [one.slice(from, one.length - end), other.slice(from, other.length - end), one.slice(0, from)]
}

/** Paths of pages of the same differ in one number. */
function pathsOf(one: URL, other: URL): PageOf | undefined {
  const [mine, its, before] = difference(pathOf(one), pathOf(other))
  const [first, second] = [PART.exec(mine), PART.exec(its)]
  if (first === null || second === null || OF_OTHERS.test(`${mine} ${its}`)) return undefined
  if (BEHIND_COMMENTS.test(before.slice(-NAME_CHARACTERS))) return undefined
  const named = [numberIn(NUMBERED.exec(one.pathname)?.[1]), numberIn(NUMBERED.exec(other.pathname)?.[1])] as const
  const numbers = [numberIn(first[1]), numberIn(second[1])] as const
  const isNamed = named.some((number, at) => number !== undefined && number === numbers[at])
  if (numbers[0] === numbers[1] || (!isNamed && BEFORE_DAY.test(before.slice(-NAME_CHARACTERS)))) return undefined
  return { numbers, isNamed, shown: isNamed ? named[0] : undefined }
}

/** As a query has it, without what only says who reads. Old programs have ; between them. */
const parametersOf = ({ search }: URL): Map<string, string> =>
  new Map([...new URLSearchParams(search.replaceAll(';', '&'))].filter(([name]) => !READERS.test(name)))

/** Queries of pages of the same differ in numbers. */
function queriesOf(one: URL, other: URL): PageOf | undefined {
  const [mine, its] = [parametersOf(one), parametersOf(other)]
  const names = [...new Set([...mine.keys(), ...its.keys()])].filter(name => mine.get(name) !== its.get(name))
  const values = names.map(name => [name, mine.get(name), its.get(name)] as const)
  const [first] = values
  if (first === undefined || OF_OTHERS.test(names.join(' '))) return undefined
  const [posts, others] = [first[1], first[2]].map(value => FIRST_POST.exec(value ?? ''))
  if (values.length === 1 && posts?.[1] !== undefined && posts[1] === others?.[1])
    return { numbers: [numberIn(posts[2]), numberIn(others[2])], isNamed: true }
  if (!values.every(([, ...both]) => both.every(value => value === undefined || NUMBER.test(value)))) return undefined
  const paged = values.find(([name]) => PAGED.test(name))
  if (paged === undefined && OF_THINGS.test(first[0])) return undefined
  const [, from, to] = paged ?? first
  return { numbers: [numberIn(from), numberIn(to)], isNamed: paged !== undefined }
}

/** How an address is that of another page of the same thread, article or list, as far as addresses tell. */
export function pageOf(url: URL, other: URL): PageOf | undefined {
  if (!/^https?:$/.test(other.protocol) || siteOf(url) !== siteOf(other)) return undefined
  if (pathOf(url) === pathOf(other)) return queriesOf(url, other)
  const [mine, its] = [parametersOf(url), parametersOf(other)]
  const isSame = mine.size === its.size && [...mine].every(([name, value]) => its.get(name) === value)
  return isSame ? pathsOf(url, other) : undefined
}
