import { attribute, type Element } from '../tree/tree.js'

/** Attributes in which pages that load images late keep the real address, best first. */
const LAZY = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-lazy',
  'data-hi-res-src',
  'data-hires',
  'data-full-src',
  'data-image-src',
  'data-img-src',
  'data-echo',
  'data-url',
  'data-src-medium',
  'data-src-small',
  'data-default-src'
]
const LAZY_SETS = ['srcset', 'data-srcset', 'data-lazy-srcset', 'data-original-set']

/** Names of files that only hold a place until a script runs, and what images end in. */
const PLACEHOLDER =
  /(?:^|[/_.-])(?:spacer|blank|placeholder|lazy(?:load)?(?:ing)?|loading|transparent|pixel|clear|1x1|grey|empty|default-image)\b/i
const IMAGE_FILE = /\.(?:gif|png|svg|jpe?g|webp)\?/i

/** Part by part, from the first such name on: one pattern for all of it goes back at each name. */
const isPlaceholderFile = (address: string): boolean =>
  PLACEHOLDER.test(address) &&
  `${address}?`.split('/').some(part => {
    const name = PLACEHOLDER.exec(part)
    return name !== null && IMAGE_FILE.test(part.slice(name.index + name[0].length))
  })

/** Whether an address is empty or stands for an image that a script would fetch. */
export const isPlaceholder = (source: string | undefined): boolean =>
  source === undefined ||
  source.trim() === '' ||
  source.startsWith('about:') ||
  source.trim() === '#' ||
  (source.startsWith('data:') && source.length < 1200) ||
  isPlaceholderFile(source)

interface Candidate {
  readonly address: string
  /** pixels, if the page says so */ readonly width: number
  /** pixels, if the page says so */ readonly height: number
  readonly density: number
}

/**
 * The descriptors of a candidate are a width and a height at most; what stands behind those is not looked at.
 * Characters.
 */
const DESCRIPTOR_CHARACTERS = 64

/** Descriptors as "300w", "200h" and "2x"; undefined if there is another among them. */
function readDescriptors(descriptors: string): Omit<Candidate, 'address'> | undefined {
  const sides = { w: 0, h: 0, x: 1 }
  for (const descriptor of descriptors.slice(0, DESCRIPTOR_CHARACTERS).split(/\s+/)) {
    const [, number, unit] = /^([\d.]+)([wxh])$/.exec(descriptor) ?? []
    if (number === undefined && descriptor !== '') return undefined
    if (unit === 'w' || unit === 'h' || unit === 'x') sides[unit] = Number(number)
  }
  return { width: sides.w, height: sides.h, density: sides.x }
}

/** Where the descriptors end that begin at `start`: at the next comma outside of parentheses. */
function endOfDescriptors(srcset: string, start: number): number {
  let depth = 0
  for (let at = start; at < srcset.length; at++) {
    const character = srcset.charAt(at)
    if (character === '(') depth++
    else if (character === ')') depth = 0
    else if (character === ',' && depth === 0) return at
  }
  return srcset.length
}

/**
 * The candidates of a srcset: addresses may hold commas, but not end in them. HTML's own steps ("Parsing a srcset
 * attribute"), each character once: one pattern for all of it takes time with the cube of blanks.
 */
export function parseSrcset(srcset: string): Candidate[] {
  const found: Candidate[] = []
  const address = /[^\s,]\S*/g
  for (let match = address.exec(srcset); match !== null; match = address.exec(srcset)) {
    const whole = match[0]
    const end = whole.endsWith(',') ? address.lastIndex : endOfDescriptors(srcset, address.lastIndex)
    const descriptors = readDescriptors(srcset.slice(address.lastIndex, end).trim())
    address.lastIndex = end
    if (descriptors !== undefined) found.push({ address: withoutCommas(whole), ...descriptors })
  }
  return found
}

function withoutCommas(address: string): string {
  let end = address.length
  while (address[end - 1] === ',') end--
  return address.slice(0, end)
}

/** The smallest candidate that is wide enough, else the widest: what is fetched too large is only thrown away. */
export function bestCandidate(candidates: readonly Candidate[], wanted: number): Candidate | undefined {
  const usable = candidates.filter(candidate => !isPlaceholder(candidate.address))
  const sized = usable.filter(candidate => candidate.width > 0).sort((a, b) => a.width - b.width)
  if (sized.length > 0) return sized.find(candidate => candidate.width >= wanted) ?? sized.at(-1)
  return usable.toSorted((a, b) => a.density - b.density)[0]
}

const STYLED = {
  width: /(?:^|[;\s])width\s*:\s*(\d+(?:\.\d+)?)px/,
  height: /(?:^|[;\s])height\s*:\s*(\d+(?:\.\d+)?)px/
} as const

/** A length in pixels from an attribute or a style declaration, or 0 if the page does not say. */
export function pixels(element: Element, name: 'width' | 'height'): number {
  const style = attribute(element, 'style')
  const styled = style === undefined ? undefined : STYLED[name].exec(style)?.[1]
  if (styled !== undefined) return Math.round(Number(styled))
  const own = attribute(element, name)
  return own === undefined ? 0 : Math.round(Number(/^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(own)?.[1] ?? 0))
}

/** An address of an image, and its size in pixels if both sides of that are known, else 0. */
export interface ImageSource {
  readonly address: string
  readonly width: number
  readonly height: number
}

const unsized = (address: string): ImageSource => ({ address, width: 0, height: 0 })

/** With descriptors of both sides, or with what the SOURCE says (HTML, dimension attributes). */
function candidateSource({ address, width, height }: Candidate, element: Element): ImageSource {
  if (width > 0 && height > 0) return { address, width: Math.round(width), height: Math.round(height) }
  return element.tagName === 'source'
    ? { address, width: pixels(element, 'width'), height: pixels(element, 'height') }
    : unsized(address)
}

/** The address that an image of the page really has: the best of its candidates, or undefined. */
export function sourceOf(image: Element, sources: readonly Element[], wanted: number): ImageSource | undefined {
  for (const element of [image, ...sources]) {
    for (const name of LAZY_SETS) {
      const set = attribute(element, name)
      if (set === undefined) continue
      const best = bestCandidate(parseSrcset(set), wanted)
      // One candidate that is far wider than needed is no better than SRC.
      if (best !== undefined) return candidateSource(best, element)
    }
  }
  const source = attribute(image, 'src')
  if (source !== undefined && !isPlaceholder(source)) return unsized(source)
  const late =
    LAZY.map(name => attribute(image, name)).find(
      address => address !== undefined && !isPlaceholder(address) && !/^[{[]/.test(address)
    ) ?? (source?.startsWith('data:') === true ? source : undefined)
  return late === undefined ? undefined : unsized(late)
}
