import { hasText } from '../../tree/holders.js'
import { append, appendAll, attribute, createElement, createText, type Element } from '../../tree/tree.js'
import { seenWords } from '../button-words.js'
import { isDisabled } from '../controls.js'
import { isAddress } from '../destinations.js'

/** A script that first of all opens an address which it has as it stands; no more than so much of it is read. Characters. */
const OPENS =
  /^(?:(?:window|document|self|top)\.){0,2}(?:location(?:\.href)?\s?=\s?|location\.(?:assign|replace)\(|open\()(?:"([^"\\]+)"|'([^'\\]+)')\s?(?:[;),]|$)/i
const MOST_SCRIPT = 2000
/** The address of a link that leads nowhere without its script. */
const NOWHERE = /^(?:#?$|javascript:)/i
/** Send nothing by themselves. */
const IDLE = /^(button|reset)$/i

/** The address that a script opens when an element is pressed; undefined if it does anything else first. */
function addressOpenedBy(element: Element): string | undefined {
  const script = attribute(element, 'onclick')?.slice(0, MOST_SCRIPT).trim()
  if (script === undefined) return undefined
  const found = OPENS.exec(script.replace(/^(javascript:|return )\s*/i, ''))
  const address = (found?.[1] ?? found?.[2])?.trim()
  return address !== undefined && isAddress(address) ? address : undefined
}

/** Where a link leads: where its script does, if its own address leads nowhere. */
export function hrefOf(link: Element): string | undefined {
  const href = attribute(link, 'href')
  return href === undefined || NOWHERE.test(href.trim()) ? (addressOpenedBy(link) ?? href) : href
}

/** Whether a control does nothing but what its script does. One that is disabled does not even that. */
function isIdle(control: Element, form: Element | undefined): boolean {
  if (isDisabled(control)) return false
  const isButton = IDLE.test(attribute(control, 'type') ?? '')
  return control.tagName === 'input' ? isButton : control.tagName === 'button' && (isButton || form === undefined)
}

/** The link that does what a button does by its script; undefined for one that does anything else. */
export function linkInPlaceOf(control: Element, form: Element | undefined): Element | undefined {
  const href = addressOpenedBy(control)
  if (href === undefined || !isIdle(control, form)) return undefined
  const link = createElement('a', { href })
  appendAll(link, control.childNodes)
  if (!hasText(link))
    append(link, createText(seenWords(attribute(control, 'value') ?? attribute(control, 'aria-label'))))
  return link
}
