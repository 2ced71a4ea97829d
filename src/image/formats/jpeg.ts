import sharp from 'sharp'
import type { Picture } from '../picture.js'

/** How a JPEG is written. */
export interface JpegOptions {
  quality: number
  progressive: boolean
  background: string
}

/**
 * Writes a JPEG without profile or EXIF data; see-through parts get the background. Baseline unless asked otherwise:
 * Netscape 1 and the IJG 5 library of 1995 cannot read progressive ones. Grey pictures are written with one channel.
 */
export async function writeJpeg(picture: Picture, options: JpegOptions): Promise<Buffer> {
  const { rgba, width, height } = picture
  const grey = isGrey(rgba)
  return sharp(rgba, { raw: { width, height, channels: 4 } })
    .flatten({ background: options.background })
    .toColourspace(grey ? 'b-w' : 'srgb')
    .jpeg({
      quality: options.quality,
      progressive: options.progressive,
      // mozjpeg's slower choices that do not need progressive scans
      trellisQuantisation: true,
      overshootDeringing: true,
      quantisationTable: 3,
      optimiseScans: options.progressive,
    })
    .toBuffer()
}

function isGrey(rgba: Uint8Array): boolean {
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i] !== rgba[i + 1] || rgba[i] !== rgba[i + 2]) return false
  }
  return true
}
