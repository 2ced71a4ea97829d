import { isPlaceholder } from './placeholder.js'

/** One of the images that a srcset offers. */
export interface Candidate {
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
