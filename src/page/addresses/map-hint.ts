import type { SizeHint } from './size-hint.js'

/** Three digits of a side, or of a place in an image, are usual; five are more than any image has. Digits. */
const NUMBER = String.raw`(\d{1,5})`
/** With the place that a browser adds to the address of a link around an ISMAP: behind ? or, if it was short, &. */
const HINT = new RegExp(
  String.raw`[?&](?:~|%7e)map=${NUMBER}x${NUMBER}-${NUMBER}x${NUMBER}(?:[?&]${NUMBER},${NUMBER})?$`,
  'i'
)

/**
 * The address of a server-side map whose image is sent in another size, with both sizes at its end: the map of the site
 * has the pixels of `site`, the browser counts those of `sent`. Written as ?~map=600x400-300x200. What the browser adds,
 * ?120,45, then stands behind it, and nothing about the page must be remembered.
 */
export function addMapHint(address: string, site: SizeHint, sent: SizeHint): string {
  const plain = address.replace(/#.*/s, '')
  const sizes = `${site.width}x${site.height}-${sent.width}x${sent.height}`
  return `${plain}${plain.includes('?') ? '&' : '?'}~map=${sizes}`
}

/** The pixel of one size that lies where a pixel of the other size lies. */
const scaled = (at: number, from: number, to: number): number =>
  from === 0 || to === 0 ? at : Math.min(to - 1, Math.round((at * to) / from))

/** The address without the sizes of a map, and the place that was hit in the pixels of the site. */
export function takeMapHint(address: string): string {
  const match = HINT.exec(address)
  if (match === null) return address
  const [width = 0, height = 0, sentWidth = 0, sentHeight = 0, x, y] = match
    .slice(1)
    .map((digits: string | undefined) => (digits === undefined ? undefined : Number(digits)))
  const place =
    x === undefined || y === undefined ? '' : `?${scaled(x, sentWidth, width)},${scaled(y, sentHeight, height)}`
  return address.slice(0, match.index) + place
}
