import type { Block } from '../../content/blocks.js'
import { PRICE } from '../../content/columns.js'
import { likelihoodOf, wordsIn, type Content } from '../../content/content.js'
import { listKey, placedIn } from './even-entries.js'
import { grouped } from './grouped.js'

/** So many entries with a name and a price are the goods of a shop; of the entries alike so many must have both. */
const LEAST_GOODS = 4
const MOST = 0.6
/** Fewer stand beside what the page is about. Share of the words of the page. */
const LEAST_SHARE = 0.25
/** The names of such goods are so likely on the mean a part of what the page is about, however long its prose is. */
const LEAST_LIKELY = 0.2
/** A longer text is no price, and a shorter one no name. Words. */
const PRICE_WORDS = 12
const NAME_WORDS = 2

const hasPrice = ({ words, text }: Block): boolean => words <= PRICE_WORDS && PRICE.test(text)
const isName = (block: Block): boolean =>
  block.words >= NAME_WORDS && 2 * block.linked > block.words && !PRICE.test(block.text)

interface Good {
  readonly name: Block
  readonly price: Block
  readonly words: number
}

/** What is sold in an entry: its name is its heading, else its longest link. */
function goodIn(blocks: readonly Block[]): Good | undefined {
  const names = blocks.filter(isName)
  const longest = names.reduce<Block | undefined>(
    (most, block) => (most === undefined || block.words > most.words ? block : most),
    undefined
  )
  const name = names.find(({ heading }) => heading > 0) ?? longest
  const price = blocks.find(hasPrice)
  if (name === undefined || price === undefined) return undefined
  return { name, price, words: wordsIn(blocks) }
}

/** The blocks of each entry, by the lists that the entries are of. */
const entriesOf = (blocks: readonly Block[]): Block[][][] =>
  grouped(placedIn(blocks.filter(({ hidden }) => !hidden)), listKey).map(list =>
    grouped(list, ({ entry }) => entry).map(placed => placed.map(({ block }) => block))
  )

/**
 * Adds the goods of a shop to what is shown of its page. Sentences are surer than names and prices: where the page says
 * much about its goods, none of them may have been chosen.
 */
export function withGoods(content: Content, shown: ReadonlySet<Block>): Set<Block> {
  const { blocks, regions } = content.survey
  const all = new Set(shown)
  for (const entries of entriesOf(blocks)) {
    const goods = entries.map(goodIn).filter(good => good !== undefined)
    if (goods.length < LEAST_GOODS || goods.length < MOST * entries.length) continue
    const words = wordsIn(goods)
    const likely = goods.reduce((sum, { name }) => sum + likelihoodOf(name, content), 0)
    if (words < LEAST_SHARE * (regions[0]?.words ?? 0) || likely < LEAST_LIKELY * goods.length) continue
    for (const { name, price } of goods) all.add(name).add(price)
  }
  return all
}
