import { objectIn, textIn, listOf, namesIn, imageIn, isFields, plainOf, type Fields } from '../told/fields.js'
import { toldOf, type Told } from '../told/told.js'
import { nameOf } from '../article/title.js'
import { metaValues } from '../article/summary.js'
import type { Content } from '../content/content.js'
import { lettersOf } from '../content/words.js'
import type { Page } from '../step.js'
import type { Kind, Subject } from './kind.js'
import { addParagraphs, addPicture, addTable, dropSaid } from './parts.js'
import { priceText } from './price.js'
import { shownPrice } from './shown-price.js'

const PRODUCT =
  /^(Product|ProductGroup|IndividualProduct|SoftwareApplication|MobileApplication|Vehicle|Book|VideoGame)$/
const STORY = /(Article|BlogPosting|Recipe)$/

/** A longer value is a text and no part of a specification. Characters. */
const VALUE_CHARACTERS = 100
/** Nobody reads a longer specification. Properties. */
const MOST_PROPERTIES = 100
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

const AVAILABILITY: Readonly<Record<string, string>> = {
  instock: 'In stock',
  onlineonly: 'In stock',
  limitedavailability: 'Few left',
  outofstock: 'Out of stock',
  soldout: 'Sold out',
  discontinued: 'Discontinued',
  preorder: 'Pre-order',
  presale: 'Pre-order',
  backorder: 'On back order',
  instoreonly: 'In stores only'
}

const availabilityOf = (value: unknown): string =>
  AVAILABILITY[
    textIn(value)
      .replace(/^.*[/#]/s, '')
      .replace(/[^a-z]/gi, '')
      .toLowerCase()
  ] ?? ''

/** What the offers of a product come to: its price or its prices, and whether it can be had. */
function offerFacts(product: Fields): string[] {
  const offers = listOf(product.offers)
    .filter(isFields)
    .flatMap(offer =>
      offer.price === undefined && offer.lowPrice === undefined
        ? [offer, ...listOf(offer.offers).filter(isFields)]
        : [offer]
    )
  const stock = new Set(offers.map(({ availability }) => availabilityOf(availability)).filter(text => text !== ''))
  return [priceText(offers), stock.has('In stock') ? 'In stock' : ([...stock][0] ?? '')]
}

/** The price in META, where shops write it for those who link to them. */
function metaFacts(values: ReadonlyMap<string, string>): string[] {
  const first = (name: string): string => values.get(`product:${name}`) ?? values.get(`og:${name}`) ?? ''
  const price = priceText([{ price: first('price:amount'), priceCurrency: first('price:currency') }])
  return [price, availabilityOf(first('availability'))]
}

function ratingOf({ aggregateRating }: Fields): string {
  const rating = objectIn(aggregateRating)
  const value = Number(textIn(rating?.ratingValue).replace(',', '.'))
  const count = textIn(rating?.reviewCount ?? rating?.ratingCount)
  if (!(value > 0)) return ''
  const best = textIn(rating?.bestRating) || '5'
  return `${Math.round(10 * value) / 10} of ${best}${/^\d{1,9}$/.test(count) && count !== '0' ? ` (${count})` : ''}`
}

/** Names and values of properties: a table of a specification. */
const propertiesOf = ({ additionalProperty }: Fields): Array<readonly [string, string]> =>
  listOf(additionalProperty)
    .filter(isFields)
    .map(property => [plainOf(textIn(property.name)), plainOf(textIn(property.value))] as const)
    .slice(0, MOST_PROPERTIES)
    .filter(([name, value]) => name !== '' && value !== '' && value.length <= VALUE_CHARACTERS)

/** What one presses to buy, in the languages of the largest shops. Words. */
const BUTTON_WORDS = 6
const BASKET =
  /^(add to (my |your )?(cart|bag|basket|trolley)|in den (warenkorb|einkaufswagen)|ajouter au panier|añadir (al carrito|a la cesta)|agregar al carrito|aggiungi al carrello|in (mijn )?winkel(wagen|mand)|(adicionar|comprar) ao carrinho|do koszyka|lägg i varukorg|læg i kurv|в корзину|カートに入れる|加入购物车)/i
/** Where more can be put into a basket, they are the goods of a list. Buttons. */
const MOST_BASKETS = 3

/** Whether a page that does not say what it is has one thing to be put into a basket. */
function hasBasket({ survey: { blocks } }: Content): boolean {
  const buttons = blocks.filter(({ words, text }) => words > 0 && words <= BUTTON_WORDS && BASKET.test(text.trim()))
  return buttons.length > 0 && buttons.length <= MOST_BASKETS
}

/** What a page says of its product in its data or META. */
function toldProduct(
  { page, told }: Pick<Subject, 'page' | 'told'>,
  values: ReadonlyMap<string, string>
): Fields | undefined {
  const product = productOf(told, page.title)
  if (product !== undefined) return product
  return /^(og:)?product(\.item)?$/.test(values.get('og:type') ?? '')
    ? { name: values.get('og:title') ?? '' }
    : undefined
}

/** The product of a page, and what it costs as the page shows it; one that no data tell of is known by that. */
function productIn(
  subject: Pick<Subject, 'page' | 'told'>,
  values: ReadonlyMap<string, string>
): { readonly product: Fields; readonly shown: string } | undefined {
  if (toldOf(subject.told, STORY).length > 0) return undefined
  const { content } = subject.page
  const shown = content === undefined ? '' : shownPrice(content)
  const product = toldProduct(subject, values)
  if (product !== undefined) return { product, shown }
  return content !== undefined && shown !== '' && hasBasket(content) ? { product: {}, shown } : undefined
}

/** Whether a page says that it is about a product, whether or not that can be bought. */
export const isProduct = ({ document }: Pick<Page, 'document'>, told: Told): boolean =>
  metaValues(document).get('og:type') === 'product' || toldOf(told, /^Product(?:Group)?$/).length > 0

/** Whether a page is about one thing that can be bought: it says for how much, or that it is there. */
export function isForSale(subject: Pick<Subject, 'page' | 'told'>): boolean {
  const values = metaValues(subject.page.document)
  const found = productIn(subject, values)
  return (
    found !== undefined && [...offerFacts(found.product), ...metaFacts(values), found.shown].some(fact => fact !== '')
  )
}

/** A product: its name, price and where it can be had, its picture, what is said of it, and its specification. */
export const product: Kind = subject => {
  const values = metaValues(subject.page.document)
  const found = productIn(subject, values)
  if (found === undefined) return undefined
  const { product, shown } = found
  const name = plainOf(textIn(product.name))
  const [price = '', stock = ''] = offerFacts(product)
  const [metaPrice = '', metaStock = ''] = metaFacts(values)
  const facts = [price || metaPrice || shown, stock || metaStock, plainOf(namesIn(product.brand)), ratingOf(product)]
  return article => {
    const { content } = article
    const title = nameOf(name, article.title)
    dropSaid(content, [name, title, ...facts])
    addPicture(content, imageIn(product.image) || (values.get('og:image') ?? ''), title)
    addParagraphs(content, textIn(product.description))
    addTable(content, propertiesOf(product))
    return { ...article, title, facts: facts.filter(fact => fact !== '') }
  }
}
