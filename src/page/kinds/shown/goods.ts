import type { Block } from '../../content/blocks.js'
import { PRICE } from '../../content/columns.js'
import { likelihoodOf, wordsIn, type Content } from '../../content/content.js'
import { listKey, placedIn } from './even-entries.js'
import { isFormer } from './former-price.js'
import { grouped } from './grouped.js'

/** So many entries with a name and a price are the goods of a shop; of the entries alike so many must have both. */
const LEAST_GOODS = 4
const MOST = 0.6
/** Fewer stand beside what the page is about; of which something is shown, fewer are enough. Shares of the words of the page. */
const LEAST_SHARE = 0.25
const LEAST_BEGUN = 0.1
/** The names of such goods are so likely on the mean a part of what the page is about, however long its prose is. */
const LEAST_LIKELY = 0.2
/** So many goods are what their page is about where they are less of it and less likely. Goods, share, likelihood. */
const MANY_GOODS = 8
const LEAST_SHARE_OF_MANY = 0.2
const LEAST_LIKELY_OF_MANY = 0.1
/** A longer text is no price, and a shorter one no name. Words. */
const PRICE_WORDS = 12
const NAME_WORDS = 2

const hasPrice = ({ words, text }: Block): boolean => words <= PRICE_WORDS && PRICE.test(text)
const isName = (block: Block): boolean =>
  block.words >= NAME_WORDS && 2 * block.linked > block.words && !PRICE.test(block.text)

interface Good {
  readonly name: Block
  /** What it cost before it became cheaper, too, if that stands first */
  readonly prices: readonly Block[]
  readonly blocks: readonly Block[]
  readonly words: number
}

/** The first price of an entry; a former one, and the one behind it. */
function pricesIn(blocks: readonly Block[]): Block[] {
  const [first, ...others] = blocks.filter(hasPrice)
  if (first === undefined) return []
  const next = isFormer(first) ? others.find(block => !isFormer(block)) : undefined
  return next === undefined ? [first] : [first, next]
}

/** What is sold in an entry: its name is its heading, else its longest link. */
function goodIn(blocks: readonly Block[]): Good | undefined {
  const names = blocks.filter(isName)
  const longest = names.reduce<Block | undefined>(
    (most, block) => (most === undefined || block.words > most.words ? block : most),
    undefined
  )
  const name = names.find(({ heading }) => heading > 0) ?? longest
  const prices = pricesIn(blocks)
  if (name === undefined || prices.length === 0) return undefined
  return { name, prices, blocks, words: wordsIn(blocks) }
}

/** The blocks of each entry, by the lists that the entries are of. */
const entriesOf = (blocks: readonly Block[]): Block[][][] =>
  grouped(placedIn(blocks.filter(({ hidden }) => !hidden)), listKey).map(list =>
    grouped(list, ({ entry }) => entry).map(placed => placed.map(({ block }) => block))
  )

/** Whether goods are what their page is about, however little of it was chosen. */
function areAbout(goods: readonly Good[], share: number, content: Content): boolean {
  const likely = goods.reduce((sum, { name }) => sum + likelihoodOf(name, content), 0) / goods.length
  if (goods.length >= MANY_GOODS && share >= LEAST_SHARE_OF_MANY && likely >= LEAST_LIKELY_OF_MANY) return true
  return share >= LEAST_SHARE && likely >= LEAST_LIKELY
}

const partsOf = (goods: readonly Good[]): Block[] => goods.flatMap(({ name, prices }) => [name, ...prices])

/** What is missing of goods of which something is shown: where most have their names, their prices, else both. */
function restOf(goods: readonly Good[], shown: ReadonlySet<Block>): Block[] {
  const count = (test: (good: Good) => boolean): number => goods.reduce((sum, good) => sum + (test(good) ? 1 : 0), 0)
  const named = goods.filter(({ name }) => shown.has(name))
  if (named.length >= MOST * goods.length) return named.flatMap(({ prices }) => prices)
  if (count(({ blocks }) => blocks.some(block => shown.has(block))) < MOST * goods.length) return []
  return partsOf(goods)
}

/**
 * Adds the goods of a shop to what is shown of its page. Sentences are surer than names and prices: where the page says
 * much about its goods, none of them may have been chosen; and where a part of each was, the name or the price may be
 * missing. Beside one thing for sale, parts of other goods are no reason to show more of them.
 */
export function withGoods(
  content: Content,
  shown: ReadonlySet<Block>,
  { isForSale = false }: { isForSale?: boolean } = {}
): Set<Block> {
  const all = new Set(shown)
  const total = content.survey.regions[0]?.words ?? 0
  for (const entries of entriesOf(content.survey.blocks)) {
    const goods = entries.map(goodIn).filter(good => good !== undefined)
    if (goods.length < LEAST_GOODS || goods.length < MOST * entries.length) continue
    const share = wordsIn(goods) / Math.max(1, total)
    if (areAbout(goods, share, content)) for (const block of partsOf(goods)) all.add(block)
    else if (!isForSale && share >= LEAST_BEGUN) for (const block of restOf(goods, shown)) all.add(block)
  }
  return all
}
