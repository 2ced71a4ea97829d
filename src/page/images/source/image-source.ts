import { attribute, type Element } from '../../tree/tree.js'
import { filledAddress } from './address-template.js'
import { isLate, lateAddress, lateSets, likelyAddress } from './late-source.js'
import { pixels } from '../pixels.js'
import { isPlaceholder, mayBePlaceholder } from './placeholder.js'
import { bestCandidate, parseSrcset, type Candidate } from './srcset.js'

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

/** What a script would show goes before SRCSET where the image waits for one: that holds a blurred copy then. */
function setsOf(element: Element, late: boolean): string[] {
  const own = attribute(element, 'srcset')
  const sets = own === undefined ? [] : [own]
  return late ? [...lateSets(element), ...sets] : [...sets, ...lateSets(element)]
}

/** What is known around an image. */
export interface Around {
  /** The SOURCE elements of its PICTURE */
  readonly sources: readonly Element[]
  /** The width that is needed. Pixels. */
  readonly wanted: number
  /** Addresses that are shown in many places of the page until a script runs */
  readonly loaders?: ReadonlySet<string>
}

function chosen(image: Element, { sources, wanted, loaders }: Around): ImageSource | undefined {
  const source = attribute(image, 'src')
  const late = isLate(image) || (source !== undefined && loaders?.has(source) === true)
  for (const element of [image, ...sources]) {
    for (const set of setsOf(element, late)) {
      const best = bestCandidate(parseSrcset(set), wanted)
      // A single candidate that is far wider than needed is no better than SRC.
      if (best !== undefined) return candidateSource(best, element)
    }
  }
  const stored = lateAddress(image)
  const isShown = stored === undefined ? !isPlaceholder(source) : !late && !mayBePlaceholder(source)
  if (source !== undefined && isShown) return unsized(source)
  const found = stored ?? likelyAddress(image) ?? (source?.startsWith('data:') === true ? source : undefined)
  return found === undefined ? undefined : unsized(found)
}

/** The real address of an image: the best of its candidates; undefined if it has none. */
export function sourceOf(image: Element, around: Around): ImageSource | undefined {
  const source = chosen(image, around)
  return source === undefined ? undefined : { ...source, address: filledAddress(source.address, image, around.wanted) }
}
