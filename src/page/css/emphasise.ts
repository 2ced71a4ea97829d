import { closest, contains, onlyElementIn, plainText, wrapChildren, type Element } from '../tree/tree.js'
import type { Style } from './cascade.js'

/** Elements within a line may be emphasised; whole blocks are not. */
const INLINE = new Set([
  'span',
  'a',
  'em',
  'i',
  'b',
  'strong',
  'cite',
  'font',
  'label',
  'time',
  'small',
  'big',
  'q',
  'mark',
  'code',
  'kbd',
  'samp',
  'u',
  'ins',
  'dfn',
  'var',
  'abbr',
  'sub',
  'sup'
])
/** Text within these is bold already or is not for reading: menus set every word in bold. */
const BOLD_ALREADY = [
  'b',
  'strong',
  'mark',
  'th',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'summary',
  'nav',
  'header',
  'footer',
  'button'
]
const ITALIC_ALREADY = ['i', 'em', 'cite', 'dfn', 'var', 'address', 'figcaption', 'nav', 'header', 'footer', 'button']
const UNDERLINED_ALREADY = ['u', 'ins', 'a', 'nav', 'header', 'footer', 'button']
const STRUCK_ALREADY = ['s', 'del', 'strike', 'button']

/** The looks: the value of the style, the element that shows it, and the elements within which text has it already. */
const LOOKS: ReadonlyArray<{
  readonly has: (style: Style) => boolean
  readonly name: string
  readonly already: readonly string[]
}> = [
  { has: ({ bold }) => bold === 'yes', name: 'b', already: BOLD_ALREADY },
  { has: ({ italic }) => italic === 'yes', name: 'i', already: ITALIC_ALREADY },
  { has: ({ line }) => line === 'underline', name: 'u', already: UNDERLINED_ALREADY },
  { has: ({ line }) => line === 'strike', name: 'strike', already: STRUCK_ALREADY }
]

const isWord = (element: Element): boolean =>
  INLINE.has(element.tagName) || ['br', 'img', 'wbr'].includes(element.tagName)

/** Whether an element has the look by its name, or contains nothing but an element that has it. */
function isWrapped(element: Element, already: readonly string[]): boolean {
  for (let at = element; !already.includes(at.tagName);) {
    const only = onlyElementIn(at)
    if (only === undefined) return false
    at = only
  }
  return true
}

/**
 * Puts the children of an inline element into B, I, U or STRIKE, where its style says so and nothing around it does.
 */
export function emphasise(element: Element, style: Style): void {
  if (!INLINE.has(element.tagName) || !LOOKS.some(({ has }) => has(style))) return
  if (plainText(element) === '' || contains(element, inner => !isWord(inner))) return
  for (const { has, name, already } of LOOKS) {
    if (!has(style) || isWrapped(element, already) || closest(element, ...already) !== undefined) continue
    wrapChildren(element, name)
  }
}
