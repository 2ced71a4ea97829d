import { clamp } from './clamp.js'
import { diffuse, type Canvas } from './diffuse.js'
import { floydSteinberg } from './floyd-steinberg.js'
import type { Nearest } from './nearest.js'
import type { Dither } from '../look.js'
import type { Palette } from './palette.js'
import type { Codes } from '../formats/lzw.js'
import { Strings } from '../formats/strings.js'

/** A square of thresholds, each of which occurs once. */
interface Pattern {
  readonly side: 1 | 4 | 8
  readonly levels: Uint8Array
}

/** Imitates nothing. */
const flat: Pattern = { side: 1, levels: Uint8Array.of(0) }

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

/** The palette, and how the colours that it lacks are imitated. */
interface Imitation {
  readonly palette: Palette
  readonly nearest: Nearest
  readonly dither: Dither
  /** How far, in levels of a channel, a colour may be off to make the file smaller; patterns do not use it. */
  readonly tolerance: () => number
}

/** The index of the colour of each pixel, and the codes of lzw() for them where its strings were followed. */
export interface Dithered {
  readonly indices: Uint8Array
  readonly codes?: Codes
}

/**
 * Gives every visible pixel the index of a colour. Pixels with alpha 0 get the index after the last colour, and neither
 * give nor take error.
 */
export function dither(canvas: Canvas, imitation: Imitation): Dithered {
  const { palette, nearest, dither } = imitation
  if (dither === 'bayer') return { indices: order(canvas, imitation, bayer4) }
  if (dither === 'bayer8') return { indices: order(canvas, imitation, finer(bayer4)) }
  const tolerance = imitation.tolerance()
  // frames of an animation must not differ in what was chosen for the file
  if (dither === 'none' && tolerance === 0) return { indices: order(canvas, imitation, flat) }
  const strings = new Strings({ palette, nearest, tolerance, pixels: canvas.rgba.length / 4 })
  const indices = dither === 'floyd-steinberg' ? floydSteinberg(canvas, strings) : diffuse(canvas, strings, dither)
  return { indices, codes: strings.codes() }
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

function order({ rgba, width }: Canvas, { palette, nearest }: Imitation, { side, levels }: Pattern): Uint8Array {
  const step = stepOf(palette)
  const hole = palette.length / 3
  const indices = new Uint8Array(rgba.length / 4)
  const offsets = Int16Array.from(levels, level => Math.round(((level + 0.5) / levels.length - 0.5) * step))
  const mask = side - 1
  // without a pattern, the flat areas of a drawing are searched for once
  let last = -1
  let index = 0
  for (let i = 0, at = 0, x = 0, y = 0; i < indices.length; i++, at += 4) {
    const offset = offsets[(y & mask) * side + (x & mask)] ?? 0
    if (++x === width) {
      x = 0
      y++
    }
    if (rgba[at + 3] === 0) {
      indices[i] = hole
      continue
    }
    const red = clamp((rgba[at] ?? 0) + offset)
    const green = clamp((rgba[at + 1] ?? 0) + offset)
    const blue = clamp((rgba[at + 2] ?? 0) + offset)
    const colour = (red << 16) | (green << 8) | blue
    if (colour !== last) index = nearest.find(colour) >>> 24
    last = colour
    indices[i] = index
  }
  return indices
}
