import { attribute, elements, plainText, type Element } from '../tree/tree.js'
import { typeOf } from './controls.js'

/** Names by which forms and fields for a search are known everywhere. */
const SEARCH_FORM = /search|find|such|recherch|busc|ricerc|szuk|hled|zoek/i
const SEARCH_FIELD = /^(q|s|query|search|keywords?|kw|term|wd|w)$|search/i

/** Glyphs of icon fonts stand in the private use areas: nobody sees them here. */
const UNSEEN = /[\p{Co}\p{Cf}\s]+/gu

/** Words as a person sees them; empty for what shows nothing. */
export const seenWords = (words: string | undefined): string => (words ?? '').replace(UNSEEN, ' ').trim()

/** Whether a form is one to search with: it says so, or its one field does. */
function isSearch(form: Element): boolean {
  if (attribute(form, 'role') === 'search') return true
  const fields = elements(form, 'input').filter(input => ['text', 'search'].includes(typeOf(input)))
  const [field] = fields
  if (field === undefined || fields.length > 1 || attribute(form, 'method')?.toLowerCase() === 'post') return false
  return (
    typeOf(field) === 'search' ||
    SEARCH_FIELD.test(attribute(field, 'name') ?? '') ||
    ['action', 'id', 'class'].some(name => SEARCH_FORM.test(attribute(form, name) ?? ''))
  )
}

/** Names of forms that put goods into a basket, or show it */
const BASKET_FORM = /(?:(?<![a-z])cart|Cart|[Bb]asket)(?![a-z])/

const isOfBasket = (form: Element): boolean =>
  ['action', 'id', 'class'].some(name => BASKET_FORM.test(attribute(form, name) ?? ''))

/** The word on a button that has none, by what its form does. */
export const wordOfForm = (form: Element): string => (isSearch(form) ? 'Search' : isOfBasket(form) ? 'Basket' : 'OK')

/** The name that a button has in its attributes or in those of what is in it; empty if there is none. */
function nameOf(button: Element): string {
  for (const element of [button, ...elements(button)])
    for (const name of ['aria-label', 'title', 'alt']) {
      const words = seenWords(attribute(element, name))
      if (words !== '') return words
    }
  return ''
}

/** The word of a button: what it shows, else what it is called; empty if it has none. */
export const wordOf = (button: Element): string =>
  (button.tagName === 'button' ? seenWords(plainText(button)) : '') ||
  nameOf(button) ||
  seenWords(attribute(button, 'value'))
