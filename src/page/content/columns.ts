import type { Block, Region } from './blocks.js'
import { log, share } from './numbers.js'
import { BRIEF, type Overview } from './overview.js'
import { AROUND, upTo } from './regions.js'

const DATE =
  /\b(19|20)\d\d[-/.年]\d{1,2}|\b\d{1,2}[./-]\d{1,2}[./-](19|20)?\d\d\b|\b(jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zäé]{0,7}\.?,? \d|\b\d{1,2}\.? (jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)|\b\d{1,4} (min|sec|hour|day|week|month|year)s? ago|\d{1,2}:\d\d/i
/** The same in languages whose months have other names, and how long ago in those. */
const MONTHS = [
  'janvier|février|fevrier|mars|avril|juin|juillet|août|aout|septembre|octobre|novembre|décembre',
  'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre',
  'gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre',
  'janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro',
  'januari|februari|maart|augustus|augusti|marts',
  'stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia',
  'ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince',
  'января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря'
]
const OTHER_DATE = new RegExp(
  `\\b\\d{1,2}\\.? (de )?(${MONTHS.join('|')})|\\b(vor|il y a|hace|há) \\d{1,3} (min|stund|tag|woche|monat|jahr|heure|jour|semaine|mois|hora|d[ií]a|semana|mes)`,
  'i'
)
const saysDate = (text: string): boolean => DATE.test(text) || OTHER_DATE.test(text)
export const PRICE = /[$€£¥₹]\s?\d[\d.,]{0,12}|\d[\d.,]{0,12}\s?(€|£|usd|eur|kr\b|zł|chf|руб|円)/i
export const HAS_DIGIT = /\d/
const CLOSED = /[.!?…。！？:;]["'”’»)\]]{0,3}$/
const RIGHTS =
  /©|copyright|all rights|alle rechte|tous droits|todos los derechos|tutti i diritti|todos os direitos|alle rechten|wszelkie prawa|všechna práva|все права/i

const TAGS = [
  ...['p', 'div', 'li', 'td', 'th', 'dt', 'dd', 'pre', 'blockquote', 'figcaption', 'label', 'button', 'option'],
  ...['summary', 'section', 'article', 'form']
]

const LEVELS = 5
/** Distances beyond say nothing more. Blocks. */
const FAR = { before: -100, behind: 400, none: -200 }

/** Writes one number. */
export type Put = (value: number) => void

/** What the text of a block looks like. */
export function writeText(put: Put, block: Block): void {
  const { region, words, linked, links, pictures, heading } = block
  const text = block.text.trim()
  const characters = text.length
  let stops = 0
  let commas = 0
  let digits = 0
  let capitals = 0
  for (let at = 0; at < characters; at++) {
    const code = text.charCodeAt(at)
    if (code === 46 || code === 33 || code === 63 || code === 0x3002) stops++
    else if (code === 44 || code === 59 || code === 0x3001) commas++
    else if (code > 47 && code < 58) digits++
    else if (code > 64 && code < 91) capitals++
  }
  put(log(words))
  put(log(characters))
  put(share(linked, words))
  put(log(links))
  put(pictures.length)
  put(share(block.emphasised, words))
  put(share(characters, words))
  put(share(stops, words))
  put(share(commas, words))
  put(share(digits, characters))
  put(share(capitals, words))
  put(CLOSED.test(text) ? 1 : 0)
  put(words < BRIEF && digits > 0 && saysDate(text) ? 1 : 0)
  put(words < BRIEF && digits > 0 && PRICE.test(text) ? 1 : 0)
  put(words < BRIEF && RIGHTS.test(text) ? 1 : 0)
  put(heading)
  put(block.hidden ? 1 : 0)
  put(TAGS.indexOf(region.element.tagName) + 1)
}

/** What the words of a block say, and where else they stand. */
export function writeWords(put: Put, at: number, { scores, briefs, titleWords, keys, copies, told }: Overview): void {
  put(scores.sums[at]!)
  put(scores.leasts[at]!)
  put(scores.mosts[at]!)
  const own = briefs[at]!
  let inTitle = 0
  for (const word of own) if (titleWords.has(word)) inTitle++
  put(share(inTitle, own.length))
  put(share(inTitle, titleWords.size))
  put(copies.get(keys[at]!)!)
  put(told[at]!)
}

/** What a block stands in. */
export function writeAround(put: Put, region: Region, { kinds, names, shapes, total }: Overview): void {
  for (let kind = 0; kind < AROUND.length; kind++) put(kinds[region.at * AROUND.length + kind]!)
  put(names.own[region.at]!)
  put(region.parent === undefined ? 0 : names.own[region.parent.at]!)
  put(region.parent?.parent === undefined ? 0 : names.own[region.parent.parent.at]!)
  put(names.least[region.at]!)
  put(names.most[region.at]!)
  put(names.sum[region.at]!)
  put(region.depth)
  const shape = shapes.get(region.shape)!
  put(log(shape.blocks))
  put(share(shape.words, shape.blocks))
  put(share(shape.linked, shape.words))
  put(share(shape.words, total))
  writeRegions(put, region, total)
  const half = upTo(region, total / 2)
  put(log(half.words))
  put(share(half.linked, half.words))
  put(share(half.prose, half.words))
  put(share(half.words, total))
  put(names.own[half.at]!)
  put(region.depth - half.depth)
  const fifth = upTo(region, total / 5)
  put(share(fifth.linked, fifth.words))
  put(share(fifth.prose, fifth.words))
  put(share(fifth.words, total))
  put(names.own[fifth.at]!)
}

/** What the regions around a block look like, the nearest first. */
function writeRegions(put: Put, nearest: Region, total: number): void {
  let region: Region | undefined = nearest
  for (let level = 0; level < LEVELS; level++) {
    if (region === undefined) for (let column = 0; column < 9; column++) put(-1)
    else {
      const count = region.end - region.first
      put(log(region.words))
      put(share(region.linked, region.words))
      put(share(region.words, total))
      put(share(region.prose, region.words))
      put(log(count))
      put(share(region.words, count))
      put(log(region.alike))
      put(share(region.images, count))
      put(log(region.controls))
    }
    region = region?.parent
  }
}

/** Where a block stands on the page, and below which headings. */
export function writePlace(put: Put, at: number, overview: Overview): void {
  const { blocks, main, total, words, headings, firstHeading, firstProse, lastProse } = overview
  const block = blocks[at]!
  put(main === undefined ? -1 : at >= main.first && at < main.end ? 1 : 0)
  put(main === undefined ? -1 : share(main.words, total))
  put(share(at, blocks.length))
  put(share(words[at]!, total))
  put(log(at))
  put(log(blocks.length - at))
  put(distance(at, firstHeading))
  put(distance(at, firstProse))
  put(lastProse === -1 ? FAR.none : distance(lastProse, at))
  headings.begin(block)
  headings.write(put, at)
  headings.add(block, at, overview.headingScore)
}

/** What stands before and behind a block. */
export function writeBeside(put: Put, at: number, { blocks, scores, words, linked }: Overview): void {
  const { region } = blocks[at]!
  for (const step of [-3, -2, -1, 1, 2, 3]) {
    const other = blocks[at + step]
    put(other === undefined ? -1 : log(other.words))
    put(other === undefined ? -1 : share(other.linked, other.words))
    put(other === undefined ? -1 : other.heading)
    put(scores.sums[at + step] ?? 0)
    put(other === undefined ? -1 : isBeside(other.region, region) ? 1 : 0)
  }
  for (const reach of [5, 15]) {
    const from = Math.max(0, at - reach)
    const to = Math.min(blocks.length, at + reach + 1)
    const all = words[to]! - words[from]!
    put(share(all, to - from))
    put(share(linked[to]! - linked[from]!, all))
  }
}

const distance = (from: number, to: number): number =>
  to === -1 ? FAR.none : Math.max(FAR.before, Math.min(FAR.behind, from - to))

const isBeside = (one: Region, other: Region): boolean => one === other || one.parent === other.parent
