import { attribute, isElement, type Element } from '../tree/tree.js'

interface AttributeTest {
  readonly name: string
  readonly sign: string
  readonly value: string
}

/** What one element must be: a tag, an ID, classes, attributes; all that are given. */
interface Compound {
  tag?: string
  id?: string
  readonly classes: string[]
  readonly attributes: AttributeTest[]
}

type Compounds = readonly [Compound, ...Compound[]]

/** A selector that we understand, read from its end: the element itself, then what it must stand in. */
export interface Selector {
  readonly compounds: Compounds
  /** Between the compounds: > for a child, a space for any depth */
  readonly combinators: readonly string[]
  /** IDs, classes and attributes, tags as digits of base 256 */
  readonly specificity: number
}

/** Longer ones are passed over. Compounds, and characters. */
const MOST_COMPOUNDS = 6
const MOST_CHARACTERS = 300
/** Longer values of attributes match nothing: each comparison reads them whole. Characters. */
const MOST_VALUE = 2000

/**
 * Each character has one way to be taken: names of which each escape could be read in two ways would be tried in all.
 */
const NAME = String.raw`(?:[\w-]|[^\0-\x7F]|\\[^\n]|(?<=\\[0-9a-fA-F]{1,6})[ \t\n\f])+`
const BLANKS = String.raw`[ \t\n\r\f]*`
const PIECE = new RegExp(
  String.raw`(\*)|([.#]?)(${NAME})|\[${BLANKS}(${NAME})${BLANKS}(?:([~|^$*]?=)${BLANKS}(?:"([^"]*)"|'([^']*)'|(${NAME}))${BLANKS}(?:[is]${BLANKS})?)?\]|(${BLANKS}>${BLANKS}|[ \t\n\r\f]+)`,
  'y'
)

/** A name without its escapes: `md\:block` is what Tailwind's classes look like. */
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

/** One selector without commas; undefined for all that has pseudo-classes, siblings or mistakes. */
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

/** Whether a class is among those of an attribute; without splitting it, which costs more than the search. */
function hasClass(classes: string, name: string): boolean {
  for (let at = classes.indexOf(name); at >= 0; at = classes.indexOf(name, at + 1)) {
    const end = at + name.length
    if ((at === 0 || classes.charCodeAt(at - 1) <= 32) && (end === classes.length || classes.charCodeAt(end) <= 32))
      return true
  }
  return false
}

function compoundMatches(element: Element, { tag, id, classes, attributes }: Compound): boolean {
  if (tag !== undefined && tag !== element.tagName) return false
  if (id !== undefined && attribute(element, 'id') !== id) return false
  if (classes.length > 0) {
    const given = attribute(element, 'class') ?? ''
    if (given.length > MOST_VALUE) return false
    for (const name of classes) if (!hasClass(given, name)) return false
  }
  return attributes.every(test => attributeMatches(element, test))
}

/** How much may be compared; counted down. */
export interface Effort {
  left: number
}

/** Whether a selector's compounds from `at` on match the element and what it stands in. */
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
