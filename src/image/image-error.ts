import { messageOf } from '../system-error.js'

/** Why an image could not be converted. */
export type ImageErrorCode = 'IMAGE_TOO_LARGE' | 'IMAGE_UNREADABLE' | 'IMAGE_TIMEOUT'

/** The only error that the image folder throws on purpose. */
export class ImageError extends Error {
  readonly code: ImageErrorCode

  constructor(code: ImageErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'ImageError'
    this.code = code
  }

  /** Gives an error of a decoder its code, by its message: decoders have no codes. */
  static from(cause: unknown): ImageError {
    if (cause instanceof ImageError) return cause
    const message = messageOf(cause)
    return new ImageError(codeOf(message), message, cause)
  }
}

function codeOf(message: string): ImageErrorCode {
  if (/timeout/i.test(message)) return 'IMAGE_TIMEOUT'
  // "Input image exceeds pixel limit", and "width or height exceeds limit" of the AVIF decoder
  if (/pixel limit|exceeds limit|too large|security limit/i.test(message)) return 'IMAGE_TOO_LARGE'
  return 'IMAGE_UNREADABLE'
}
