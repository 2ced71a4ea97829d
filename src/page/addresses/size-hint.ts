/**
 * The size in which a page shows an image, as the end of the image's address: ?~300x200 or &~300x200; ?~300x or ?~x200
 * where the page gives one side, and the image's own shape the other; ?~m150 where it gives none, and no side may be
 * longer.
 */
export interface SizeHint {
  /** pixels; 0 if only the height is given */
  readonly width: number
  /** pixels; 0 if only the width is given */
  readonly height: number
  /** Both are the most: the image keeps its shape, and its size if it is smaller */
  readonly atMost?: true
}

const HINT = /[?&]~(?:(\d{1,4})x(\d{1,4})|([1-9]\d{0,3})x|x([1-9]\d{0,3})|m([1-9]\d{0,3}))$/

/** A side as it stands in an address. */
const written = (pixels: number): string => (pixels > 0 ? String(pixels) : '')

/** The address with a size at its end; one that is there already is replaced. */
export function withSizeHint(address: string, { width, height, atMost }: SizeHint): string {
  const plain = address.replace(HINT, '').replace(/#.*/s, '')
  const size = atMost === true ? `m${written(width)}` : `${written(width)}x${written(height)}`
  return `${plain}${plain.includes('?') ? '&' : '?'}~${size}`
}

/** The address with sides at its end, of which one may be 0. */
export const addSizeHint = (address: string, width: number, height: number): string =>
  withSizeHint(address, { width, height })

/** Splits an address into what the origin knows and the size, if it ends in one. */
export function takeSizeHint(address: string): { address: string; size: SizeHint | undefined } {
  const match = HINT.exec(address)
  if (match === null) return { address, size: undefined }
  const plain = address.slice(0, match.index)
  const most = Number(match[5] ?? 0)
  if (most > 0) return { address: plain, size: { width: most, height: most, atMost: true } }
  const [, width = match[3] ?? '0', height = match[4] ?? '0'] = match
  return { address: plain, size: { width: Number(width), height: Number(height) } }
}
