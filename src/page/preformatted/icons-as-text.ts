import { LARGEST_SIGN, pixels } from '../images/pixels.js'
import { attribute, createText, elements, replace, type Element } from '../tree/tree.js'

const isMap = (image: Element): boolean =>
  attribute(image, 'usemap') !== undefined || attribute(image, 'ismap') !== undefined

/** The ALT of a picture is longer; "[PARENTDIR]" is the longest of those of directories. Characters. */
const ICON_CHARACTERS = 12

/** Whether an image is an icon: it is small, or says no size and little, and has others beside it, as rows have. */
function isIcon(image: Element, alt: string, hasOthers: boolean): boolean {
  const [width, height] = [pixels(image, 'width'), pixels(image, 'height')]
  if (width > 0 && height > 0) return width <= LARGEST_SIGN && height <= LARGEST_SIGN
  return hasOthers && alt.length <= ICON_CHARACTERS
}

/**
 * Writes the ALT of icons in their places, as it is: servers give the icons of a directory five characters, "[DIR]" and
 * "[   ]", so that columns stand below each other. No document type has images in PRE: each would end it, and its line.
 */
export function iconsAsText(pre: Element): void {
  const images = elements(pre, 'img')
  for (const image of images) {
    const alt = attribute(image, 'alt')
    if (alt !== undefined && !isMap(image) && isIcon(image, alt, images.length > 1)) replace(image, createText(alt))
  }
}
