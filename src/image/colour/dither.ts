import { clamp } from './clamp.js'
import { diffuse, type Canvas } from './diffuse.js'
import { floydSteinberg } from './floyd-steinberg.js'
import type { Nearest } from './nearest.js'
import type { Dither } from '../look.js'
import type { Palette } from './palette.js'
import { followStrings } from '../formats/strings.js'

/** A square of thresholds, each of which occurs once. */
interface Pattern {
  readonly side: 4 | 8
  readonly levels: Uint8Array
}

const bayer4: Pattern = { side: 4, levels: Uint8Array.of(0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5) }

/** The next of Bayer's patterns (1973): each threshold of the last one becomes four. */
function finer({ levels }: Pattern): Pattern {
  const offsets = [0, 2, 3, 1]
  return {
    side: 8,
    levels: Uint8Array.from({ length: 64 }, (_, i) => {
      const [x, y] = [i % 8, Math.floor(i / 8)]
      const level = levels[(y % 4) * 4 + (x % 4)] ?? 0
      return 4 * level + (offsets[Math.floor(y / 4) * 2 + Math.floor(x / 4)] ?? 0)
    })
  }
}

/** How the colours that the palette lacks are imitated. */
interface Imitation {
  readonly dither: Dither
  /** How far, in levels of a channel, a colour may be off to make the file smaller; patterns do not use it. */
  readonly tolerance: () => number
}

/**
 * Gives every visible pixel the index of a colour. Pixels with alpha 0 get the index after the last colour, and neither
 * give nor take error.
 */
export function dither(canvas: Canvas, find: Nearest, { dither, tolerance }: Imitation): Uint8Array {
  switch (dither) {
    case 'bayer':
      return order(canvas, find, bayer4)
    case 'bayer8':
      return order(canvas, find, finer(bayer4))
    case 'floyd-steinberg':
      return floydSteinberg(canvas, followStrings(canvas.palette, find, tolerance()))
    default:
      return diffuse(canvas, followStrings(canvas.palette, find, tolerance()), dither)
  }
}

/**
 * The approximate distance between colours: that of the greys of a ramp, or of the levels of a cube with as many
 * colours.
 */
function stepOf(palette: Palette): number {
  const count = palette.length / 3
  const grey = palette.every((value, i) => value === palette[i - (i % 3)])
  return grey ? 255 / Math.max(1, count - 1) : 255 / Math.cbrt(count)
}

function order({ rgba, width, palette }: Canvas, find: Nearest, { side, levels }: Pattern): Uint8Array {
  const step = stepOf(palette)
  const hole = palette.length / 3
  const indices = new Uint8Array(rgba.length / 4)
  const offsets = Int16Array.from(levels, level => Math.round(((level + 0.5) / levels.length - 0.5) * step))
  const last = side - 1
  for (let i = 0, at = 0, x = 0, y = 0; i < indices.length; i++, at += 4) {
    const offset = offsets[(y & last) * side + (x & last)] ?? 0
    if (++x === width) {
      x = 0
      y++
    }
    indices[i] =
      rgba[at + 3] === 0
        ? hole
        : find(
            clamp((rgba[at] ?? 0) + offset),
            clamp((rgba[at + 1] ?? 0) + offset),
            clamp((rgba[at + 2] ?? 0) + offset)
          )
  }
  return indices
}
