import { attribute, isElement, type Element } from '../tree/tree.js'

interface AttributeTest {
  readonly name: string
  readonly sign: string
  readonly value: string
}

/** The conditions on one element, all of which must hold: its tag, its ID, its classes, its attributes. */
interface Compound {
  tag?: string
  id?: string
  readonly classes: string[]
  readonly attributes: AttributeTest[]
}

type Compounds = readonly [Compound, ...Compound[]]

/** A selector in the subset that is understood, from its end: first the element itself, then its ancestors. */
export interface Selector {
  readonly compounds: Compounds
  /** The combinators between the compounds: > for a child, a space for a descendant */
  readonly combinators: readonly string[]
  /** The numbers of IDs, of classes and attributes, and of tags, as digits of base 256 */
  readonly specificity: number
}

/** Selectors with more are skipped. Compounds, and characters. */
const MOST_COMPOUNDS = 6
const MOST_CHARACTERS = 300
/** A longer value of an attribute matches nothing, because each comparison reads all of it. Characters. */
export const MOST_VALUE = 2000

/**
 * The pattern matches each character in one way only: if an escape could match in two, a name of many escapes would be
 * tried in every combination.
 */
const NAME = String.raw`(?:[\w-]|[^\0-\x7F]|\\[^\n]|(?<=\\[0-9a-fA-F]{1,6})[ \t\n\f])+`
const BLANKS = String.raw`[ \t\n\r\f]*`
const PIECE = new RegExp(
  String.raw`(\*)|([.#]?)(${NAME})|\[${BLANKS}(${NAME})${BLANKS}(?:([~|^$*]?=)${BLANKS}(?:"([^"]*)"|'([^']*)'|(${NAME}))${BLANKS}(?:[is]${BLANKS})?)?\]|(${BLANKS}>${BLANKS}|[ \t\n\r\f]+)`,
  'y'
)

/** Removes the escapes from a name: Tailwind's classes look like `md\:block`. */
function nameOf(written: string): string {
  if (!written.includes('\\')) return written
  return written.replace(/\\(?:([0-9a-fA-F]{1,6})\s?|([^\n]))/g, (_all, hex: string | undefined, character: string) =>
    hex === undefined
      ? character
      : Number.parseInt(hex, 16) > 0x10ffff
        ? '\uFFFD'
        : String.fromCodePoint(Number.parseInt(hex, 16))
  )
}

const newCompound = (): Compound => ({ classes: [], attributes: [] })

function add(compound: Compound, piece: RegExpExecArray): number {
  const [, , sign, name = '', attribute, operator, double, single, bare] = piece
  if (attribute !== undefined) {
    compound.attributes.push({
      name: nameOf(attribute).toLowerCase(),
      sign: operator ?? '',
      value: double ?? single ?? nameOf(bare ?? '')
    })
    return 256
  }
  const plain = nameOf(name)
  if (sign === '.') compound.classes.push(plain)
  else if (sign === '#') compound.id = plain
  else compound.tag = plain.toLowerCase()
  return sign === '.' ? 256 : sign === '#' ? 65536 : 1
}

/** Reads one selector without commas; undefined if it has pseudo-classes, siblings or errors. */
export function readSelector(text: string): Selector | undefined {
  const source = text.trim()
  if (source === '' || source.length > MOST_CHARACTERS) return undefined
  let compound = newCompound()
  let compounds: Compounds = [compound]
  const combinators: string[] = []
  let specificity = 0
  PIECE.lastIndex = 0
  while (PIECE.lastIndex < source.length) {
    const piece = PIECE.exec(source)
    if (piece === null) return undefined
    if (piece[9] !== undefined) {
      combinators.unshift(piece[9].trim() === '>' ? '>' : ' ')
      compound = newCompound()
      compounds = [compound, ...compounds]
    } else if (piece[1] === undefined) specificity += add(compound, piece)
  }
  return compounds.length > MOST_COMPOUNDS || /^>|>$/.test(source) ? undefined : { compounds, combinators, specificity }
}

function attributeMatches(element: Element, { name, sign, value }: AttributeTest): boolean {
  const given = attribute(element, name)
  if (given === undefined || sign === '') return given !== undefined
  if (sign === '=') return given === value
  if (value === '' || given.length > MOST_VALUE) return false
  switch (sign) {
    case '~=':
      return given.split(/\s+/).includes(value)
    case '|=':
      return given === value || given.startsWith(`${value}-`)
    case '^=':
      return given.startsWith(value)
    case '$=':
      return given.endsWith(value)
    default:
      return given.includes(value)
  }
}

/** Whether a class attribute has a class. Splitting the attribute would cost more than this search. */
function hasClass(classes: string, name: string): boolean {
  for (let at = classes.indexOf(name); at >= 0; at = classes.indexOf(name, at + 1)) {
    const end = at + name.length
    if ((at === 0 || classes.charCodeAt(at - 1) <= 32) && (end === classes.length || classes.charCodeAt(end) <= 32))
      return true
  }
  return false
}

/** Whether a compound allows for an element with a tag and a class attribute. */
export function namesMatch({ tag, classes }: Compound, tagName: string, given: string): boolean {
  if (tag !== undefined && tag !== tagName) return false
  if (classes.length > 0 && given.length > MOST_VALUE) return false
  for (const name of classes) if (!hasClass(given, name)) return false
  return true
}

function compoundMatches(element: Element, compound: Compound): boolean {
  const { tag, id, classes, attributes } = compound
  if (tag !== undefined && tag !== element.tagName) return false
  if (id !== undefined && attribute(element, 'id') !== id) return false
  if (classes.length > 0 && !namesMatch(compound, element.tagName, attribute(element, 'class') ?? '')) return false
  for (const test of attributes) if (!attributeMatches(element, test)) return false
  return true
}

/** A budget of comparisons that each one reduces. */
export interface Effort {
  left: number
}

/** Whether the compounds of a selector from `at` on match an element and its ancestors. */
export function matches(element: Element, selector: Selector, effort: Effort, at = 0): boolean {
  const compound = selector.compounds[at]
  if (--effort.left < 0 || compound === undefined || !compoundMatches(element, compound)) return false
  const combinator = selector.combinators[at]
  if (combinator === undefined) return true
  for (let parent = element.parentNode; parent !== null && isElement(parent); parent = parent.parentNode) {
    if (matches(parent, selector, effort, at + 1)) return true
    if (combinator === '>' || effort.left < 0) return false
  }
  return false
}
