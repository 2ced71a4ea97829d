import { attribute, type Element } from '../tree/tree.js'

/** Attributes for the real address of an image that is loaded late, best first. */
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

/** Names of placeholder files, which are shown until a script runs; and the endings of image files. */
const PLACEHOLDER =
  /(?:^|[/_.-])(?:spacer|blank|placeholder|lazy(?:load)?(?:ing)?|loading|transparent|pixel|clear|1x1|grey|empty|default-image)\b/i
const IMAGE_FILE = /\.(?:gif|png|svg|jpe?g|webp)\?/i

/** Each segment is tested from the first such name on: one pattern for all of it would go back at each name. */
const isPlaceholderFile = (address: string): boolean =>
  PLACEHOLDER.test(address) &&
  `${address}?`.split('/').some(part => {
    const name = PLACEHOLDER.exec(part)
    return name !== null && IMAGE_FILE.test(part.slice(name.index + name[0].length))
  })

/** Whether an address is empty or that of a placeholder for an image that a script would fetch. */
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

/** A candidate has a width and a height at most; longer descriptors are cut. Characters. */
const DESCRIPTOR_CHARACTERS = 64

/** Reads descriptors such as "300w", "200h" and "2x"; undefined if there is any other. */
function readDescriptors(descriptors: string): Omit<Candidate, 'address'> | undefined {
  const sides = { w: 0, h: 0, x: 1 }
  for (const descriptor of descriptors.slice(0, DESCRIPTOR_CHARACTERS).split(/\s+/)) {
    const [, number, unit] = /^([\d.]+)([wxh])$/.exec(descriptor) ?? []
    if (number === undefined && descriptor !== '') return undefined
    if (unit === 'w' || unit === 'h' || unit === 'x') sides[unit] = Number(number)
  }
  return { width: sides.w, height: sides.h, density: sides.x }
}

/** The end of the descriptors that begin at `start`: the next comma outside of parentheses. */
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
 * Reads the candidates of a srcset, whose addresses may contain commas but not end in them, by HTML's own steps
 * ("Parsing a srcset attribute"). It reads each character once: the time of one pattern for all of it would grow with
 * the cube of spaces.
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

/** The smallest candidate that is wide enough, else the widest: extra pixels are fetched in vain. */
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

/** A length in pixels from a style attribute or an attribute; 0 if the page gives none. */
export function pixels(element: Element, name: 'width' | 'height'): number {
  const style = attribute(element, 'style')
  const styled = style === undefined ? undefined : STYLED[name].exec(style)?.[1]
  if (styled !== undefined) return Math.round(Number(styled))
  const own = attribute(element, name)
  return own === undefined ? 0 : Math.round(Number(/^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(own)?.[1] ?? 0))
}

/** The address of an image, and its size in pixels; both sides are 0 unless both are known. */
export interface ImageSource {
  readonly address: string
  readonly width: number
  readonly height: number
}

const unsized = (address: string): ImageSource => ({ address, width: 0, height: 0 })

/**
 * A candidate with its size: by its descriptors if both sides have one, else by the SOURCE (HTML, dimension
 * attributes).
 */
function candidateSource({ address, width, height }: Candidate, element: Element): ImageSource {
  if (width > 0 && height > 0) return { address, width: Math.round(width), height: Math.round(height) }
  return element.tagName === 'source'
    ? { address, width: pixels(element, 'width'), height: pixels(element, 'height') }
    : unsized(address)
}

/** The real address of an image: the best of its candidates; undefined if it has none. */
export function sourceOf(image: Element, sources: readonly Element[], wanted: number): ImageSource | undefined {
  for (const element of [image, ...sources]) {
    for (const name of LAZY_SETS) {
      const set = attribute(element, name)
      if (set === undefined) continue
      const best = bestCandidate(parseSrcset(set), wanted)
      // A single candidate that is far wider than needed is no better than SRC.
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
