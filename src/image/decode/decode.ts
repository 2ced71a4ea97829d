import sharp, { type Metadata, type Sharp } from 'sharp'
import { rgbOf, withAlpha } from './alpha.js'
import { fit, sized, type Size } from '../fit.js'
import { ImageError } from '../image-error.js'
import type { ImageLimits, ImageOptions } from '../options.js'
import type { Picture, Source } from '../picture.js'
import { plainJpegSize } from './plain-jpeg.js'
import { readBmp, type RawImage } from './read-bmp.js'
import { readIco } from './read-ico.js'
import { readXbm } from './read-xbm.js'
import type { ImageKind } from './sniff.js'
import { svgSize } from '../sizes/svg-size.js'
import { boundSvg } from './svg-bounds.js'

/** The dots per inch at which a pixel of an SVG is a pixel, and the most that sharp accepts. */
const svgDensity = 72
const maxDensity = 7200

/**
 * The dots per inch of CSS. librsvg takes the density for that of millimetres and points as well, beside pixels, which
 * stay: only here are both right, and the drawing is a third too large.
 */
const unitDensity = 96
/** A larger drawing is drawn in the size in which it is sent, and its units are a quarter too small. Pixels. */
const unitPixels = 1_000_000
const absoluteUnit = /[\d.](?:mm|cm|in|pt|pc)["'\s;,)]/

const densityOf = (input: Buffer | RawImage): number =>
  Buffer.isBuffer(input) && absoluteUnit.test(input.toString('latin1')) ? unitDensity : svgDensity

/**
 * Configures sharp once for each process, without a cache (no image is converted twice, and it keeps memory) and with
 * one thread for each image (measured: several images with one thread each beat one image with many).
 */
export function prepareSharp(): void {
  sharp.cache(false)
  sharp.concurrency(1)
}

/** An image that may be decoded: its size is within the limits. */
export interface Measured {
  readonly bytes: Buffer
  /** What the decoder is given: the bytes, or the pixels of formats that it does not know */
  readonly input: Buffer | RawImage
  readonly source: Source
}

export async function measure(bytes: Buffer, kind: ImageKind, limits: ImageLimits): Promise<Measured> {
  try {
    const input = inputOf(bytes, kind, limits)
    return { bytes, input, source: await describe(input, kind, limits) }
  } catch (error) {
    throw ImageError.from(error)
  }
}

/**
 * Decodes the first frame to upright RGBA in sRGB, in the size in which it will be sent, or in one that is shrunk `again`. Then
 * the decoder of JPEG leaves twice the size where it shrinks by itself, because it does so worse (up to 1 dB after a blur).
 */
export async function decodeMeasured(image: Measured, options: ImageOptions, again?: 'again'): Promise<Picture> {
  try {
    return { ...(await pixels(image, options, again === undefined)), source: image.source }
  } catch (error) {
    throw ImageError.from(error)
  }
}

/** Measures and decodes. */
export const decode = async (bytes: Buffer, kind: ImageKind, options: ImageOptions): Promise<Picture> =>
  await decodeMeasured(await measure(bytes, kind, options.limits), options)

/** The size of the answer; fitting `exact` again changes nothing, because the page has fitted it already. */
export function targetSize(source: Size, options: ImageOptions): Size {
  const wanted = options.exact === undefined ? source : sized(source, options.exact)
  return fit(wanted, { width: options.maxWidth, height: options.maxHeight })
}

function inputOf(bytes: Buffer, kind: ImageKind, limits: ImageLimits): Buffer | RawImage {
  if (kind === 'bmp') return readBmp(bytes, limits.maxPixels)
  if (kind === 'xbm') return readXbm(bytes, limits.maxPixels)
  if (kind === 'ico') return readIco(bytes, limits.maxPixels)
  if (kind === 'jp2') throw new ImageError('IMAGE_UNREADABLE', 'JPEG 2000 is not supported')
  if (kind === 'svg') boundSvg(bytes)
  return bytes
}

function open(input: Buffer | RawImage, maxPixels: number | false, density?: number): Sharp {
  // failOn none, because half a JPEG is better than none
  const options = { failOn: 'none', limitInputPixels: maxPixels, autoOrient: true } as const
  if (Buffer.isBuffer(input)) return sharp(input, density === undefined ? options : { ...options, density })
  const { data, width, height } = input
  return sharp(data, { ...options, raw: { width, height, channels: 4 } })
}

/** Few pixels may still mean work for each row: 1 x 50,000,000 took libvips 22 s. */
function checkSides({ width, height }: Size, { maxSide }: ImageLimits): void {
  if (Math.max(width, height) > maxSide) throw new ImageError('IMAGE_TOO_LARGE', `${width} x ${height} pixels`)
}

async function describe(input: Buffer | RawImage, kind: ImageKind, limits: ImageLimits): Promise<Source> {
  // to ask the decoder takes as long as to convert some thousand pixels
  const plain = kind === 'jpeg' && Buffer.isBuffer(input) ? plainJpegSize(input) : undefined
  if (plain !== undefined) {
    checkSides(plain, limits)
    return { kind, ...plain, frames: 1, plainJpeg: true }
  }
  // the size in an SVG costs nothing, because it is drawn at the target size
  const density = kind === 'svg' ? densityOf(input) : undefined
  const found = await open(input, density === undefined ? limits.maxPixels : false, density).metadata()
  if (kind !== 'svg') checkSides(found, limits)
  return {
    kind,
    ...(density === unitDensity ? sizeWithUnits(input, found.autoOrient) : found.autoOrient),
    frames: kind === 'gif' || kind === 'webp' ? (found.pages ?? 1) : 1,
    plainJpeg: kind === 'jpeg' && isPlain(found)
  }
}

/** The size of a drawing that was measured at the density of its units; pages have what its root says, if it does. */
function sizeWithUnits(input: Buffer | RawImage, { width, height }: Size): Size {
  const said = Buffer.isBuffer(input) ? svgSize(input) : undefined
  const scale = svgDensity / unitDensity
  return said ?? { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function isPlain(found: Metadata): boolean {
  const colours = found.space === 'srgb' || found.space === 'b-w'
  return colours && !found.isProgressive && (found.orientation ?? 1) === 1 && !found.icc && !found.exif
}

type Pixels = Omit<Picture, 'source'>

async function pixels({ input, source }: Measured, options: ImageOptions, fastShrinkOnLoad: boolean): Promise<Pixels> {
  const target = targetSize(source, options)
  const density = source.kind === 'svg' ? densityFor(input, source, target) : undefined
  const opened = open(input, options.limits.maxPixels, density)
  const same = density === undefined && source.width === target.width && source.height === target.height
  const sized = same ? opened : opened.resize(target.width, target.height, { fit: 'fill', fastShrinkOnLoad })
  const { data, info } = await sized
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .timeout({ seconds: options.limits.timeoutSeconds })
    .toBuffer({ resolveWithObject: true })
  const size = { width: info.width, height: info.height }
  return info.channels === 3 ? { rgba: withAlpha(data), rgb: data, ...size } : { rgba: data, ...size }
}

function densityFor(input: Buffer | RawImage, source: Source, target: Size): number {
  if (densityOf(input) === unitDensity && source.width * source.height <= unitPixels) return unitDensity
  const scale = Math.max(target.width / source.width, target.height / source.height)
  return Math.min(maxDensity, Math.max(1, svgDensity * scale))
}

/** Shrinks a decoded picture that hides all that is behind it to what the options want; three channels take half of the time. */
export async function shrink(picture: Picture, options: ImageOptions): Promise<Picture> {
  const { width, height, source } = picture
  const target = targetSize(source, options)
  const opened = sharp(rgbOf(picture), {
    raw: { width, height, channels: 3 },
    limitInputPixels: options.limits.maxPixels
  })
  const data = await opened
    .resize(target.width, target.height, { fit: 'fill' })
    .raw()
    .timeout({ seconds: options.limits.timeoutSeconds })
    .toBuffer()
  return { ...target, rgba: withAlpha(data), rgb: data, source }
}
