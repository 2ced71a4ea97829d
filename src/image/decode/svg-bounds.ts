import { SaxesParser } from 'saxes'
import { headSize } from '../sizes/head-size.js'
import { ImageError } from '../image-error.js'

/**
 * The limits for drawings. librsvg cannot be stopped while it draws, and takes some 6 KB of memory for each letter of
 * text (measured with librsvg 2.60: 1.3 GB for 200 KB of letters), so that a drawing is measured before librsvg gets
 * it. The limits are ten times what the largest maps of an encyclopedia have.
 */
export const SVG_LIMITS = {
  /** Bytes of the file */
  bytes: 4 * 1024 * 1024,
  /** Elements of the file */
  elements: 50_000,
  /** Elements that are drawn; each repetition by USE, patterns, markers, masks and filters counts */
  drawn: 200_000,
  /** Characters of text that are drawn, without white space; repetitions count as well */
  characters: 10_000,
  /** All characters within TEXT, and other characters outside of titles */
  allCharacters: 100_000,
  /** Characters of paths, whose points are drawn one by one */
  path: 2 * 1024 * 1024,
  /** Characters of style sheets: each rule is compared with each element */
  style: 64 * 1024,
  /** Pixels of embedded images */
  pixels: 50_000_000,
  /** Nested elements, which librsvg draws by recursion */
  depth: 500,
  /** Nested references */
  referenceDepth: 12,
  /** Characters of an entity's value: editors declare the addresses of namespaces */
  entityCharacters: 200
} as const

/** In these encodings each byte below 80 is the same character, so that we count what librsvg reads. */
const asciiSupersets = /^(utf-8|us-ascii|ascii|iso-8859-\d+|windows-125\d|koi8-[ru])$/i

interface Reference {
  readonly to: string
  /** How often it is drawn: a marker is drawn at each point of its line */
  readonly times: number
}

interface Drawn {
  /** The index after the last element within it */
  end: number
  characters: number
  readonly references: readonly Reference[]
}

function refuse(what: string): never {
  throw new ImageError('IMAGE_TOO_LARGE', `the drawing has too much in it: ${what}`)
}

/**
 * Reads the entities of the internal subset; one that contains markup or other entities could hide elements from the
 * count.
 */
function entitiesOf(doctype: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name = '', double, single] of doctype.matchAll(
    /<!ENTITY\s+([\w.-]{1,100})\s+(?:"([^"]*)"|'([^']*)')/g
  )) {
    const value = double ?? single ?? ''
    if (value.length > SVG_LIMITS.entityCharacters || /[<&%]/.test(value)) refuse(`entity ${name}`)
    found[name] = value
  }
  if (/<!ENTITY\s+%/.test(doctype)) refuse('entities of its own')
  return found
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Elements whose text is not drawn. */
const undrawn = new Set(['title', 'desc', 'metadata', 'script'])

type Attributes = Readonly<Record<string, string>>

const hrefOf = (attributes: Attributes): string => (attributes.href ?? attributes['xlink:href'] ?? '').trim()

/** No property with its colon is longer. Characters. */
const propertyCharacters = 30

/** Whether the text before a link is a property for markers. */
function isMarker(before: string): boolean {
  const end = before.slice(-propertyCharacters)
  return end.slice(end.lastIndexOf(';') + 1).includes('marker')
}

/** The elements that an element repeats, by USE and by the url(#name) of its properties. */
function referencesOf(attributes: Attributes): Reference[] {
  const found: Reference[] = []
  const href = hrefOf(attributes)
  if (href.startsWith('#')) found.push({ to: href.slice(1), times: 1 })
  const points = (`${attributes.d ?? ''} ${attributes.points ?? ''}`.match(/[\d.]+/g)?.length ?? 0) / 2
  for (const [property, value] of Object.entries(attributes)) {
    const [first = '', ...links] = value.split('url(')
    let before = `${property}:${first}`
    for (const link of links) {
      const to = /^\s*["']?#([^"')\s]+)/.exec(link)?.[1]
      if (to !== undefined) found.push({ to, times: isMarker(before) ? Math.max(1, points) : 1 })
      before = link
    }
  }
  return found
}

/** The pixels of an image that is embedded in the drawing. */
function embeddedPixels(attributes: Attributes): number {
  const [, type, data] = /^data:([^,]{0,200}),([^]*)$/.exec(hrefOf(attributes)) ?? []
  if (type === undefined || data === undefined) return 0
  if (/svg|xml/i.test(type)) refuse('a drawing within it')
  const { width = 0, height = 0 } = headSize(Buffer.from(data, 'base64')) ?? {}
  return width * height
}

interface Drawing {
  readonly drawn: readonly Drawn[]
  readonly named: ReadonlyMap<string, number>
}

/** Reads the elements in the order in which they begin, and the index of each ID. Errors are left to librsvg. */
function readDrawing(text: string): Drawing {
  const drawn: Drawn[] = []
  const named = new Map<string, number>()
  const open: Array<{ readonly at: number; readonly name: string }> = []
  const sums = { text: 0, path: 0, style: 0, pixels: 0 }
  let inText = 0
  const add = (what: keyof typeof sums, more: number, most: number): void => {
    if ((sums[what] += more) > most) refuse(what)
  }
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  parser.on('error', () => {})
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !asciiSupersets.test(encoding)) refuse(`text in ${encoding}`)
  })
  parser.on('doctype', doctype => Object.assign(parser.ENTITIES, entitiesOf(doctype)))
  parser.on('opentag', ({ name: whole, attributes }) => {
    if (open.length >= SVG_LIMITS.depth) refuse('elements within each other')
    if (drawn.length >= SVG_LIMITS.elements) refuse('elements')
    const name = localName(whole)
    if (name === 'text') inText++
    if (attributes.id !== undefined && !named.has(attributes.id)) named.set(attributes.id, drawn.length)
    add('path', (attributes.d?.length ?? 0) + (attributes.points?.length ?? 0), SVG_LIMITS.path)
    if (name === 'image' || name === 'feImage') add('pixels', embeddedPixels(attributes), SVG_LIMITS.pixels)
    open.push({ at: drawn.length, name })
    drawn.push({ end: drawn.length + 1, characters: 0, references: referencesOf(attributes) })
  })
  const read = (words: string): void => {
    const { at = 0, name = '' } = open.at(-1) ?? {}
    if (name === 'style') return add('style', words.length, SVG_LIMITS.style)
    const letters = words.replace(/\s+/g, '').length
    if (!undrawn.has(name)) add('text', inText > 0 ? words.length : letters, SVG_LIMITS.allCharacters)
    if (inText > 0 && drawn[at] !== undefined) drawn[at].characters += letters
  }
  parser.on('text', read)
  parser.on('cdata', read)
  parser.on('closetag', ({ name }) => {
    if (localName(name) === 'text') inText--
    const element = open.pop()
    const ended = element === undefined ? undefined : drawn[element.at]
    if (ended !== undefined) ended.end = drawn.length
  })
  parser.write(text).close()
  return { drawn, named }
}

interface Cost {
  elements: number
  characters: number
}

function withinLimits({ elements, characters }: Cost): void {
  if (elements > SVG_LIMITS.drawn) refuse('elements that are repeated')
  if (characters > SVG_LIMITS.characters) refuse('text')
}

/** Counts what librsvg will draw, with each repetition; the cost of each element is computed once. */
function measure({ drawn, named }: Drawing): void {
  const costs = new Map<number, Cost>()
  const costOf = (from: number, end: number, depth: number): Cost => {
    const known = costs.get(from)
    if (known !== undefined) return known
    if (depth > SVG_LIMITS.referenceDepth) refuse('references within references')
    const cost: Cost = { elements: 0, characters: 0 }
    for (const { characters, references } of drawn.slice(from, end)) {
      cost.elements++
      cost.characters += characters
      for (const { to, times } of references) {
        const used = named.get(to)
        const element = used === undefined ? undefined : drawn[used]
        if (used === undefined || element === undefined) continue
        const its = costOf(used, element.end, depth + 1)
        cost.elements += its.elements * times
        cost.characters += its.characters * times
      }
      withinLimits(cost)
    }
    if (depth > 0) costs.set(from, cost)
    return cost
  }
  costOf(0, drawn.length, 0)
}

/**
 * Refuses a drawing that would cost too much, in linear time.
 * @throws ImageError IMAGE_TOO_LARGE
 */
export function boundSvg(bytes: Buffer): void {
  if (bytes.length > SVG_LIMITS.bytes) refuse('bytes')
  measure(readDrawing(bytes.toString('utf8')))
}
