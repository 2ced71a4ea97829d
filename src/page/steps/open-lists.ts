import { resolve } from '../addresses/address.js'
import { joined, link } from '../article/ways-on.js'
import { countFields, destinationsOf, type Destination } from '../forms/destinations.js'
import type { PageContext, Step } from '../step.js'
import { attribute, closest, createElement, createText, elements, replace, type Element } from '../tree/tree.js'

/** Links in the place of a list that cannot be shown. */
const MOST_LINKS = 20

function optionFor({ href, text, chosen }: Destination, context: PageContext): Element[] {
  const url = resolve(href, context)
  if (url === undefined || !/^https?:$/.test(url.protocol)) return []
  return [createElement('option', { value: url.href, ...(chosen ? { selected: '' } : {}) }, createText(text))]
}

function formOf(select: Element, destinations: readonly Destination[], context: PageContext): Element | undefined {
  const options = destinations.flatMap(destination => optionFor(destination, context))
  if (options.length < 2) return undefined
  const label = attribute(select, 'aria-label')
  return createElement(
    'form',
    { action: `${context.portal}/go`, method: 'get' },
    ...(label === undefined ? [] : [createText(`${label}: `)]),
    createElement('select', { name: 'url' }, ...options),
    createElement('input', { type: 'submit', value: 'Go' })
  )
}

const linksOf = (destinations: readonly Destination[]): Element =>
  createElement('div', {}, ...joined(destinations.slice(0, MOST_LINKS).map(({ href, text }) => [link(href, text)])))

/** Gives a list whose choice only a script would open a button that opens it, or links where there are no forms. */
export const openLists: Step = {
  name: 'open-lists',
  run({ body, names }, context) {
    if (!names.has('select')) return
    const { show, simple } = context.profile.forms
    const counts = countFields(body)
    for (const select of elements(body, 'select')) {
      const destinations = destinationsOf(select, counts)
      if (destinations === undefined) continue
      const shown = show && !simple ? formOf(select, destinations, context) : linksOf(destinations)
      if (shown !== undefined) replace(closest(select, 'form') ?? select, shown)
    }
  }
}
