import { escaped } from '../markup.js'
import type { Source } from '../../source.js'
import { actionOf, withValues } from './action.js'
import { writeCard } from './card.js'
import { isWmlElement, readDeck, wmlElements, type WmlElement } from './deck.js'

/** What a template has for all cards is written below each of them: further ones are left out. */
const MOST_SHARED = 8
/** A longer value is not put where its variable stands, which may be everywhere. Characters. */
const MOST_VALUE = 30
/** Timers count tenths of a second. */
const TENTHS = 10

/** Variables that a deck sets by itself, wherever it does. */
const valuesOf = (deck: WmlElement): Map<string, string> =>
  new Map(
    wmlElements(deck, 'setvar').flatMap(({ attributes: { name, value } }) =>
      name === undefined || value === undefined || value.includes('$') || value.length > MOST_VALUE
        ? []
        : [[name, value] as const]
    )
  )

/** Where the first card leads by itself, after its time: to another deck, for all cards of this one are on the page. */
function refreshOf(card: WmlElement, values: ReadonlyMap<string, string>): string {
  const [event] = wmlElements(card, 'onevent').filter(({ attributes }) => attributes.type === 'ontimer')
  const href = card.attributes.ontimer ?? (event === undefined ? undefined : actionOf(event)?.href)
  const [timer] = wmlElements(card, 'timer')
  if (href === undefined || timer === undefined || href.startsWith('#')) return ''
  const seconds = Math.ceil((Number.parseInt(timer.attributes.value ?? '0', 10) || 0) / TENTHS)
  return `<meta http-equiv="refresh" content="${seconds};url=${escaped(withValues(href, values))}">`
}

/**
 * A deck of WML as a page: each card is a section under its title, what a telephone had keys for are links, and fields
 * are a form.
 * @throws Error when it nests too deep.
 */
export function readWml({ text, name }: Source): string {
  const deck = readDeck(text)
  const values = valuesOf(deck)
  const cards = wmlElements(deck, 'card')
  const shared = wmlElements(deck, 'template')
    .flatMap(({ children }) => children.filter(isWmlElement).filter(child => child.name === 'do'))
    .slice(0, MOST_SHARED)
  const [first = deck] = cards
  const title = withValues(first.attributes.title ?? '', values).trim()
  const sections = (cards.length === 0 ? [deck] : cards).map((card, at) => {
    const heading = withValues(card.attributes.title ?? '', values).trim()
    const level = at === 0 ? 'h1' : 'h2'
    const id = card.attributes.id === undefined ? '' : ` id="${escaped(card.attributes.id)}"`
    return `<div${id}>${heading === '' ? '' : `<${level}>${escaped(heading)}</${level}>`}${writeCard(card, shared, values)}</div>`
  })
  return `<title>${escaped(title === '' ? name : title)}</title>${refreshOf(first, values)}${sections.join('<hr>')}`
}
