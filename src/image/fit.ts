/** A size in whole pixels, at least 1 by 1. */
export interface Size {
  width: number
  height: number
}

/**
 * Shrinks a size until it fits, keeping its shape and never enlarging. The page writes the result as WIDTH and HEIGHT
 * and the image is made in it, so that both must come from here: Mosaic never scales and Netscape 1 to 3 scale badly.
 */
export function fit(size: Size, most: Size): Size {
  const width = atLeastOne(size.width)
  const height = atLeastOne(size.height)
  const scale = Math.min(1, atLeastOne(most.width) / width, atLeastOne(most.height) / height)
  return { width: shrink(width, scale, most.width), height: shrink(height, scale, most.height) }
}

function atLeastOne(pixels: number): number {
  return Number.isFinite(pixels) ? Math.max(1, pixels) : 1
}

function shrink(pixels: number, scale: number, most: number): number {
  return Math.max(1, Math.min(Math.round(pixels * scale), Math.floor(atLeastOne(most))))
}
