/** The size in which a page shows an image, as the end of the image's address: ?~300x200 or &~300x200. */
export interface SizeHint {
  /** pixels */
  readonly width: number
  /** pixels */
  readonly height: number
}

const HINT = /[?&]~(\d{1,4})x(\d{1,4})$/

/** The address with the size at its end; a size that is there already is replaced. */
export function addSizeHint(address: string, width: number, height: number): string {
  const plain = address.replace(HINT, '').replace(/#.*/s, '')
  return `${plain}${plain.includes('?') ? '&' : '?'}~${width}x${height}`
}

/** Splits an address into what the origin knows and the size, if it ends in one. */
export function takeSizeHint(address: string): { address: string; size: SizeHint | undefined } {
  const match = HINT.exec(address)
  if (match === null) return { address, size: undefined }
  return { address: address.slice(0, match.index), size: { width: Number(match[1]), height: Number(match[2]) } }
}
