import { clientAddress } from '../addresses/address.js'
import { pixels } from './pixels.js'
import { sizeInAddress } from './size-in-address.js'
import type { SizeHint } from '../addresses/size-hint.js'
import type { PageContext } from '../step.js'
import { attribute, type Element } from '../tree/tree.js'

/** The key of an image's size: its address as clients ask for it, the same for http and https. */
export const imageKey = (url: URL): string => (clientAddress(url, { gateway: '' }) ?? url.href).replace(/#.*/s, '')

/** The size of an image's file, as far as it is known without fetching it. Pixels. */
export const knownSize = (url: URL, sizes: PageContext['imageSizes']): SizeHint | undefined =>
  sizes?.get(imageKey(url)) ?? sizeInAddress(url)

/** Whether this client gets the images of its pages in their places. */
export const showsImages = ({ profile: { images }, choices }: Pick<PageContext, 'profile' | 'choices'>): boolean =>
  images.show && choices.images === 'inline'

/**
 * Whether the size of an image needs to be known: wherever sizes are written; and of a map of the site, because a place
 * in it that is hit is counted in the pixels of its file.
 */
export const needsSize = (image: Element, { images }: PageContext['profile']): boolean =>
  images.sizes || attribute(image, 'ismap') !== undefined

/** Whether the page gives both sides of an image. */
export const hasSize = (image: Element): boolean => pixels(image, 'width') > 0 && pixels(image, 'height') > 0

/**
 * The size in which a page shows an image whose file has the given size: a side that the page gives is kept, and so is
 * the shape.
 */
export function shownSize(image: Element, file: SizeHint): SizeHint {
  const width = pixels(image, 'width')
  const height = pixels(image, 'height')
  if (width > 0)
    return { width, height: height > 0 ? height : Math.max(1, Math.round((width * file.height) / file.width)) }
  return height > 0 ? { width: Math.max(1, Math.round((height * file.width) / file.height)), height } : file
}
