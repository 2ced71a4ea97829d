import type { FixedPaletteName } from '../look.js'

/** Colours in a row: red, green, blue, red, green, blue ... */
export type Palette = Uint8Array

/** The colours of a palette, one by one. */
export function coloursOf(palette: Palette): Array<readonly [red: number, green: number, blue: number]> {
  return Array.from({ length: palette.length / 3 }, (_, i) => {
    const [red = 0, green = 0, blue = 0] = palette.subarray(i * 3, i * 3 + 3)
    return [red, green, blue]
  })
}

/** The colours of a palette in one number each: the index, red, green and blue in eight bits each. */
export function entriesOf(palette: Palette): Int32Array {
  const entries = new Int32Array(palette.length / 3)
  for (let i = 0, at = 0; i < entries.length; i++, at += 3)
    entries[i] = (i << 24) | ((palette[at] ?? 0) << 16) | ((palette[at + 1] ?? 0) << 8) | (palette[at + 2] ?? 0)
  return entries
}

/** The square of the distance between two colours: red, green and blue in eight bits each. */
export function squareBetween(a: number, b: number): number {
  const red = ((a >> 16) & 255) - ((b >> 16) & 255)
  const green = ((a >> 8) & 255) - ((b >> 8) & 255)
  const blue = (a & 255) - (b & 255)
  return red * red + green * green + blue * blue
}

/** The bits for the index of a colour, at least one. */
export function bitsFor(palette: Palette): number {
  return Math.max(1, Math.ceil(Math.log2(palette.length / 3)))
}

// Windows VGA driver and HTML 4.01 section 6.5 name the same sixteen.
const vga16 =
  '000000 800000 008000 808000 000080 800080 008080 c0c0c0 808080 ff0000 00ff00 ffff00 0000ff ff00ff 00ffff ffffff'

// CGA mode 4, palette 1 at high intensity, as a VGA card shows it.
const cga4 = '000000 55ffff ff55ff ffffff'

// The standard 4-bit colour table ('clut' 4) of the Macintosh.
const mac16 =
  'ffffff fcf305 ff6402 dd0806 f20884 4600a5 0000d4 02abea 1fb714 006411 562c05 90713a c0c0c0 808080 404040 000000'

// The four that Windows adds to the sixteen as static colours on a 256-colour screen.
const windowsExtra = 'c0dcc0 a6caf0 fffbf0 a0a0a4'

/** A new copy of a fixed palette. */
export function fixedPalette(name: FixedPaletteName): Palette {
  switch (name) {
    case 'mono':
      return greys(2)
    case 'grey4':
      return greys(4)
    case 'grey16':
      return greys(16)
    case 'vga16':
      return hex(vga16)
    case 'cga4':
      return hex(cga4)
    case 'mac16':
      return hex(mac16)
    case 'windows20':
      return hex(`${vga16} ${windowsExtra}`)
    case 'websafe216':
      return cube()
    case 'mac256':
      return mac256()
  }
}

function hex(colours: string): Palette {
  return Uint8Array.from(Buffer.from(colours.replaceAll(' ', ''), 'hex'))
}

function greys(count: number): Palette {
  return Uint8Array.from({ length: count * 3 }, (_, i) => Math.round((Math.floor(i / 3) * 255) / (count - 1)))
}

/** The cube of 6 by 6 by 6 colours that Netscape and Mosaic reserve on 256-colour screens. */
function cube(): Palette {
  const levels = [0, 51, 102, 153, 204, 255]
  return Uint8Array.from(levels.flatMap(r => levels.flatMap(g => levels.flatMap(b => [r, g, b]))))
}

/** The 8-bit colour table of the Macintosh: the cube and four ramps of ten steps that the cube lacks. */
function mac256(): Palette {
  const steps = [0xee, 0xdd, 0xbb, 0xaa, 0x88, 0x77, 0x55, 0x44, 0x22, 0x11]
  const ramp = (r: number, g: number, b: number): number[] => steps.flatMap(s => [s * r, s * g, s * b])
  // blue is last: an image that needs the 256th index for transparency gives up the last colour, a near-black blue
  return Uint8Array.from([...cube(), ...ramp(1, 1, 1), ...ramp(1, 0, 0), ...ramp(0, 1, 0), ...ramp(0, 0, 1)])
}
