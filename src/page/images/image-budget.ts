import type { Display } from '../../clients/profile.js'

/**
 * The estimated bytes of an image before it is fetched: so many, and so many per pixel. On 27 images of today's pages,
 * which were large, the median was 0.084 per pixel in black and white, 16 and 256 colours alike (0.12 for nine out of
 * ten); small ones take more (image/convert.ts).
 */
const BYTES = 1000
const BYTES_PER_PIXEL = 0.085
/** The pixels of an image of unknown size: those of one in a column of text. */
const UNKNOWN_PIXELS = 300 * 200

/** What is left of a page's budget for images. */
export interface ImageBudget {
  /** Takes room for an image, and says whether there was enough; an image that the page has already costs nothing. */
  take(image: { readonly address: string; readonly width: number; readonly height: number }): boolean
}

/** Makes the budget of one page on a screen; without one in the profile there is no limit. */
export function createImageBudget({ imageBytes = Infinity, pageImageBytes = Infinity }: Display): ImageBudget {
  const shown = new Set<string>()
  let left = pageImageBytes
  return {
    take({ address, width, height }) {
      if (shown.has(address)) return true
      const cost = Math.min(imageBytes, BYTES + (width === 0 ? UNKNOWN_PIXELS : width * height) * BYTES_PER_PIXEL)
      if (cost > left) return false
      left -= cost
      shown.add(address)
      return true
    }
  }
}
