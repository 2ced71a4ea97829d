import { isMap } from '../images/image-maps.js'
import { hasSize } from '../images/known-sizes.js'
import { LARGEST_SIGN, pixels } from '../images/pixels.js'
import { attribute, createText, elements, replace, type Element } from '../tree/tree.js'

/** What servers call icons: "[DIR]", "[   ]". */
const ICON = /^\[.{1,10}\]$/

/** Whether an image is small, as far as the page says. */
const isSmall = (image: Element): boolean =>
  hasSize(image) && pixels(image, 'width') <= LARGEST_SIGN && pixels(image, 'height') <= LARGEST_SIGN

/**
 * Writes the ALT of icons in their places, as it is: servers give the icons of a directory five characters, "Icon " above
 * "[DIR]" and "[   ]", so that columns stand below each other. No document type has images in PRE: each would end it, and
 * its line.
 */
export function iconsAsText(pre: Element): void {
  const images = elements(pre, 'img')
  const isDirectory = images.some(image => ICON.test(attribute(image, 'alt') ?? ''))
  for (const image of images) {
    const alt = attribute(image, 'alt')
    if (alt === undefined || isMap(image)) continue
    if (isSmall(image) || (isDirectory && !hasSize(image) && alt !== '')) replace(image, createText(alt))
  }
}
