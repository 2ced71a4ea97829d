import { objectIn, textIn, plainOf, type Fields } from '../told/fields.js'
import { toldOf, type Told } from '../told/told.js'
import { metaValues } from '../article/summary.js'
import type { Content } from '../content/content.js'
import { inOneLine, lettersOf } from '../content/words.js'
import type { PageLines } from '../lines/page-lines.js'
import type { Page } from '../step.js'
import { shownPrice } from './shown-price.js'

const PRODUCT =
  /^(Product|ProductGroup|IndividualProduct|SoftwareApplication|MobileApplication|Vehicle|Book|VideoGame)$/
const STORY = /(Article|BlogPosting|Recipe)$/

/** So much of a title may name a product. Characters. */
const TITLE_CHARACTERS = 500

/** The one product that a page is about; several are a list. */
function productOf(told: Told, title: string): Fields | undefined {
  const products = toldOf(told, PRODUCT).filter(fields => textIn(fields.name) !== '')
  const names = new Set(products.map(fields => lettersOf(plainOf(textIn(fields.name)))))
  const letters = lettersOf(title.slice(0, TITLE_CHARACTERS))
  const titled = products.filter(fields => letters.includes(lettersOf(plainOf(textIn(fields.name)))))
  const [first] = names.size === 1 ? products : titled
  return first !== undefined && (objectIn(first.offers) !== undefined || titled.length > 0) ? first : undefined
}

/** What one presses to buy has no more. Words. */
const BUTTON_WORDS = 6
/** Where more can be put into a basket, they are the goods of a list. Buttons. */
const MOST_BASKETS = 3

/** Whether a page that does not say what it is has one thing to be put into a basket. */
function hasBasket({ survey: { blocks } }: Content, lines: PageLines): boolean {
  const buttons = blocks.filter(
    ({ words, text }) => words > 0 && words <= BUTTON_WORDS && lines.says('basket', inOneLine(text))
  )
  return buttons.length > 0 && buttons.length <= MOST_BASKETS
}

interface Shop {
  readonly page: Page
  readonly told: Told
  readonly lines: PageLines
}

/** What a page says of its product in its data or META. */
function toldProduct({ page, told }: Shop, values: ReadonlyMap<string, string>): Fields | undefined {
  const product = productOf(told, page.title)
  if (product !== undefined) return product
  return /^(og:)?product(\.item)?$/.test(values.get('og:type') ?? '')
    ? { name: values.get('og:title') ?? '' }
    : undefined
}

/** The one thing that a page offers, or tells of. */
export interface Offered {
  /** As the data of the page tell it; empty where none do, and it is known by its price and a basket for it */
  readonly product: Fields
  /** What META says */
  readonly values: ReadonlyMap<string, string>
  /** Its price as the page shows it; empty where it shows none */
  readonly shown: string
}

/** The product that a page is about, if it is about one. */
export function findOffered(shop: Shop): Offered | undefined {
  if (toldOf(shop.told, STORY).length > 0) return undefined
  const { content, document } = shop.page
  const values = metaValues(document)
  const shown = content === undefined ? '' : shownPrice(content)
  const product = toldProduct(shop, values)
  if (product !== undefined) return { product, values, shown }
  return content !== undefined && shown !== '' && hasBasket(content, shop.lines)
    ? { product: {}, values, shown }
    : undefined
}
