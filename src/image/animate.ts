import sharp, { type Metadata } from 'sharp'
import { writeGifAnimation } from './formats/gif-animation.js'
import type { Size } from './fit.js'
import { ImageError } from './image-error.js'
import { indexed, type Indexed } from './colour/indexed.js'
import { mask } from './colour/mask.js'
import { maskedOf } from './colour/picture-colours.js'
import { original } from './original.js'
import type { ConvertedImage, ImageOptions } from './options.js'
import type { Picture } from './picture.js'

/** Browsers turn a delay of 10 ms or less into a tenth of a second. Centiseconds. */
const usualDelay = 10

/**
 * The size of the frames. Those that the page enlarges are sent as they are, because a browser that shows animations
 * (Netscape 2 was the first) stretches them itself: thirty frames of 640 x 427 take 170 MB here, and are too many bytes
 * for a modem in the end.
 */
const frameSize = ({ width, height, source }: Picture): Size =>
  source.width <= width && source.height <= height ? { width: source.width, height: source.height } : { width, height }

/**
 * Converts a whole animation, if the client shows any and this one is within the limits; undefined means: send a still.
 */
export async function animate(
  bytes: Buffer,
  still: Picture,
  options: ImageOptions
): Promise<ConvertedImage | undefined> {
  const { frames } = still.source
  if (options.only !== undefined && options.only !== 'gif') return undefined
  if (!options.animation || frames < 2 || frames > options.limits.maxFrames) return undefined
  const frame = { ...still, ...frameSize(still) }
  if (frames * frame.width * frame.height > options.limits.maxPixels) return undefined
  try {
    const animation = await convert(bytes, frame, options)
    return animation.bytes.length <= options.limits.maxBytes ? animation : undefined
  } catch {
    // there are too many pixels or seconds in all frames, or one of them is broken: the first frame is there already
    return undefined
  }
}

async function convert(bytes: Buffer, frame: Picture, options: ImageOptions): Promise<ConvertedImage> {
  const { width, height, source } = frame
  const opened = sharp(bytes, { animated: true, failOn: 'none', limitInputPixels: options.limits.maxPixels })
  const about = await opened.metadata()
  const all = opened.toColourspace('srgb').ensureAlpha().raw().timeout({ seconds: options.limits.timeoutSeconds })
  // the frames are put one below the other into one tall picture, so that they share a palette
  const rgba = await resize(await all.toBuffer(), frame)
  const strip: Picture = { rgba, width, height: height * source.frames, source }
  if (rgba.length !== strip.width * strip.height * 4) throw new ImageError('IMAGE_UNREADABLE', 'frames are missing')
  const made = writeGifAnimation({
    image: reduce(strip, height, options),
    frameHeight: height,
    delaysCentiseconds: delays(about, source.frames),
    repeats: about.loop !== 1
  })
  const kept = original({ bytes, picture: frame, strip }, options)
  if (kept !== undefined && kept.bytes.length <= made.length) return kept
  return { bytes: made, type: 'image/gif', width, height }
}

/** Resizes each frame by itself: in one strip, the edge of a frame would take colour from the next one. */
async function resize(frames: Buffer, { width, height, source }: Picture): Promise<Buffer> {
  if (source.width === width && source.height === height) return frames
  const bytes = source.width * source.height * 4
  const raw = { width: source.width, height: source.height, channels: 4 } as const
  const resized: Buffer[] = []
  for (let from = 0; from + bytes <= frames.length; from += bytes) {
    const resizing = sharp(frames.subarray(from, from + bytes), { raw, limitInputPixels: false })
    resized.push(await resizing.resize(width, height, { fit: 'fill' }).raw().toBuffer())
  }
  return Buffer.concat(resized)
}

/** With this many chosen colours, the dots of a pattern are worse than the error that they hide. */
const enoughColours = 64

/**
 * Reduces the frames to a palette. Error diffusion flickers from frame to frame, and so do colours that are chosen for
 * the file; a pattern does not.
 */
function reduce(strip: Picture, frameHeight: number, options: ImageOptions): Indexed {
  const { palette } = options
  const plain = options.dither === 'none' || (palette.kind === 'adaptive' && palette.colours >= enoughColours)
  const masked = mask(strip, options.background)
  const cleared = uncovers(masked, frameHeight) ? mask(strip, options.background, 0) : masked
  return indexed(maskedOf(cleared), { palette, dither: plain ? 'none' : 'bayer', coarseness: 0 })
}

/** Whether a pixel becomes transparent after it was drawn: frames that stay in place cannot show that. */
function uncovers(masked: Picture, frameHeight: number): boolean {
  const frame = masked.width * frameHeight * 4
  const { rgba } = masked
  for (let i = frame + 3; i < rgba.length; i += 4) if (rgba[i] === 0 && rgba[i - frame] !== 0) return true
  return false
}

function delays(about: Metadata, frames: number): number[] {
  return Array.from({ length: frames }, (_, i) => {
    const centiseconds = Math.round((about.delay?.[i] ?? 0) / 10)
    return centiseconds <= 1 ? usualDelay : Math.min(centiseconds, 0xffff)
  })
}
