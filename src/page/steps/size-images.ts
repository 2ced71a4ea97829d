import { resolve } from '../addresses/address.js'
import type { SizeHint } from '../addresses/size-hint.js'
import { dropImage } from '../images/drop-image.js'
import { guessedSize } from '../images/guessed-size.js'
import { isMap } from '../images/image-maps.js'
import { hasSize, knownSize, needsSize, shownSize, showsImages } from '../images/known-sizes.js'
import type { Page, PageContext, Step } from '../step.js'
import { attribute, elements, setAttribute, type Element } from '../tree/tree.js'

/** Elements that are images or will become images. */
const WITH_IMAGES = ['img', 'amp-img', 'image', 'video', 'object', 'embed']

function setSize(image: Element, { width, height }: SizeHint): void {
  if (width > 0) setAttribute(image, 'width', String(width))
  if (height > 0) setAttribute(image, 'height', String(height))
}

function sizeImage(image: Element, page: Page, context: PageContext): void {
  const source = attribute(image, 'src') ?? ''
  const sized = hasSize(image)
  const url = source.startsWith(`${context.portal}/`) ? undefined : resolve(source, context)
  if (url === undefined || (sized && page.untouched)) return
  const file = sized || !needsSize(image, context.profile) ? undefined : knownSize(url, context.imageSizes)
  // A dot is a tracker; in old pages it may hold a place that links lead to.
  if (file !== undefined && file.width <= 1 && file.height <= 1 && !page.untouched) return dropImage(image)
  const guessed = page.untouched || isMap(image) ? undefined : guessedSize(image, file)
  if (guessed !== undefined) setSize(image, guessed)
  else if (file !== undefined) setSize(image, shownSize(image, file))
}

/**
 * Gives images without a size that of their files, as far as it is known, so that browsers can lay out the page at
 * once; and one to icons and logos, where a style sheet has it that nobody reads here.
 */
export const sizeImages: Step = {
  name: 'size-images',
  run(page, context) {
    if (!showsImages(context)) return
    if (!WITH_IMAGES.some(name => page.names.has(name))) return
    for (const image of elements(page.body, 'img')) sizeImage(image, page, context)
  }
}
