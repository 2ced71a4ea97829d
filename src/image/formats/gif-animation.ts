import type { Indexed } from '../colour/indexed.js'
import { codeSizeFor, lzw } from './lzw.js'
import { bitsFor } from '../colour/palette.js'
import { descriptor, graphicControl, header, loopForEver, trailer, type Box } from './gif-blocks.js'

/** Frames one below the other in one image with one palette. */
export interface Strip {
  image: Indexed
  frameHeight: number
  /** One for each frame. */
  delaysCentiseconds: readonly number[]
  /** It repeats for ever, else it plays once. */
  repeats: boolean
}

/**
 * Writes an animation with one colour table; every frame is left in place (disposal 1) and only the rectangle that
 * changed is sent. Netscape 2 and 3 do not know "revert to previous", and Internet Explorer 2 and 3 repeat once in any
 * case.
 */
export function writeGifAnimation(strip: Strip): Buffer {
  const { image, frameHeight } = strip
  const { width, palette } = image
  const bits = bitsFor(palette)
  const parts = [header('89a', { width, height: frameHeight, palette, bits })]
  if (strip.repeats) parts.push(loopForEver())
  strip.delaysCentiseconds.forEach((delay, frame) => {
    const box = frame === 0 ? { left: 0, top: 0, width, height: frameHeight } : changed(strip, frame)
    parts.push(
      graphicControl(1, delay, image.transparent),
      descriptor(box),
      lzw(cutOut(strip, frame, box), codeSizeFor(bits))
    )
  })
  parts.push(Buffer.of(trailer))
  return Buffer.concat(parts)
}

/** The smallest rectangle around all pixels that differ from the frame before; one pixel if none does. */
function changed(strip: Strip, frame: number): Box {
  const { width, indices } = strip.image
  const size = width * strip.frameHeight
  const now = indices.subarray(frame * size, (frame + 1) * size)
  const before = indices.subarray((frame - 1) * size, frame * size)
  let [left, right, top, bottom] = [width, -1, strip.frameHeight, -1]
  for (let i = 0; i < size; i++) {
    if (now[i] === before[i]) continue
    const y = Math.floor(i / width)
    const x = i - y * width
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = y
  }
  if (right < 0) return { left: 0, top: 0, width: 1, height: 1 }
  return { left, top, width: right - left + 1, height: bottom - top + 1 }
}

function cutOut(strip: Strip, frame: number, box: Box): Uint8Array {
  const { width, indices } = strip.image
  const out = new Uint8Array(box.width * box.height)
  for (let y = 0; y < box.height; y++) {
    const from = (frame * strip.frameHeight + box.top + y) * width + box.left
    out.set(indices.subarray(from, from + box.width), y * box.width)
  }
  return out
}
