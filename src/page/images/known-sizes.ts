import { clientAddress } from '../addresses/address.js'
import { pixels } from './images.js'
import { sizeInAddress } from './size-in-address.js'
import type { SizeHint } from '../addresses/size-hint.js'
import type { PageContext } from '../step.js'
import type { Element } from '../tree/tree.js'

/** Under which name the size of an image is remembered: its address as clients ask for it, the same by both schemes. */
export const imageKey = (url: URL): string => (clientAddress(url, { gateway: '' }) ?? url.href).replace(/#.*/s, '')

/** How large the file of an image is, as far as anybody knows without looking at it now. Pixels. */
export const knownSize = (url: URL, sizes: PageContext['imageSizes']): SizeHint | undefined =>
  sizes?.get(imageKey(url)) ?? sizeInAddress(url)

/** Whether pages are written with the sizes of images for this client: only then somebody has to know them. */
export const writesSizes = ({ profile: { images }, choices }: Pick<PageContext, 'profile' | 'choices'>): boolean =>
  images.sizes && images.show && choices.images === 'inline'

/** Whether the page itself says both sides of an image. */
export const hasSize = (image: Element): boolean => pixels(image, 'width') > 0 && pixels(image, 'height') > 0

/**
 * The size at which a page shows an image whose file has the size given: a side that the page says decides, and the
 * shape stays.
 */
export function shownSize(image: Element, file: SizeHint): SizeHint {
  const width = pixels(image, 'width')
  const height = pixels(image, 'height')
  if (width > 0)
    return { width, height: height > 0 ? height : Math.max(1, Math.round((width * file.height) / file.width)) }
  return height > 0 ? { width: Math.max(1, Math.round((height * file.width) / file.height)), height } : file
}
