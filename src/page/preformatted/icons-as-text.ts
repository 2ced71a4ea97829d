import { LARGEST_SIGN, pixels } from '../images/pixels.js'
import { attribute, createText, elements, replace, type Element } from '../tree/tree.js'

const isMap = (image: Element): boolean =>
  attribute(image, 'usemap') !== undefined || attribute(image, 'ismap') !== undefined

/** What servers call icons: "[DIR]", "[   ]". */
const ICON = /^\[.{1,10}\]$/

/** Whether an image is small, as far as the page says. */
function isSmall(image: Element): boolean {
  const [width, height] = [pixels(image, 'width'), pixels(image, 'height')]
  return width > 0 && height > 0 && width <= LARGEST_SIGN && height <= LARGEST_SIGN
}

const isSized = (image: Element): boolean => pixels(image, 'width') > 0 && pixels(image, 'height') > 0

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
    if (isSmall(image) || (isDirectory && !isSized(image) && alt !== '')) replace(image, createText(alt))
  }
}
