import type { Palette } from './palette.js'

/** Whether all colours of a palette are greys. */
export function isGrey(palette: Palette): boolean {
  return palette.every((value, i) => value === palette[i - (i % 3)])
}

/**
 * Greys by brightness as the eye sees it (ITU-R BT.601); the nearest grey in RGB would make blue as bright as green.
 */
export function toGrey(rgba: Uint8Array): Uint8Array {
  const grey = Uint8Array.from(rgba)
  for (let i = 0; i < grey.length; i += 4) {
    const red = rgba[i] ?? 0
    const green = rgba[i + 1] ?? 0
    const blue = rgba[i + 2] ?? 0
    const bright = ((red * 299 + green * 587 + blue * 114 + 500) / 1000) | 0
    grey[i] = grey[i + 1] = grey[i + 2] = bright
  }
  return grey
}
