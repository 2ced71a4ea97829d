import type { Display } from '../../clients/profile.js'

/**
 * What an image is taken to weigh before it is fetched. Bytes per pixel, measured on 27 images of today's pages: the
 * middle is 0.084 in black and white, 16 and 256 colours alike (0.12 nine times in ten).
 */
const BYTES_PER_PIXEL = 0.085
/** An image whose size the page does not give is taken for one of a column of text. Pixels. */
const UNKNOWN_PIXELS = 300 * 200

/** How much of its budget for images a page has left. */
export interface ImageBudget {
  /** Whether there is room for one more, which is then taken; an image that is there already costs nothing. */
  take(image: { readonly address: string; readonly width: number; readonly height: number }): boolean
}

/** The budget of one page on a screen; a screen without one takes all. */
export function createImageBudget({ imageBytes = Infinity, pageImageBytes = Infinity }: Display): ImageBudget {
  const shown = new Set<string>()
  let left = pageImageBytes
  return {
    take({ address, width, height }) {
      if (shown.has(address)) return true
      const cost = Math.min(imageBytes, (width === 0 ? UNKNOWN_PIXELS : width * height) * BYTES_PER_PIXEL)
      if (cost > left) return false
      left -= cost
      shown.add(address)
      return true
    }
  }
}
