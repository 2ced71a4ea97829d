import { childCount } from '../tree/child-list.js'
import { attribute, closest, isElement, isText, type Element, type Node } from '../tree/tree.js'

/** A line has few elements; what has more is a part of the page. Elements. */
const MOST_BESIDE = 12
/** What authors call small pictures: words of their own, and with a capital within others. */
const ICON =
  /(?:^|[^a-z])(?:icons?|ico|fa[srlb]?|glyph|arrow|chevron|caret|hamburger|burger|emoji|flag|sprite|spinner)(?:[^a-z]|$)|[a-z]Icon(?![a-z])|Icon(?=[A-Z]|$)|Chevron|(?:^|[^a-z])svg-inline/
/** A file may be called after what it shows: an arrow, a flag. */
const ICON_FILE = /(?:^|[^a-z])(?:fav)?icons?(?:[^a-z]|$)/i
const LOGO = /(?:^|[^a-z])logos?(?:[^a-z]|$)|[a-z]Logo(?![a-z])|Logo(?=[A-Z]|$)|(?:^|[^a-z])brandmark/

/** Of an address only the name of the file counts, and of that the beginning. Characters. */
const NAME_CHARACTERS = 80

const fileOf = (address: string): string => {
  const [path = ''] = address.split(/[?#]/, 1)
  return path.slice(path.lastIndexOf('/') + 1).slice(0, NAME_CHARACTERS)
}

/** The names that an element has in its page, and those of what holds nothing else. */
function namesOf(picture: Element): string {
  const { parentNode: parent } = picture
  const own = ['class', 'id', 'data-testid', 'data-icon'].map(name => attribute(picture, name) ?? '')
  const holds =
    parent !== null &&
    isElement(parent) &&
    childCount(parent) <= MOST_BESIDE &&
    parent.childNodes.filter(isElement).length === 1
  return [...own, ...(holds ? [attribute(parent, 'class') ?? ''] : [])].join(' ')
}

/** What a picture is called, in its page or by its file. */
export function calledOf(picture: Element): 'icon' | 'logo' | undefined {
  const names = namesOf(picture)
  const file = fileOf(attribute(picture, 'src') ?? '')
  if (ICON.test(names) || ICON_FILE.test(file)) return 'icon'
  return LOGO.test(names) || LOGO.test(file) ? 'logo' : undefined
}

/** Whether its page calls a picture so, and not its file alone. */
export const isNamed = (picture: Element): boolean => {
  const names = namesOf(picture)
  return ICON.test(names) || LOGO.test(names)
}

/** How far a picture may stand within the line that it belongs to. Levels. */
const LEVELS = 2

const hasInk = (node: Node): boolean => isText(node) && node.value.trim() !== ''

/** Whether a node is text, or begins with some. It looks at little, for a page may have a thousand pictures in it. */
const isWords = (node: Node): boolean =>
  hasInk(node) ||
  (isElement(node) &&
    node.tagName !== 'svg' &&
    node.childNodes
      .slice(0, MOST_BESIDE)
      .some(
        child =>
          hasInk(child) ||
          (isElement(child) && child.tagName !== 'svg' && child.childNodes.slice(0, MOST_BESIDE).some(hasInk))
      ))

/** Whether words stand in one line with a picture. */
export function hasWordsBeside(picture: Element): boolean {
  let child = picture
  for (let level = 0; level < LEVELS; level++) {
    const parent = child.parentNode
    if (parent === null || !isElement(parent) || childCount(parent) > MOST_BESIDE) return false
    if (parent.childNodes.some(node => node !== child && isWords(node))) return true
    child = parent
  }
  return false
}

/** Elements that are one line of text: a picture in it is as high as that. */
const LINES = ['button', 'label', 'summary', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th', 'dt']
const LOOSE_LINES = ['a', 'li', 'td', 'span', 'p']

/**
 * Whether the place of a picture says that it is a sign beside words: in a button or heading, and a drawing in any line
 * of text or cell of a table.
 */
export function standsInLine(picture: Element, isDrawing: boolean): boolean {
  if (closest(picture, 'figure', 'picture') !== undefined) return false
  const lines = isDrawing ? [...LINES, ...LOOSE_LINES] : LINES
  const line = closest(picture, ...lines)
  return line !== undefined && (line.tagName === 'th' || line.tagName === 'td' || hasWordsBeside(picture))
}
