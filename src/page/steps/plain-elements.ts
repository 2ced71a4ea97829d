import type { Profile } from '../../clients/profile.js'
import { readAlone } from '../ruby/read-alone.js'
import { holdersOfElements } from '../tree/holders.js'
import { knows, substitute } from '../write/substitutes.js'
import type { Step } from '../step.js'
import {
  append,
  attribute,
  closest,
  createElement,
  createText,
  elements,
  insertAfter,
  insertBefore,
  isElement,
  isText,
  plainText,
  prepend,
  pushChildren,
  rename,
  setAttribute,
  textStart,
  wrapChildren,
  type Element,
  type Node,
  type Parent
} from '../tree/tree.js'

/** Writes what follows a letter as x^2 or x_2; references in brackets stay unchanged. */
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

/** Writes the reading after the base text: 漢字 (kanji). Where there is RP, the brackets are there already. */
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

/**
 * Puts what is beside the single image of a figure below it, as style sheets do: it is the caption, whatever its
 * elements.
 */
function plainFigure(figure: Element, profile: Profile): void {
  const [image, ...others] = elements(figure, 'img')
  if (image !== undefined && others.length === 0) insertAfter(createElement('br'), image)
  substitute(figure, profile)
}

/** The first words below a node. */
function firstWords(node: Node): Node | undefined {
  const stack = [node]
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (isText(at) && /\S/.test(at.value)) return at
    if (isElement(at)) pushChildren(stack, at)
  }
  return undefined
}

/** Writes the summary of DETAILS, which is always open here; its words may stand in a block of their own. */
function plainSummary(summary: Element): void {
  const words = firstWords(summary)
  if (words === undefined) prepend(summary, createText('+ '))
  else insertBefore(createText('+ '), words)
  wrapChildren(summary, 'b')
  rename(summary, 'div', {})
}

/** Keeps an alignment of DIV and P that the client can draw; where it has no DIV, centring becomes CENTER. */
function plainAlignment(element: Element, profile: Profile): void {
  const align = (
    /(?:^|;)\s*text-align\s*:\s*(center|right)/i.exec(attribute(element, 'style') ?? '')?.[1] ??
    attribute(element, 'align')
  )?.toLowerCase()
  const id = attribute(element, 'id')
  element.attrs = []
  if (id !== undefined) setAttribute(element, 'id', id)
  if (align !== 'center' && align !== 'right') return
  // A bullet would stand at the edge, far from its words.
  if (closest(element, 'li') !== undefined) return
  if (element.tagName !== 'div' || profile.elements.DIV !== undefined) {
    if (profile.elements[element.tagName.toUpperCase()]?.includes('ALIGN') === true)
      setAttribute(element, 'align', align)
  } else if (align === 'center' && knows(profile, 'center')) rename(element, 'center')
}

function plainBlock(element: Element, profile: Profile): void {
  plainAlignment(element, profile)
  substitute(element, profile)
}

const FONT_VALUES: Readonly<Record<string, RegExp | undefined>> = { size: /^[+-]?[1-7]$/, color: /^#[0-9a-f]{6}$/i }

/** Keeps FONT if it has a size or colour that the client can draw. */
function plainFont(element: Element, profile: Profile): void {
  element.attrs = element.attrs.filter(
    ({ name, value }) =>
      name === 'id' ||
      (profile.elements.FONT?.includes(name.toUpperCase()) === true && (FONT_VALUES[name]?.test(value) ?? true))
  )
  if (element.attrs.every(({ name }) => name === 'id')) rename(element, 'span', {})
}

/** These would lose their function as a heading. */
const NO_HEADINGS =
  /^(h[1-6]|a|form|input|select|textarea|table|tbody|thead|tfoot|tr|td|th|ul|ol|dl|img|map|area|hr|br)$/

/** Turns an element with the role of a heading into a heading. */
function plainRole(element: Element): void {
  if (attribute(element, 'role') !== 'heading' || NO_HEADINGS.test(element.tagName)) return
  const level = Number(attribute(element, 'aria-level') ?? 2)
  rename(element, `h${Math.min(6, Math.max(1, Math.round(level) || 2))}`, {})
}

const startOf = (node: Node | undefined): string =>
  node === undefined ? '' : isText(node) ? node.value : isElement(node) ? textStart(node, 1) : ''

/** Sheets keep a label apart from what follows; without them a letter right behind it would be of the same word. */
function keepLabelsApart(body: Element): void {
  const parents = new Set(elements(body, 'label').map(({ parentNode }) => parentNode))
  for (const parent of parents) {
    const { childNodes } = parent ?? body
    const joined = childNodes.filter(
      (node, at) => isElement(node) && node.tagName === 'label' && /^[\p{L}\p{N}]/u.test(startOf(childNodes[at + 1]))
    )
    for (const label of joined) insertAfter(createText(' '), label)
  }
}

/** The elements that have a rule of their own; all others have the nearest name that the profile writes. */
const RULES: ReadonlyMap<string, (element: Element, profile: Profile) => void> = new Map([
  ['sub', plainScript],
  ['sup', plainScript],
  ['q', quote],
  ['figcaption', plainCaption],
  ['figure', plainFigure],
  ['summary', plainSummary],
  ['font', plainFont],
  ...['div', 'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(name => [name, plainBlock] as const)
])

/** Maps the elements of HTML 5 and of other browsers onto those that the profile writes. */
export const plainElements: Step = {
  name: 'plain-elements',
  run({ body, names }, { profile, fold }) {
    if (names.has('ruby')) readAlone(body, fold)
    const bracketed: ReadonlySet<Parent> = names.has('rp')
      ? holdersOfElements(body, ({ tagName }) => tagName === 'rp')
      : new Set()
    if (names.has('label')) keepLabelsApart(body)
    for (const element of elements(body)) {
      plainRole(element)
      if (element.tagName === 'rt') {
        plainRuby(element, element.parentNode !== null && bracketed.has(element.parentNode))
        continue
      }
      const rule = RULES.get(element.tagName) ?? substitute
      rule(element, profile)
    }
  }
}
