import type { SizeHint } from '../addresses/size-hint.js'

type Reader = (url: URL) => SizeHint | undefined

function pairIn(text: string, pattern: RegExp): SizeHint | undefined {
  const [, width, height] = pattern.exec(text) ?? []
  return width === undefined || height === undefined ? undefined : { width: Number(width), height: Number(height) }
}

/** Cloudinary's modes that return exactly the size that was asked for; the others keep the shape of the image. */
const EXACT_MODE = /(?:^|,)c_(?:fill|pad|scale|thumb|crop)(?:,|$)/

function cloudinary({ pathname }: URL): SizeHint | undefined {
  const changes = pathname.split('/').find(part => EXACT_MODE.test(part) && !/(?:^|,)(?:dpr|ar)_/.test(part)) ?? ''
  const side = (pattern: RegExp): string => pattern.exec(changes)?.[1] ?? ''
  return pairIn(`${side(/(?:^|,)w_(\d{1,4})(?:,|$)/)}x${side(/(?:^|,)h_(\d{1,4})(?:,|$)/)}`, /^(\d+)x(\d+)$/)
}

/** With imgix, Sanity and Contentful only fit=crop fills both sides. */
function cropped({ searchParams: query }: URL): SizeHint | undefined {
  if (query.get('fit') !== 'crop' || query.get('dpr') !== null) return undefined
  return pairIn(`${query.get('w') ?? ''}x${query.get('h') ?? ''}`, /^(\d{1,4})x(\d{1,4})$/)
}

/**
 * THE LIST of addresses that give the exact pixels of a file. Boxes that an image is fitted into (Shopify's _300x200,
 * w= and h= alone, Photon's fit=) are not here, because the image may be smaller and a wrong size distorts it.
 */
const READERS: readonly Reader[] = [
  // WordPress puts the pixels into the names of its files (image_resize, get_suffix).
  ({ pathname }) =>
    /\/(?:uploads|files)\//i.test(pathname)
      ? pairIn(pathname, /-(\d{2,4})x(\d{2,4})\.(?:jpe?g|png|gif|webp|avif)$/i)
      : undefined,
  // Photon of WordPress.com crops to resize=W,H.
  ({ hostname, searchParams }) =>
    /(?:^|\.)(?:wp|wordpress)\.com$/.test(hostname)
      ? pairIn(searchParams.get('resize') ?? '', /^(\d{2,4}),(\d{2,4})$/)
      : undefined,
  cloudinary,
  cropped
]

/** The size of an image's file by its address, or undefined. Pixels. */
export function sizeInAddress(url: URL): SizeHint | undefined {
  // Most addresses have no two numbers and need no further look.
  if (!/\d{2}.*\d{2}/.test(url.pathname + url.search)) return undefined
  for (const read of READERS) {
    const size = read(url)
    if (size !== undefined && size.width > 0 && size.height > 0) return size
  }
  return undefined
}
