import { resolve } from '../addresses/address.js'
import { hasSize, knownSize, shownSize, writesSizes } from '../images/known-sizes.js'
import type { Page, PageContext, Step } from '../step.js'
import { attribute, elements, setAttribute, type Element } from '../tree/tree.js'
import { dropImage } from '../images/drop-image.js'

/** Elements that are images or will become images. */
const WITH_IMAGES = ['img', 'amp-img', 'image', 'video', 'object', 'embed']

function sizeImage(image: Element, page: Page, context: PageContext): void {
  const source = attribute(image, 'src') ?? ''
  const url = hasSize(image) || source.startsWith(`${context.portal}/`) ? undefined : resolve(source, context)
  const file = url === undefined ? undefined : knownSize(url, context.imageSizes)
  if (file === undefined) return
  // A dot is a tracker; in old pages it may hold a place that links lead to.
  if (file.width <= 1 && file.height <= 1 && !page.untouched) return dropImage(image)
  const { width, height } = shownSize(image, file)
  setAttribute(image, 'width', String(width))
  setAttribute(image, 'height', String(height))
}

/**
 * Gives images without a size that of their files, as far as it is known, so that browsers can lay out the page at
 * once.
 */
export const sizeImages: Step = {
  name: 'size-images',
  run(page, context) {
    if (!writesSizes(context) || !WITH_IMAGES.some(name => page.names.has(name))) return
    for (const image of elements(page.body, 'img')) sizeImage(image, page, context)
  }
}
