import type { Block, Region } from '../content/blocks.js'
import { attribute, closest, elements, textStart, type Element } from '../tree/tree.js'

/** What leads from page to page of a list or a thread, in the languages that sites have most. */
const BACK =
  'previous|prev|older|vorherige|zurück|précédente?|anterior|precedente|vorige|poprzedni[ae]?|föregående|forrige|předchozí|предыдущ(?:ая|ий|ие)|назад|önceki|前へ|上一[页頁]'
const ON =
  'next|newer|nächste|weiter|suivante?|siguiente|próxim[ao]|successiv[ao]|volgende|następn[aey]|nästa|neste|næste|další|следующ(?:ая|ий|ие)|вперед|sonraki|次へ|下一[页頁]'
const STEPS = new RegExp(`${BACK}|${ON}`, 'giu')
const WORDS =
  /first|last|current|pages?|posts?|topics?|number|jump|go|to|you['’]re on|of|this|is|comprised|long|erste|letzte|seiten?|von|gehe zu|première|dernière|primera?|última|páginas?|eerste|laatste|pagina(?:'s)?|prima|ultima|strona|strony|sida|sidor|side|sider|страницы?|页|頁|ページ/giu
/** A longer text says more. Characters. */
const MOST_CHARACTERS = 120
/** A longer text names more than what comes before and after. Characters. */
const MOST_NAMED = 250
/** White space of the source may stand between. Characters. */
const MOST_READ = 1000
const LEAST_LINKS = 2

/**
 * Whether all that an element says leads to other pages of the same list or thread: "First", "Prev", "1", "2", "Next".
 */
export const isPager = (element: Element): boolean => saysPages(element) && elements(element, 'a').length >= LEAST_LINKS

/** Whether an element says nothing but which pages there are, and which come before and after. */
export function saysPages(element: Element): boolean {
  const read = textStart(element, MOST_READ)
  const text = read.length > MOST_READ ? '' : read.replace(/\s+/g, ' ').trim()
  if (text === '' || text.length > MOST_CHARACTERS) return false
  const beside = text.replace(STEPS, '')
  const says = beside.length < text.length || /\d\D+\d/.test(text) || hasNumbers(element, text)
  return says && !/[\p{L}\p{Sc}]/u.test(beside.replace(WORDS, ''))
}

/** Links with numbers may stand without a space between them. */
const hasNumbers = (element: Element, text: string): boolean =>
  /\d\d/.test(text) && elements(element, 'a').length >= LEAST_LINKS

/** Whether the text of a link says that it leads to the page before or to the next one, and nothing else. */
export function stepIn(text: string): 'prev' | 'next' | undefined {
  if (text.length > MOST_STEP) return undefined
  const way = BEFORE.test(text) ? 'prev' : BEHIND.test(text) ? 'next' : undefined
  return way === undefined || /[\p{L}\p{Sc}]/u.test(text.replace(STEPS, '').replace(WORDS, '')) ? undefined : way
}

/** Whether an element leads to what comes before or after its page, by name: "Previous: Chapter 1". */
export function leadsOn(element: Element): boolean {
  const text = textStart(element, MOST_READ).replace(/\s+/g, ' ').trim()
  const links = text.length > MOST_NAMED ? 0 : elements(element, 'a').length
  return links > 0 && links <= 2 * LEAST_LINKS && new RegExp(STEPS).test(text)
}

/** What turns the pages of a book says little more than what the pages beside it are called. Words, blocks. */
const TURNING_WORDS = 40
const TURNING_BLOCKS = 8
const STEP_WORDS = 3
/** No link that does so has more. Characters. */
const MOST_STEP = 30
const BEFORE = new RegExp(`^[^\\p{L}]{0,4}(?:${BACK})(?!\\p{L})`, 'iu')
const BEHIND = new RegExp(`^[^\\p{L}]{0,4}(?:${ON})(?!\\p{L})`, 'iu')

/** Whether a block is a link to another page, called by a word for where that stands. What turns slides leads nowhere. */
function turnsBy({ text, texts: [first], words, linked }: Block, word: RegExp): boolean {
  if (words > STEP_WORDS || linked === 0 || first === undefined || !word.test(text.trim())) return false
  const link = closest(first, 'a')
  const href = link === undefined ? '' : (attribute(link, 'href')?.trim() ?? '')
  return href !== '' && !/^(?:#|javascript:)/i.test(href)
}

/** The innermost region around a block that holds another one behind it too. */
function around({ region }: Block, other: number): Region | undefined {
  let at: Region | undefined = region
  while (at !== undefined && at.end <= other) at = at.parent
  return at
}

/**
 * The regions that turn the pages of a book: links to the page before and to the one behind, and what these are called. A
 * title or a picture among them is what the page is about.
 */
export function turningIn(blocks: readonly Block[]): Region[] {
  const found: Region[] = []
  blocks.forEach((block, at) => {
    if (!turnsBy(block, BEFORE)) return
    const behind = blocks.slice(at + 1, at + TURNING_BLOCKS).findIndex(other => turnsBy(other, BEHIND))
    const region = behind === -1 ? undefined : around(block, at + 1 + behind)
    if (region === undefined || region.words > TURNING_WORDS || region.prose + region.images > 0) return
    if (blocks.slice(region.first, region.end).every(({ heading }) => heading === 0)) found.push(region)
  })
  return found
}
