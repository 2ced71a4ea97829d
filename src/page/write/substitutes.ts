import type { Profile } from '../../clients/profile.js'
import { append, attribute, createText, prepend, rename, type Element } from '../tree/tree.js'

/**
 * The substitutes of elements: the first one that the profile writes is taken. `section` and `div` (lines of their own,
 * with and without the distance of a paragraph) and `span` (nothing) are always possible. Other elements stay; the
 * writer leaves out those that it does not know and keeps their text.
 */
const BECOMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['article', ['section']],
  ['main', ['section']],
  ['nav', ['section']],
  ['aside', ['section']],
  ['header', ['section']],
  ['footer', ['section']],
  ['hgroup', ['section']],
  ['search', ['section']],
  ['figure', ['section']],
  ['details', ['section']],
  ['dialog', ['section']],
  ['noscript', ['section']],
  ['legend', ['p']],
  ['multicol', ['section']],
  ['layer', ['section']],
  ['optgroup', ['span']],
  ['blockquote', ['blockquote', 'section']],
  ['center', ['center', 'div']],
  ['dir', ['ul']],
  ['menu', ['ul']],
  ['xmp', ['pre']],
  ['listing', ['pre']],
  ['plaintext', ['pre']],
  ['h5', ['h5', 'h4']],
  ['h6', ['h6', 'h4']],
  // The same to see, in ten bytes less.
  ['strong', ['b', 'strong', 'span']],
  ['em', ['em', 'i', 'span']],
  ['mark', ['b', 'span']],
  ['marquee', ['marquee', 'b', 'span']],
  ['blink', ['blink', 'b', 'span']],
  ['dfn', ['dfn', 'i', 'span']],
  ['cite', ['cite', 'i', 'span']],
  ['var', ['var', 'i', 'span']],
  ['tt', ['tt', 'span']],
  ['code', ['code', 'tt', 'span']],
  ['kbd', ['kbd', 'tt', 'span']],
  ['samp', ['samp', 'tt', 'span']],
  ['ins', ['ins', 'u', 'span']],
  ['u', ['u', 'span']],
  ['del', ['del', 'strike', '[-']],
  ['s', ['strike', '[-']],
  ['strike', ['strike', '[-']],
  ['abbr', ['abbr', 'span']],
  ['acronym', ['acronym', 'span']],
  ['small', ['small', '-1', 'span']],
  ['big', ['big', '+1', 'span']],
  ['time', ['span']],
  ['data', ['span']],
  ['bdi', ['span']],
  ['bdo', ['span']],
  ['output', ['span']],
  ['label', ['span']],
  ['nobr', ['nobr', 'span']],
  ['ruby', ['span']],
  ['rb', ['span']],
  ['rtc', ['span']],
  ['picture', ['span']],
  ['canvas', ['span']],
  ['object', ['span']],
  ['basefont', ['span']]
])
/** Attributes that are kept; the writer leaves out those that it does not know. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  abbr: ['title'],
  acronym: ['title'],
  ol: ['start', 'type'],
  ul: ['type'],
  li: ['value'],
  marquee: ['behavior', 'direction', 'loop', 'scrollamount', 'scrolldelay', 'width', 'height', 'bgcolor', 'align']
}

/** Whether the writer takes an element: what the profile writes, and the three that are never written as such. */
export const knows = (profile: Profile, name: string): boolean =>
  ['section', 'div', 'span'].includes(name) || profile.elements[name.toUpperCase()] !== undefined

/** Writes struck text as [-so-] where the profile has no element for it. */
function bracket(element: Element): void {
  prepend(element, createText('[-'))
  append(element, createText('-]'))
  rename(element, 'span', {})
}

/** Renames an element that clients of the time lack to the nearest that the profile writes. */
export function substitute(element: Element, profile: Profile): void {
  for (const name of BECOMES.get(element.tagName) ?? []) {
    if (name === '[-') return bracket(element)
    if (name === '-1' || name === '+1') {
      if (knows(profile, 'font')) return rename(element, 'font', { size: name })
    } else if (knows(profile, name)) {
      const kept = KEPT[element.tagName] ?? []
      const attributes = Object.fromEntries(
        element.attrs.filter(attr => kept.includes(attr.name)).map(attr => [attr.name, attr.value])
      )
      return rename(element, name, anchorKept(element, attributes))
    }
  }
}

/** The ID stays, because the step plain-links needs it. */
function anchorKept(element: Element, attributes: Record<string, string>): Record<string, string> {
  const id = attribute(element, 'id')
  return id === undefined ? attributes : { ...attributes, id }
}
