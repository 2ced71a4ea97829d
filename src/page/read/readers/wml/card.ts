import { actionOf, queryAsFields, variableOf, variablesSent, withValues, type WmlAction } from './action.js'
import { isWmlElement, wmlElements, type WmlElement, type WmlNode } from './deck.js'
import { escaped } from '../markup.js'

/** A card while it is written. */
interface Card {
  /** The variables that fields of the card set */
  readonly fields: ReadonlySet<string>
  /** The action that sends these fields first; it says what they are called at the site */
  readonly sends: WmlAction | undefined
  /** What the site calls the variables that it sends */
  readonly names: ReadonlyMap<string, string>
  /** The values of variables that the deck sets itself */
  readonly values: ReadonlyMap<string, string>
}

/** Elements that mean in WML what they mean in HTML, with the attributes that are kept. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  p: ['align'],
  pre: [],
  b: [],
  strong: [],
  i: [],
  em: [],
  u: [],
  big: [],
  small: [],
  table: ['title'],
  tr: [],
  td: [],
  a: ['href', 'title']
}
/** What an element with no label of its own is called. */
const LABELS: Readonly<Record<string, string>> = { accept: 'Go', options: 'Options', help: 'Help', reset: 'Reset' }
/** What is done without being seen. */
const UNSEEN = new Set(['onevent', 'timer', 'setvar', 'postfield', 'go', 'prev', 'noop', 'refresh', 'head', 'template'])

function attributesOf({ attributes }: WmlElement, names: readonly string[], { values }: Card): string {
  return names
    .filter(name => attributes[name] !== undefined)
    .map(name => ` ${name}="${escaped(withValues(attributes[name] ?? '', values))}"`)
    .join('')
}

/** A link, or a button of the card's form where what the fields of the card hold is sent. */
function writeAction(action: WmlAction, label: string, card: Card): string {
  const sent = queryAsFields(action)
  const isOfForm = card.sends !== undefined && [...variablesSent(sent)].some(name => card.fields.has(name))
  if (isOfForm) {
    const aim = sent.href === card.sends.href ? '' : ` formaction="${escaped(withValues(sent.href, card.values))}"`
    return `<button type="submit"${aim} formmethod="${sent.method}">${label}</button>`
  }
  const query = sent.fields
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(withValues(value, card.values))}`)
    .join('&')
  // What is sent without a word of the person's own can be a link, unless it changes something.
  const isLink = action.method === 'get' || action.fields.length === 0 || card.sends !== undefined
  const href = withValues(sent.href, card.values)
  if (isLink) {
    const whole = action.fields.length === 0 ? withValues(action.href, card.values) : `${href}?${query}`
    return `<a href="${escaped(whole)}">${label}</a>`
  }
  const hidden = sent.fields.map(([name, value]) => hiddenField(name, withValues(value, card.values))).join('')
  return `<form action="${escaped(href)}" method="post">${hidden}<button type="submit">${label}</button></form>`
}

const hiddenField = (name: string, value: string): string =>
  `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`

/** The name under which the site gets a variable. */
const sentName = (name: string, { names }: Card): string => names.get(name) ?? name

/** The variables that consist of one field that is sent, with the name of that field. */
const namesIn = (sends: WmlAction | undefined): Map<string, string> =>
  new Map(
    (sends?.fields ?? []).flatMap(([name, value]) => {
      const variable = variableOf(value)
      return variable === undefined ? [] : [[variable, name] as const]
    })
  )

function writeInput({ attributes }: WmlElement, card: Card): string {
  const { name = '', title = '', type = 'text', value = '', size, maxlength } = attributes
  const kind = type.toLowerCase() === 'password' ? 'password' : 'text'
  const limits = `${size === undefined ? '' : ` size="${escaped(size)}"`}${maxlength === undefined ? '' : ` maxlength="${escaped(maxlength)}"`}`
  const label = title === '' ? '' : `${escaped(title)}: `
  return `${label}<input type="${kind}" name="${escaped(sentName(name, card))}" value="${escaped(withValues(value, card.values))}"${limits}>`
}

/** A choice; one whose options lead somewhere is a list of links. */
function writeSelect(select: WmlElement, card: Card): string {
  const { name = '', title = '', multiple, value, ivalue } = select.attributes
  const options = wmlElements(select, 'option')
  const leads = options.map(option => option.attributes.onpick ?? actionOf(option)?.href)
  if (leads.some(href => href !== undefined))
    return `<ul>${options.map((option, at) => `<li>${leads[at] === undefined ? labelOf(option, card) : `<a href="${escaped(withValues(leads[at], card.values))}">${labelOf(option, card)}</a>`}</li>`).join('')}</ul>`
  const chosen = new Set((value ?? ivalue ?? '').split(';'))
  const written = options.map((option, at) => {
    const own = option.attributes.value ?? ''
    const isChosen = chosen.has(value === undefined ? String(at + 1) : own)
    return `<option value="${escaped(own)}"${isChosen ? ' selected' : ''}>${labelOf(option, card)}</option>`
  })
  const many = multiple?.toLowerCase() === 'true' ? ' multiple' : ''
  return `${title === '' ? '' : `${escaped(title)}: `}<select name="${escaped(sentName(name, card))}"${many}>${written.join('')}</select>`
}

/** What stands in an element, without what it does. */
const labelOf = (element: WmlElement, card: Card): string => writeAll(element.children, card).trim()

function writeElement(element: WmlElement, card: Card): string {
  const { name, attributes, children } = element
  const same = Object.hasOwn(SAME, name) ? SAME[name] : undefined
  if (same !== undefined) return `<${name}${attributesOf(element, same, card)}>${writeAll(children, card)}</${name}>`
  if (UNSEEN.has(name)) return ''
  switch (name) {
    case 'br':
      return '<br>'
    case 'img':
      return `<img${attributesOf(element, ['src', 'alt', 'width', 'height', 'align'], card)}>`
    case 'input':
      return writeInput(element, card)
    case 'select':
      return writeSelect(element, card)
    case 'anchor':
    case 'do': {
      const action = actionOf(element)
      const label =
        name === 'do' ? escaped(attributes.label ?? LABELS[attributes.type ?? ''] ?? 'Go') : labelOf(element, card)
      if (action === undefined) return name === 'do' ? '' : label
      return name === 'do' ? `<p>${writeAction(action, label, card)}</p>` : writeAction(action, label, card)
    }
    default:
      return writeAll(children, card)
  }
}

const writeAll = (nodes: readonly WmlNode[], card: Card): string =>
  nodes.map(node => (isWmlElement(node) ? writeElement(node, card) : escaped(withValues(node, card.values)))).join('')

/** What a card shows and does, as HTML; with a form around it where it has fields that something in it sends. */
export function writeCard(
  card: WmlElement,
  shared: readonly WmlElement[],
  values: ReadonlyMap<string, string>
): string {
  const nodes = [...card.children, ...shared]
  const fields = new Set(wmlElements(card, 'input', 'select').flatMap(({ attributes: { name = '' } }) => name || []))
  const sends = [...wmlElements(card, 'do', 'anchor'), ...shared]
    .map(actionOf)
    .filter(action => action !== undefined)
    .map(queryAsFields)
    .find(action => [...variablesSent(action)].some(name => fields.has(name)))
  const content = writeAll(nodes, { fields, sends, names: namesIn(sends), values })
  if (sends === undefined) return content
  const constant = sends.fields
    .filter(([, value]) => !fields.has(variableOf(value) ?? ''))
    .map(([name, value]) => hiddenField(name, withValues(value, values)))
  return `<form action="${escaped(withValues(sends.href, values))}" method="${sends.method}">${constant.join('')}${content}</form>`
}
