import { animate } from './animate.js'
import { decode } from './decode.js'
import { writeImage } from './formats.js'
import { ImageError } from './image-error.js'
import { original } from './original.js'
import type { ConversionResult, ConvertedImage, ImageOptions } from './options.js'
import type { Picture } from './picture.js'
import { sniffImage } from './sniff.js'

/**
 * Turns any image of the web into one that the client can draw, with as few bytes as that takes.
 * Throws an ImageError with the code IMAGE_TOO_LARGE, IMAGE_UNREADABLE or IMAGE_TIMEOUT.
 */
export async function convertImage (bytes: Buffer, options: ImageOptions): Promise<ConversionResult> {
  const kind = sniffImage(bytes)
  if (kind === undefined) throw new ImageError('IMAGE_UNREADABLE', 'not an image that is known')
  const picture = await decode(bytes, kind, options)
  const { width, height } = picture.source
  try {
    return { ...(await made(bytes, picture, options)), source: { kind, width, height } }
  } catch (error) {
    throw ImageError.from(error)
  }
}

async function made (bytes: Buffer, picture: Picture, options: ImageOptions): Promise<ConvertedImage> {
  const sent = options.asSent === true ? original(bytes, picture, picture, options) : undefined
  return sent ?? (await animate(bytes, picture, options)) ?? (await still(bytes, picture, options))
}

async function still (bytes: Buffer, picture: Picture, options: ImageOptions): Promise<ConvertedImage> {
  const kept = original(bytes, picture, picture, options)
  for (const attempt of attempts(options)) {
    const made = await writeImage(picture, attempt)
    if (kept !== undefined && kept.bytes.length <= made.bytes.length) return kept
    if (made.bytes.length <= options.limits.maxBytes) return made
  }
  throw new ImageError('IMAGE_TOO_LARGE', `more than ${options.limits.maxBytes} bytes even with few colours`)
}

/** As asked, and if that makes too many bytes, with less and less in it; the size stays, the page names it. */
function attempts (options: ImageOptions): ImageOptions[] {
  return [options, reduced(options, 256, 30), reduced(options, 16, 15), reduced(options, 4, 5)]
}

function reduced (options: ImageOptions, colours: number, quality: number): ImageOptions {
  const { palette, jpegQuality } = options
  return {
    ...options,
    dither: 'none',
    jpegQuality: Math.min(jpegQuality, quality),
    palette: palette.kind === 'fixed' ? palette : { kind: 'adaptive', colours: Math.min(palette.colours, colours) },
  }
}
