import type { Palette } from '../colour/palette.js'

/** The logical screen: pixels, colours, and the bits of their indices. */
interface Screen {
  width: number
  height: number
  palette: Palette
  bits: number
}

/** A rectangle of the screen, in pixels. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/**
 * GIF89a, sections 17 to 19: the signature, the screen and its table, with eight bits of colour resolution and
 * background 0.
 */
export function header(version: '87a' | '89a', { width, height, palette, bits }: Screen): Buffer {
  const table = Buffer.alloc(3 << bits)
  table.set(palette)
  const screen = Buffer.of(...uint16(width), ...uint16(height), 0xf0 | (bits - 1), 0, 0)
  return Buffer.concat([Buffer.from(`GIF${version}`, 'latin1'), screen, table])
}

/**
 * Section 23: what happens to the frame after its time (0 is unspecified, 1 leaves it), its time, and the index that is
 * not drawn.
 */
export function graphicControl(disposal: 0 | 1, delayCentiseconds: number, transparent: number | undefined): Buffer {
  const flags = (disposal << 2) | (transparent === undefined ? 0 : 1)
  return Buffer.of(0x21, 0xf9, 4, flags, ...uint16(delayCentiseconds), transparent ?? 0, 0)
}

/** Section 20: the place of the frame, without a local table and not interlaced. */
export function descriptor({ left, top, width, height }: Box): Buffer {
  return Buffer.of(0x2c, ...uint16(left), ...uint16(top), ...uint16(width), ...uint16(height), 0)
}

/**
 * Netscape's application extension, to repeat for ever. Other counts are ignored or off by one in browsers of the time.
 */
export function loopForEver(): Buffer {
  return Buffer.concat([Buffer.of(0x21, 0xff, 11), Buffer.from('NETSCAPE2.0', 'latin1'), Buffer.of(3, 1, 0, 0, 0)])
}

/** Section 27: the trailer. */
export const trailer = 0x3b

function uint16(value: number): [number, number] {
  return [value & 255, value >> 8]
}
