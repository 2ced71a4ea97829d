import { attribute, closest, elements, plainText, type Element } from '../tree/tree.js'

/** Where an option leads to. */
export interface Destination {
  readonly href: string
  readonly text: string
  readonly chosen: boolean
}

const ADDRESS = /^(?:(?:https?:)?\/\/[^\s/]|\.{0,2}\/(?!\/))\S*$|^[\w.%-]{1,80}\.(?:html?|php|aspx?|cgi)(?:[?#]\S*)?$/i

/** Whether a text is an address, and no word that a script makes one of. */
export const isAddress = (text: string): boolean => ADDRESS.test(text)

/** "Choose a month", and a line: options that lead nowhere. */
const MOST_OTHERS = 3

const addressOf = (option: Element): string | undefined =>
  ['data-url', 'data-href', 'value'].map(name => attribute(option, name)?.trim()).find(value => isAddress(value ?? ''))

/** The number of fields that a person fills in, by form. */
export function countFields(body: Element): ReadonlyMap<Element, number> {
  const counts = new Map<Element, number>()
  for (const field of elements(body, 'input', 'select', 'textarea')) {
    const form = /^(hidden|button|submit|image|reset)$/i.test(attribute(field, 'type') ?? '')
      ? undefined
      : closest(field, 'form')
    if (form !== undefined) counts.set(form, (counts.get(form) ?? 0) + 1)
  }
  return counts
}

/** A form that says where to sends the choice itself; one with other fields is for more than to choose. */
const isSent = (form: Element, counts: ReadonlyMap<Element, number>): boolean =>
  (counts.get(form) ?? 0) > 1 || !/^\s*(?:#|javascript:|$)/i.test(attribute(form, 'action') ?? '')

/** Where the options of a list lead that only a script opens; undefined for a list that is sent, or leads nowhere. */
export function destinationsOf(select: Element, counts: ReadonlyMap<Element, number>): Destination[] | undefined {
  const form = closest(select, 'form')
  if (attribute(select, 'multiple') !== undefined || (form !== undefined && isSent(form, counts))) return undefined
  const options = elements(select, 'option')
  const found = options.flatMap(option => {
    const [href, text] = [addressOf(option), plainText(option)]
    return href === undefined || text === ''
      ? []
      : [{ href, text, chosen: attribute(option, 'selected') !== undefined }]
  })
  return found.length >= 2 && options.length - found.length <= MOST_OTHERS ? found : undefined
}
