import type { Nearest } from './nearest.js'
import type { Dither } from './options.js'
import type { Palette } from './palette.js'

/** Where the error of a pixel goes: columns to the right, rows down, sixteenths of the error. */
type Kernel = readonly (readonly [right: number, down: number, sixteenths: number])[]

const floydSteinberg: Kernel = [
  [1, 0, 7],
  [-1, 1, 3],
  [0, 1, 5],
  [1, 1, 1],
]

// Atkinson gives away six eighths only: whites stay white and blacks black, as MacPaint's scans looked.
const atkinson: Kernel = [
  [1, 0, 2],
  [2, 0, 2],
  [-1, 1, 2],
  [0, 1, 2],
  [1, 1, 2],
  [0, 2, 2],
]

/** A square of thresholds, each once. */
interface Pattern { readonly side: 4 | 8; readonly levels: Uint8Array }

const bayer4: Pattern = { side: 4, levels: Uint8Array.of(0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5) }

/** The next of Bayer's patterns (1973): each threshold of the last one becomes four. */
function finer ({ levels }: Pattern): Pattern {
  const offsets = [0, 2, 3, 1]
  return {
    side: 8,
    levels: Uint8Array.from({ length: 64 }, (_, i) => {
      const [x, y] = [i % 8, Math.floor(i / 8)]
      return 4 * levels[(y % 4) * 4 + (x % 4)]! + offsets[Math.floor(y / 4) * 2 + Math.floor(x / 4)]!
    }),
  }
}

/** Gives every visible pixel the index of a colour; pixels with alpha 0 get 0 and neither give nor take error. */
export function dither (rgba: Uint8Array, width: number, palette: Palette, find: Nearest, how: Dither): Uint8Array {
  switch (how) {
    case 'none':
      return order(rgba, width, find, 0, bayer4)
    case 'bayer':
      return order(rgba, width, find, stepOf(palette), bayer4)
    case 'bayer8':
      return order(rgba, width, find, stepOf(palette), finer(bayer4))
    case 'floyd-steinberg':
      return diffuse(rgba, width, palette, find, floydSteinberg)
    case 'atkinson':
      return diffuse(rgba, width, palette, find, atkinson)
  }
}

/** Roughly how far apart the colours are: the greys of a ramp, or the levels of a cube of as many colours. */
function stepOf (palette: Palette): number {
  const count = palette.length / 3
  const grey = palette.every((value, i) => value === palette[i - (i % 3)])
  return grey ? 255 / Math.max(1, count - 1) : 255 / Math.cbrt(count)
}

function order (rgba: Uint8Array, width: number, find: Nearest, step: number, { side, levels }: Pattern): Uint8Array {
  const indices = new Uint8Array(rgba.length / 4)
  const offsets = Int16Array.from(levels, (level) => Math.round(((level + 0.5) / levels.length - 0.5) * step))
  const last = side - 1
  for (let i = 0, at = 0, x = 0, y = 0; i < indices.length; i++, at += 4) {
    const offset = offsets[(y & last) * side + (x & last)]!
    if (++x === width) {
      x = 0
      y++
    }
    if (rgba[at + 3] === 0) continue
    indices[i] = find(clamp(rgba[at]! + offset), clamp(rgba[at + 1]! + offset), clamp(rgba[at + 2]! + offset))
  }
  return indices
}

/** Error diffusion, every second row from right to left: one direction only draws worms into flat areas. */
function diffuse (rgba: Uint8Array, width: number, palette: Palette, find: Nearest, kernel: Kernel): Uint8Array {
  const height = rgba.length / 4 / width
  const indices = new Uint8Array(width * height)
  // three rows in turn, with two pixels of margin on either side, so that the kernel needs no tests at the edges;
  // sixteenths in whole numbers: measured, a quarter faster than fractions
  const stride = (width + 4) * 3
  const errors = new Int32Array(stride * 3)
  const share = Int32Array.from(kernel, (k) => k[2])
  for (let y = 0; y < height; y++) {
    const direction = y & 1 ? -1 : 1
    const here = (y % 3) * stride
    const jump = Int32Array.from(kernel, (k) => ((y + k[1]) % 3) * stride + k[0] * direction * 3)
    for (let n = 0, x = y & 1 ? width - 1 : 0; n < width; n++, x += direction) {
      const at = (y * width + x) * 4
      if (rgba[at + 3] === 0) continue
      const e = (x + 2) * 3
      const red = clamp(rgba[at]! + ((errors[here + e]! + 8) >> 4))
      const green = clamp(rgba[at + 1]! + ((errors[here + e + 1]! + 8) >> 4))
      const blue = clamp(rgba[at + 2]! + ((errors[here + e + 2]! + 8) >> 4))
      const index = find(red, green, blue)
      indices[y * width + x] = index
      const offRed = red - palette[index * 3]!
      const offGreen = green - palette[index * 3 + 1]!
      const offBlue = blue - palette[index * 3 + 2]!
      for (let k = 0; k < share.length; k++) {
        const to = e + jump[k]!
        const sixteenths = share[k]!
        errors[to] = errors[to]! + offRed * sixteenths
        errors[to + 1] = errors[to + 1]! + offGreen * sixteenths
        errors[to + 2] = errors[to + 2]! + offBlue * sixteenths
      }
    }
    errors.fill(0, here, here + stride)
  }
  return indices
}

function clamp (value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value
}
