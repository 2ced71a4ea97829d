import type { Indexed } from '../colour/indexed.js'
import { codeSizeFor, lzw, writeCodes } from './lzw.js'
import { bitsFor } from '../colour/palette.js'
import type { PageFormat } from '../format.js'
import { descriptor, graphicControl, header, trailer } from './gif-blocks.js'

/** Netscape 1 to 4 report "too few bytes" for a shorter file; a one-pixel GIF87a has 35. Bytes. */
const fewestBytes = 36

/** GIF, which all can draw. */
export const gif = {
  name: 'gif',
  mediaType: 'image/gif',
  kind: 'page',
  everywhere: true,
  suits: () => true,
  price: () => 1,
  write: candidate => writeGif(candidate.indexed())
} as const satisfies PageFormat

/**
 * Writes one frame, not interlaced, as GIF87a, or as GIF89a when pixels are left out, because only that has the block
 * for it (GIF89a, section 23). Readers of 1993 accept only 87a.
 */
function writeGif(image: Indexed): Buffer {
  const bits = bitsFor(image.palette)
  const file = assemble(image, bits)
  return file.length < fewestBytes ? assemble(image, bits + 1) : file
}

function assemble(image: Indexed, bits: number): Buffer {
  const { width, height, palette, transparent } = image
  const codeSize = codeSizeFor(bits)
  const { indices, codes } = image
  return Buffer.concat([
    header(transparent === undefined ? '87a' : '89a', { width, height, palette, bits }),
    ...(transparent === undefined ? [] : [graphicControl(0, 0, transparent)]),
    descriptor({ left: 0, top: 0, width, height }),
    codes?.codeSize === codeSize ? writeCodes(codes) : lzw(indices, codeSize),
    Buffer.of(trailer)
  ])
}
