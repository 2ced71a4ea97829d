import type { Block } from '../content/blocks.js'
import { wordsIn } from '../content/content.js'
import { isWithin } from '../content/regions.js'
import { lettersOf } from '../content/words.js'

/** The heading of a page that has one of the first level is no less likely content than that; else it names the site. */
const LIKELY = 0.2
/** A shorter heading may be that of a box. Words. */
const LEAST_WORDS = 2
/** So much may stand before it that is taken for content: a gallery, a notice, teasers. Words, share of all of it. */
const FEW = { words: 40, share: 0.05 }
/** If the page's title or its address says the same, so much of the content must stand behind it. Share. */
const BEHIND = 0.25
/** Names of goods, so near around their heading; and so much is said of them behind it, with their price. Elements, words. */
const GOODS = new Set(['product', 'prod', 'pdp', 'produit', 'produkt', 'producto', 'prodotto'])
const GOODS_WITHIN = 4
const LEAST_OFFER = 20
/** A shorter row of links is one of a menu and no headline. Words. */
const HEADLINE_WORDS = 6
/** What stands between the parts of a title. */
const SEPARATOR = /\s[|–—·»-]\s|:\s|\s\(/

/** What a page is called. */
export interface Named {
  /** In its head */
  readonly title: string
  readonly url: URL
}

interface Page extends Named {
  readonly blocks: readonly Block[]
  readonly chosen: ReadonlySet<Block>
  readonly likelihoodOf: (block: Block) => number
  /** Whether a block is on every page of a site */
  readonly isNotice: (block: Block) => boolean
  /** The price below the heading; empty where there is none */
  readonly price: string
}

/** Whether a heading is a whole part of the title, or the last part of the address. */
function isName({ text }: Block, { title, url }: Named): boolean {
  const own = lettersOf(text)
  const last = url.pathname.split('/').findLast(part => part !== '') ?? ''
  return (
    own === lettersOf(last.replace(/\.\w{2,5}$/, '')) || title.split(SEPARATOR).some(part => lettersOf(part) === own)
  )
}

/** Whether a heading stands in what is named as goods. */
const isOfGoods = (block: Block): boolean =>
  isWithin(block, ({ names }) => names.some(name => GOODS.has(name)), GOODS_WITHIN)

/**
 * The place of the only heading of the first level if the content begins with it, however much of a menu, of notices or
 * of a gallery was taken for content before it; -1 for a heading that stands within the content, or names the site.
 */
export function leadingHeading(only: Block | undefined, page: Page): number {
  const { blocks, chosen, likelihoodOf, isNotice, price } = page
  if (only === undefined || likelihoodOf(only) < LIKELY) return -1
  const isNamed = isName(only, page)
  if (only.words < LEAST_WORDS && !isNamed) return -1
  const at = blocks.indexOf(only)
  const behind = blocks.slice(at + 1).filter(block => chosen.has(block))
  const again = new Set(behind.map(({ text }) => text))
  const ofContent = ({ words, linked, links }: Block): number =>
    linked < words ? words - linked : links < 2 && words >= HEADLINE_WORDS ? words : 0
  const before = blocks
    .slice(0, at)
    .filter(block => chosen.has(block) && !isNotice(block) && !again.has(block.text))
    .reduce((words, block) => words + ofContent(block), 0)
  const after = wordsIn(behind)
  if (before <= Math.max(FEW.words, FEW.share * (before + after))) return at
  if (price !== '' && after >= LEAST_OFFER && isOfGoods(only)) return at
  return isNamed && after >= BEHIND * (before + after) ? at : -1
}
