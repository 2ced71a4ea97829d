import type { Profile } from '../../clients/profile.js'
import { holdersOf } from '../tree/holders.js'
import type { Step } from '../step.js'
import {
  append,
  attribute,
  createElement,
  createText,
  elements,
  insertAfter,
  isElement,
  plainText,
  prepend,
  rename,
  setAttribute,
  wrapChildren,
  type Element,
  type Parent
} from '../tree/tree.js'

/**
 * What an element becomes: the first name that the profile writes; `section` and `div` (lines of their own, with and
 * without an empty line around) and `span` (nothing) always can be. Elements that are not listed stay what they are;
 * the writer passes over what it does not know and keeps the text.
 */
const BECOMES: Readonly<Record<string, readonly string[]>> = {
  article: ['section'],
  main: ['section'],
  nav: ['section'],
  aside: ['section'],
  header: ['section'],
  footer: ['section'],
  hgroup: ['section'],
  search: ['section'],
  figure: ['section'],
  details: ['section'],
  dialog: ['section'],
  noscript: ['section'],
  legend: ['p'],
  optgroup: ['span'],
  blockquote: ['blockquote', 'section'],
  center: ['center', 'div'],
  dir: ['ul'],
  menu: ['ul'],
  xmp: ['pre'],
  listing: ['pre'],
  plaintext: ['pre'],
  h5: ['h5', 'h4'],
  h6: ['h6', 'h4'],
  strong: ['strong', 'b', 'span'],
  em: ['em', 'i', 'span'],
  mark: ['b', 'span'],
  marquee: ['b', 'span'],
  blink: ['b', 'span'],
  dfn: ['dfn', 'i', 'span'],
  cite: ['cite', 'i', 'span'],
  var: ['var', 'i', 'span'],
  tt: ['tt', 'span'],
  code: ['code', 'tt', 'span'],
  kbd: ['kbd', 'tt', 'span'],
  samp: ['samp', 'tt', 'span'],
  ins: ['ins', 'u', 'span'],
  u: ['u', 'span'],
  del: ['del', 'strike', '[-'],
  s: ['strike', '[-'],
  strike: ['strike', '[-'],
  abbr: ['abbr', 'span'],
  acronym: ['acronym', 'span'],
  small: ['small', '-1', 'span'],
  big: ['big', '+1', 'span'],
  time: ['span'],
  data: ['span'],
  bdi: ['span'],
  bdo: ['span'],
  output: ['span'],
  label: ['span'],
  nobr: ['span'],
  ruby: ['span'],
  rb: ['span'],
  rtc: ['span'],
  picture: ['span'],
  canvas: ['span'],
  object: ['span'],
  basefont: ['span']
}
/** Attributes that survive; those that the writer does not know it leaves out itself. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  abbr: ['title'],
  acronym: ['title'],
  ol: ['start', 'type'],
  ul: ['type'],
  li: ['value']
}

const knows = (profile: Profile, name: string): boolean =>
  ['section', 'div', 'span'].includes(name) || profile.elements[name.toUpperCase()] !== undefined

/** Struck text where nothing strikes it: [-so-]. */
function bracket(element: Element): void {
  prepend(element, createText('[-'))
  append(element, createText('-]'))
  rename(element, 'span', {})
}

function become(element: Element, profile: Profile): void {
  if (!Object.hasOwn(BECOMES, element.tagName)) return
  for (const name of BECOMES[element.tagName]!) {
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

/** Links lead to elements by ID: the step for links needs it. */
function anchorKept(element: Element, attributes: Record<string, string>): Record<string, string> {
  const id = attribute(element, 'id')
  return id === undefined ? attributes : { ...attributes, id }
}

/** What follows a letter as x^2 or x_2; references in brackets stay as they are. */
function plainScript(element: Element, profile: Profile): void {
  if (knows(profile, element.tagName)) return
  const sign = element.tagName === 'sup' ? '^' : '_'
  const text = plainText(element)
  if (/^[\w+\-−]{1,4}$/.test(text) && elements(element, 'a').length === 0 && !/^(st|nd|rd|th)$/.test(text))
    prepend(element, createText(sign))
  rename(element, 'span', {})
}

function quote(element: Element): void {
  prepend(element, createText('“'))
  append(element, createText('”'))
  rename(element, 'span', {})
}

/** Base text with its reading behind it: 漢字 (kanji). RP already brings its brackets. */
function plainRuby(reading: Element, bracketed: boolean): void {
  if (!bracketed) {
    prepend(reading, createText(' ('))
    append(reading, createText(')'))
  }
  rename(reading, 'span', {})
}

function plainCaption(caption: Element): void {
  wrapChildren(caption, 'i')
  rename(caption, 'div', {})
}

/** What stands beside the image of a figure is its caption, whatever it is made of: style sheets put it below. */
function plainFigure(figure: Element, profile: Profile): void {
  const [image, ...others] = elements(figure, 'img')
  if (image !== undefined && others.length === 0) insertAfter(createElement('br'), image)
  become(figure, profile)
}

/** The summary of DETAILS, which is always open here. */
function plainSummary(summary: Element): void {
  prepend(summary, createText('+ '))
  wrapChildren(summary, 'b')
  rename(summary, 'div', {})
}

/** DIV and P keep an alignment that the client can draw; centring as an element where DIV is not known. */
function plainAlignment(element: Element, profile: Profile): void {
  const align = (
    /(?:^|;)\s*text-align\s*:\s*(center|right)/i.exec(attribute(element, 'style') ?? '')?.[1] ??
    attribute(element, 'align')
  )?.toLowerCase()
  const id = attribute(element, 'id')
  element.attrs = []
  if (id !== undefined) setAttribute(element, 'id', id)
  if (align !== 'center' && align !== 'right') return
  if (element.tagName !== 'div' || profile.elements.DIV !== undefined) {
    if (profile.elements[element.tagName.toUpperCase()]?.includes('ALIGN') === true)
      setAttribute(element, 'align', align)
  } else if (align === 'center' && knows(profile, 'center')) rename(element, 'center')
}

/** FONT with a size or colour that the client can draw; others are nothing. */
function plainFont(element: Element, profile: Profile): void {
  element.attrs = element.attrs.filter(
    ({ name, value }) =>
      name === 'id' ||
      (profile.elements.FONT?.includes(name.toUpperCase()) === true &&
        (name === 'size' ? /^[+-]?[1-7]$/ : /^#[0-9a-f]{6}$/i).test(value))
  )
  if (element.attrs.every(({ name }) => name === 'id')) rename(element, 'span', {})
}

/** They would be lost if they became a heading. */
const NO_HEADINGS =
  /^(h[1-6]|a|form|input|select|textarea|table|tbody|thead|tfoot|tr|td|th|ul|ol|dl|img|map|area|hr|br)$/

/** A heading by role becomes a heading. */
function plainRole(element: Element): void {
  if (attribute(element, 'role') !== 'heading' || NO_HEADINGS.test(element.tagName)) return
  const level = Number(attribute(element, 'aria-level') ?? 2)
  rename(element, `h${Math.min(6, Math.max(1, Math.round(level) || 2))}`, {})
}

/** Maps the elements of HTML 5 and of other browsers onto those that the profile writes. */
export const plainElements: Step = {
  name: 'plain-elements',
  run({ body, names }, { profile }) {
    const bracketed: ReadonlySet<Parent> = names.has('rp')
      ? holdersOf(body, node => isElement(node) && node.tagName === 'rp')
      : new Set()
    for (const element of elements(body)) {
      plainRole(element)
      switch (element.tagName) {
        case 'sub':
        case 'sup':
          plainScript(element, profile)
          break
        case 'q':
          quote(element)
          break
        case 'rt':
          plainRuby(element, bracketed.has(element.parentNode!))
          break
        case 'figcaption':
          plainCaption(element)
          break
        case 'figure':
          plainFigure(element, profile)
          break
        case 'summary':
          plainSummary(element)
          break
        case 'font':
          plainFont(element, profile)
          break
        case 'div':
        case 'p':
        case 'h1':
        case 'h2':
        case 'h3':
        case 'h4':
        case 'h5':
        case 'h6':
          plainAlignment(element, profile)
          become(element, profile)
          break
        default:
          become(element, profile)
      }
    }
  }
}
