import type { ConvertedImage, ImageOptions } from './options.js'
import type { Picture } from './picture.js'
import { writeImage } from './write-image.js'

/** So many bands of rows stand for all of a picture; with more of them estimates are no better. */
const BANDS = 4
const BAND_ROWS = 16
/** In a picture with fewer rows they would be most of it. */
const LEAST_ROWS = 2 * BANDS * BAND_ROWS

/**
 * A part has so many times its share of the bytes, because the strings of a GIF are learnt anew. The median of 44
 * photographs and drawings; nine in ten take 0.85 to 1.1 of what is estimated.
 */
const LEARNING = 1.08

/** Start of scan (ITU T.81 B.1.1.3): what stands before it in a JPEG does not grow with the picture. */
const SCAN = Buffer.from([0xff, 0xda])

/** Bytes of a file that are the same for a picture of any size: its header and its colours. */
function headBytes({ bytes, type }: ConvertedImage): number {
  if (type === 'image/gif') return 13 + 3 * 2 ** (((bytes[10] ?? 0) & 7) + 1)
  return type === 'image/jpeg' ? Math.max(0, bytes.indexOf(SCAN)) : 0
}

function sampleOf(picture: Picture): Picture {
  const { rgba, width, height } = picture
  const bands = Array.from({ length: BANDS }, (_, band) => {
    const top = Math.floor(((band + 0.5) * height) / BANDS - BAND_ROWS / 2)
    return rgba.subarray(top * width * 4, (top + BAND_ROWS) * width * 4)
  })
  return { ...picture, rgba: Buffer.concat(bands), height: BANDS * BAND_ROWS }
}

/** How many bytes a picture would take, in a small part of the time that it takes to write it. */
export type Estimate = (options: ImageOptions) => Promise<number>

/**
 * How much there is to write: pixels count by how far they are from the one before, and a little each. In all levels of a
 * channel together; at EDGE_LEVELS a pixel is as costly as it gets.
 */
const EDGE_LEVELS = 48
const LEAST_DETAIL = 0.1

function detailOf(rgba: Uint8Array): number {
  let detail = 0
  for (let at = 4; at < rgba.length; at += 4) {
    const off =
      Math.abs((rgba[at] ?? 0) - (rgba[at - 4] ?? 0)) +
      Math.abs((rgba[at + 1] ?? 0) - (rgba[at - 3] ?? 0)) +
      Math.abs((rgba[at + 2] ?? 0) - (rgba[at - 2] ?? 0))
    detail += LEAST_DETAIL + Math.min(1, off / EDGE_LEVELS)
  }
  return detail
}

/** An estimate for pictures that have enough rows. */
export function estimateFor(picture: Picture): Estimate | undefined {
  if (picture.height < LEAST_ROWS) return undefined
  const sample = sampleOf(picture)
  const times = detailOf(picture.rgba) / detailOf(sample.rgba) / LEARNING
  return async options => {
    const written = await writeImage(sample, options)
    const head = headBytes(written)
    return head + (written.bytes.length - head) * times
  }
}
