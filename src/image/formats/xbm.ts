import type { Indexed } from '../colour/indexed.js'
import type { SaveFormat } from '../format.js'

/** Bytes in a line of the listing. */
const perLine = 12

/** X bitmaps. */
export const xbm = {
  name: 'xbm',
  mediaType: 'image/x-xbitmap',
  kind: 'save',
  palette: { kind: 'fixed', name: 'mono' },
  write: candidate => writeXbm(candidate.indexed())
} as const satisfies SaveFormat

/**
 * Writes an X bitmap (X11R6, Xlib 16.9) from an image of black and white: a listing in C, with the lowest bit first and
 * 1 for black.
 */
function writeXbm({ width, height, indices, palette }: Indexed): Buffer {
  const stride = Math.ceil(width / 8)
  const bytes = new Uint8Array(stride * height)
  indices.forEach((index, i) => {
    const at = Math.floor(i / width) * stride + ((i % width) >> 3)
    if ((palette[index * 3] ?? 0) < 128) bytes[at] = (bytes[at] ?? 0) | (1 << ((i % width) % 8))
  })
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += perLine) {
    lines.push(
      '  ' + Array.from(bytes.subarray(at, at + perLine), byte => `0x${byte.toString(16).padStart(2, '0')}`).join(', ')
    )
  }
  return Buffer.from(
    [
      `#define image_width ${width}\n`,
      `#define image_height ${height}\n`,
      `static char image_bits[] = {\n${lines.join(',\n')} };\n`
    ].join(''),
    'latin1'
  )
}
