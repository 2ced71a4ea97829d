/**
 * The size in which a page shows an image, as the end of the image's address: ?~300x200 or &~300x200; ?~300x or ?~x200
 * where the page gives one side, and the image's own shape the other.
 */
export interface SizeHint {
  /** pixels; 0 if only the height is given */
  readonly width: number
  /** pixels; 0 if only the width is given */
  readonly height: number
}

const HINT = /[?&]~(?:(\d{1,4})x(\d{1,4})|([1-9]\d{0,3})x|x([1-9]\d{0,3}))$/

/** A side as it stands in an address. */
const written = (pixels: number): string => (pixels > 0 ? String(pixels) : '')

/** The address with the size at its end; a size that is there already is replaced. */
export function addSizeHint(address: string, width: number, height: number): string {
  const plain = address.replace(HINT, '').replace(/#.*/s, '')
  return `${plain}${plain.includes('?') ? '&' : '?'}~${written(width)}x${written(height)}`
}

/** Splits an address into what the origin knows and the size, if it ends in one. */
export function takeSizeHint(address: string): { address: string; size: SizeHint | undefined } {
  const match = HINT.exec(address)
  if (match === null) return { address, size: undefined }
  const [, width = match[3] ?? '0', height = match[4] ?? '0'] = match
  return { address: address.slice(0, match.index), size: { width: Number(width), height: Number(height) } }
}
