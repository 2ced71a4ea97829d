import { clamp } from './clamp.js'
import type { Strings } from '../formats/strings.js'

/** Pixels that are to be drawn with few colours. */
export interface Canvas {
  readonly rgba: Uint8Array
  readonly width: number
}

/** Where the error of a pixel goes: columns to the right, rows down, and the share in thirty-seconds. */
type Kernel = readonly (readonly [right: number, down: number, parts: number])[]

// Atkinson diffuses only six eighths: whites stay white and blacks black, as MacPaint's scans looked.
const atkinson: Kernel = [
  [1, 0, 4],
  [2, 0, 4],
  [-1, 1, 4],
  [0, 1, 4],
  [1, 1, 4],
  [0, 2, 4]
]

const kernels: Record<'none' | 'atkinson', Kernel> = { none: [], atkinson }

/**
 * Error diffusion that follows the strings of LZW: the error of a colour that was chosen for a smaller file is diffused
 * as well, so that the image gets neither darker nor flatter. This is the idea of gifsicle's --lossy. Each row runs
 * from left to right, as the strings do; pixels with alpha 0 neither give nor take error.
 */
export function diffuse(canvas: Canvas, strings: Strings, how: keyof typeof kernels): Uint8Array {
  const { rgba, width } = canvas
  const kernel = kernels[how]
  const height = rgba.length / 4 / width
  const indices = new Uint8Array(width * height)
  // there are three rows in turn, with two pixels of margin on either side, so that the kernel needs no tests at the
  // edges; shares are whole numbers, which is a quarter faster than fractions (measured)
  const stride = (width + 4) * 3
  const errors = new Int32Array(stride * 3)
  const parts = Int32Array.from(kernel, k => k[2])
  for (let y = 0, i = 0; y < height; y++) {
    const here = (y % 3) * stride
    const jump = Int32Array.from(kernel, k => ((y + k[1]) % 3) * stride + k[0] * 3)
    for (let e = 6; e < stride - 6; e += 3, i++) {
      const at = i * 4
      if (rgba[at + 3] === 0) {
        strings.hole()
        indices[i] = strings.holeIndex
        continue
      }
      const error = here + e
      const red = clamp((rgba[at] ?? 0) + (((errors[error] ?? 0) + 16) >> 5))
      const green = clamp((rgba[at + 1] ?? 0) + (((errors[error + 1] ?? 0) + 16) >> 5))
      const blue = clamp((rgba[at + 2] ?? 0) + (((errors[error + 2] ?? 0) + 16) >> 5))
      const entry = strings.colour((red << 16) | (green << 8) | blue)
      indices[i] = entry >>> 24
      const offRed = red - ((entry >> 16) & 255)
      const offGreen = green - ((entry >> 8) & 255)
      const offBlue = blue - (entry & 255)
      for (let k = 0; k < parts.length; k++) {
        const to = e + (jump[k] ?? 0)
        const share = parts[k] ?? 0
        errors[to] = (errors[to] ?? 0) + offRed * share
        errors[to + 1] = (errors[to + 1] ?? 0) + offGreen * share
        errors[to + 2] = (errors[to + 2] ?? 0) + offBlue * share
      }
    }
    errors.fill(0, here, here + stride)
  }
  return indices
}
