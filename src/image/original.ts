import { distinctColours } from './colour/distinct-colours.js'
import { inspectGif, type GifFacts } from './decode/inspect-gif.js'
import type { PaletteSpec } from './look.js'
import type { ConvertedImage, ImageOptions } from './options.js'
import { fixedPalette, type Palette } from './colour/palette.js'
import type { Picture } from './picture.js'

/** An image as it came, and what was decoded of it. */
export interface Decoded {
  readonly bytes: Buffer
  readonly picture: Picture
  /** All frames of an animation, one below the other. */
  readonly strip?: Picture
}

/** The image of the origin, if the client can draw it unchanged: converting it would often gain nothing. */
export function original({ bytes, picture, strip }: Decoded, options: ImageOptions): ConvertedImage | undefined {
  const { source, width, height } = picture
  if (options.only !== undefined && options.only !== source.kind) return undefined
  if (source.width !== width || source.height !== height || bytes.length > options.limits.maxBytes) return undefined
  if (source.kind === 'xbm')
    return suitsAsXbm(bytes, options) ? { bytes, type: 'image/x-xbitmap', width, height } : undefined
  if (options.asSent === true && options.formats.some(format => format === source.kind))
    return { bytes, type: `image/${source.kind}`, width, height }
  if (source.kind === 'gif' && suitsAsGif(bytes, strip ?? picture, options))
    return { bytes, type: 'image/gif', width, height }
  if (source.kind === 'jpeg' && suitsAsJpeg(bytes, picture, options))
    return { bytes, type: 'image/jpeg', width, height }
  return undefined
}

const suitsAsXbm = (bytes: Buffer, { xbm, budgetBytes = Infinity }: ImageOptions): boolean =>
  xbm === true && bytes.length <= budgetBytes

/** Whether a GIF is complete, without features that old browsers lack and without colours that the client lacks. */
function suitsAsGif(bytes: Buffer, seen: Picture, options: ImageOptions): boolean {
  const facts = inspectGif(bytes)
  if (!facts.complete || facts.interlaced || facts.reverts || bytes.length < 36) return false
  const still = facts.frames === 1 && facts.wholeFrames
  return (still || isAnimationOf(seen, facts)) && hasOnly(seen.rgba, options.palette)
}

function isAnimationOf(seen: Picture, facts: GifFacts): boolean {
  return facts.frames > 1 && seen.height === facts.height * facts.frames
}

function hasOnly(rgba: Uint8Array, spec: PaletteSpec): boolean {
  const found = distinctColours(rgba, spec.kind === 'adaptive' ? spec.colours : 256)
  if (found === undefined) return false
  return spec.kind === 'adaptive' || isSubset(found.palette, fixedPalette(spec.name))
}

function isSubset(some: Palette, all: Palette): boolean {
  const allowed = new Set(numbers(all))
  return numbers(some).every(colour => allowed.has(colour))
}

function numbers(palette: Palette): number[] {
  return Array.from({ length: palette.length / 3 }, (_, i) => Buffer.from(palette).readUIntBE(i * 3, 3))
}

/**
 * Whether a JPEG is plain and complete: decoders accept a missing end, but old browsers show what came and then wait or
 * complain.
 */
function suitsAsJpeg(bytes: Buffer, picture: Picture, options: ImageOptions): boolean {
  const whole = bytes.subarray(-2).equals(Buffer.of(0xff, 0xd9))
  return picture.source.plainJpeg && whole && options.formats.includes('jpeg')
}
