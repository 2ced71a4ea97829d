import type { ImageOptions } from '../../src/image/options.js'

/** What a small screen of 256 colours wants of an image. */
export const IMAGE_LOOK: ImageOptions = {
  maxWidth: 100,
  maxHeight: 100,
  background: '#ffffff',
  formats: ['gif'],
  palette: { kind: 'adaptive', colours: 256 },
  dither: 'floyd-steinberg',
  animation: false,
  jpegQuality: 50,
  progressive: false,
  limits: { maxPixels: 1e6, maxSide: 65_500, maxFrames: 20, timeoutSeconds: 10, maxBytes: 1e6 }
}
