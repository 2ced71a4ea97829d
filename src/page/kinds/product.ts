import { objectIn, textIn, listOf, namesIn, imageIn, isFields, plainOf, type Fields } from '../told/fields.js'
import { toldOf, type Told } from '../told/told.js'
import { nameOf } from '../article/title.js'
import { metaValues } from '../article/summary.js'
import type { Page } from '../step.js'
import type { Kind } from './kind.js'
import type { Offered } from './offered.js'
import { addParagraphs, addPicture, addTable, dropSaid } from './parts.js'
import { priceText } from './price.js'

/** A longer value is a text and no part of a specification. Characters. */
const VALUE_CHARACTERS = 100
/** Nobody reads a longer specification. Properties. */
const MOST_PROPERTIES = 100

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

/** Whether a page says that it is about a product, whether or not that can be bought. */
export const isProduct = ({ document }: Pick<Page, 'document'>, told: Told): boolean =>
  metaValues(document).get('og:type') === 'product' || toldOf(told, /^Product(?:Group)?$/).length > 0

/** Whether a thing can be bought: its page says for how much, or that it is there. */
export const isForSale = ({ product, values, shown }: Offered): boolean =>
  [...offerFacts(product), ...metaFacts(values), shown].some(fact => fact !== '')

/** A product: its name, price and where it can be had, its picture, what is said of it, and its specification. */
export const product: Kind = ({ offered }) => {
  if (offered === undefined) return undefined
  const { product, values, shown } = offered
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
