/**
 * A transparent GIF89a of one pixel, 43 bytes, for images that fail. It is a valid image of more than 36 bytes because
 * Netscape reports "too few bytes" below that, and shows an error box for an empty answer.
 */
export const BLANK_GIF: Buffer = blankGif()

/** A new copy, for a caller that passes its bytes to code which may change or transfer them. */
export function blankGif(): Buffer {
  return Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')
}
