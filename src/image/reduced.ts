import type { ImageOptions } from './options.js'

/** The options with at most so many colours, where they are not fixed, and at most this quality of a JPEG. */
export function reduced(options: ImageOptions, most: { colours: number; jpegQuality: number }): ImageOptions {
  const { palette, jpegQuality } = options
  return {
    ...options,
    jpegQuality: Math.min(jpegQuality, most.jpegQuality),
    palette: palette.kind === 'fixed' ? palette : { ...palette, colours: Math.min(palette.colours, most.colours) }
  }
}
