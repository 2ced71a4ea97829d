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

/** A size with the sides that are wanted; one that is 0 follows from the other and the shape. */
export function sized({ width, height }: Size, wanted: Readonly<Size>): Size {
  if (wanted.width > 0 && wanted.height > 0) return { ...wanted }
  if (wanted.width > 0) return { width: wanted.width, height: atLeastOne((wanted.width * height) / width) }
  return wanted.height > 0
    ? { width: atLeastOne((wanted.height * width) / height), height: wanted.height }
    : { width, height }
}

function atLeastOne(pixels: number): number {
  return Number.isFinite(pixels) ? Math.max(1, pixels) : 1
}

function shrink(pixels: number, scale: number, most: number): number {
  return Math.max(1, Math.min(Math.round(pixels * scale), Math.floor(atLeastOne(most))))
}
