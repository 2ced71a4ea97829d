/**
 * A transparent GIF89a of one pixel, 43 bytes: what is sent when an image fails. It is a valid image of more than 36
 * bytes because Netscape reports "too few bytes" below that, and shows an error box for an empty answer.
 */
export const BLANK_GIF: Buffer = blankGif()

/** A fresh copy, for a caller that hands its bytes on to something that may change or transfer them. */
export function blankGif(): Buffer {
  return Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')
}
