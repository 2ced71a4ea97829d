import { SaxesParser } from 'saxes'
import { ImageError } from './image-error.js'

/**
 * What librsvg may be given. It cannot be ended while it draws, and takes some 6 KB of memory for each letter of text
 * (measured with librsvg 2.60: 1.3 GB for 200 KB of letters), so that a drawing is counted before it sees it. Ten times
 * what the largest maps of an encyclopedia have.
 */
export const SVG_LIMITS = {
  /** Bytes of the file */
  bytes: 4 * 1024 * 1024,
  /** Elements that are drawn, those that USE repeats counted each time */
  elements: 50_000,
  /** Characters of text that are drawn, other than blanks, counted likewise */
  characters: 10_000,
  /** Elements within each other: librsvg draws them by recursion */
  depth: 500,
  /** USE of what has USE in it */
  useDepth: 12,
  /** Characters of an entity's value: editors declare addresses of namespaces */
  entityCharacters: 200,
} as const

/** Each byte below 80 is the same character in these: what is counted is what librsvg reads. */
const asciiSupersets = /^(utf-8|us-ascii|ascii|iso-8859-\d+|windows-125\d|koi8-[ru])$/i

interface Drawn {
  /** Index behind the last element within it */
  end: number
  characters: number
  /** Name of what a USE repeats */
  uses: string | undefined
}

function refuse (what: string): never {
  throw new ImageError('IMAGE_TOO_LARGE', `the drawing has too much in it: ${what}`)
}

/** Entities of the internal subset; one with markup or other entities in it could hide what is counted. */
function entitiesOf (doctype: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name, double, single] of doctype.matchAll(/<!ENTITY\s+([\w.-]{1,100})\s+(?:"([^"]*)"|'([^']*)')/g)) {
    const value = double ?? single ?? ''
    if (value.length > SVG_LIMITS.entityCharacters || /[<&%]/.test(value)) refuse(`entity ${name}`)
    found[name!] = value
  }
  if (/<!ENTITY\s+%/.test(doctype)) refuse('entities of its own')
  return found
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The elements in the order in which they begin, and where each name stands. Errors are left to librsvg. */
function readDrawing (text: string): { drawn: Drawn[]; named: Map<string, number> } {
  const drawn: Drawn[] = []
  const named = new Map<string, number>()
  const open: number[] = []
  let inText = 0
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  parser.on('error', () => {})
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !asciiSupersets.test(encoding)) refuse(`text in ${encoding}`)
  })
  parser.on('doctype', (doctype) => Object.assign(parser.ENTITIES, entitiesOf(doctype)))
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= SVG_LIMITS.depth) refuse('elements within each other')
    if (drawn.length >= SVG_LIMITS.elements) refuse('elements')
    if (localName(name) === 'text') inText++
    const isUse = localName(name) === 'use'
    const { id } = attributes
    if (id !== undefined && !named.has(id)) named.set(id, drawn.length)
    open.push(drawn.length)
    const uses = isUse ? (attributes.href ?? attributes['xlink:href'])?.replace(/^#/, '') : undefined
    drawn.push({ end: drawn.length + 1, characters: 0, uses })
  })
  const count = (words: string): void => {
    const element = drawn[open.at(-1) ?? 0]
    if (inText > 0 && element !== undefined) element.characters += words.replace(/\s+/g, '').length
  }
  parser.on('text', count)
  parser.on('cdata', count)
  parser.on('closetag', ({ name }) => {
    if (localName(name) === 'text') inText--
    const element = open.pop()
    if (element !== undefined) drawn[element]!.end = drawn.length
  })
  parser.write(text).close()
  return { drawn, named }
}

/** Draws as librsvg would, counting: it ends when there is too much, so that it takes no longer than the limits say. */
function measure ({ drawn, named }: ReturnType<typeof readDrawing>): void {
  let elements = 0
  let characters = 0
  const draw = (from: number, end: number, depth: number): void => {
    if (depth > SVG_LIMITS.useDepth) refuse('USE within USE')
    for (let at = from; at < end; at++) {
      const { uses, characters: own } = drawn[at]!
      if (++elements > SVG_LIMITS.elements) refuse('elements')
      if ((characters += own) > SVG_LIMITS.characters) refuse('text')
      const used = uses === undefined ? undefined : named.get(uses)
      if (used !== undefined) draw(used, drawn[used]!.end, depth + 1)
    }
  }
  draw(0, drawn.length, 0)
}

/** @throws ImageError IMAGE_TOO_LARGE for a drawing that would cost too much; takes time by its bytes. */
export function boundSvg (bytes: Buffer): void {
  if (bytes.length > SVG_LIMITS.bytes) refuse('bytes')
  measure(readDrawing(bytes.toString('utf8')))
}
