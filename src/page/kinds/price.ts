import { objectIn, textIn, type Fields } from '../told/fields.js'

/** Signs that people know in every country; others stand as their code. */
const SIGNS: Readonly<Record<string, string>> = { USD: '$', GBP: '£', EUR: '€', JPY: '¥' }

/** A price as a number, however its thousands and its fraction are written. */
function amountOf(value: unknown): number {
  const text = textIn(value).replace(/[^\d.,]/g, '')
  const fraction = /[.,](\d{1,2})$/.exec(text)
  const whole = (fraction === null ? text : text.slice(0, fraction.index)).replace(/[.,]/g, '')
  return /^\d{1,12}$/.test(whole) ? Number(`${whole}.${fraction?.[1] ?? '0'}`) : NaN
}

const written = (amount: number, code: string): string => {
  const number = Number.isInteger(amount) ? String(amount) : amount.toFixed(2)
  const sign = SIGNS[code.toUpperCase()]
  return sign === undefined
    ? `${number}${/^[A-Z]{3}$/i.test(code) ? ` ${code.toUpperCase()}` : ''}`
    : `${sign}${number}`
}

function pricesOf(offer: Fields): { amounts: number[]; code: string } {
  const specified = objectIn(offer.priceSpecification)
  const amounts = [offer.price, offer.lowPrice, offer.highPrice, specified?.price].map(amountOf)
  return { amounts, code: textIn(offer.priceCurrency) || textIn(specified?.priceCurrency) }
}

/** The price of offers, or the lowest and the highest; empty where none says it. */
export function priceText(offers: readonly Fields[]): string {
  const prices = offers.map(pricesOf)
  const amounts = prices.flatMap(({ amounts }) => amounts).filter(amount => amount > 0)
  if (amounts.length === 0) return ''
  const code = prices.map(({ code }) => code).find(code => code !== '') ?? ''
  const least = amounts.reduce((one, other) => Math.min(one, other))
  const most = amounts.reduce((one, other) => Math.max(one, other))
  return least === most ? written(least, code) : `${written(least, code)} - ${written(most, code)}`
}
