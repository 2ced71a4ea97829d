import { chosenSource } from '../images/source/chosen-source.js'
import type { ImageSource } from '../images/source/image-source.js'
import { loadersOf } from '../images/source/late-source.js'
import { pixels } from '../images/pixels.js'
import type { Step } from '../step.js'
import {
  elements,
  pictureAround,
  remove,
  removeAttribute,
  rename,
  replace,
  setAttribute,
  type Element
} from '../tree/tree.js'

/** Attributes that are not needed once the address is chosen. */
const SPENT = /^(srcset|sizes|(data|nitro|lazy)-.*|loading|decoding|fetchpriority)$/

/** Takes the size from a candidate where the page gives none. */
function takeSize(image: Element, { width, height }: ImageSource): void {
  if (width === 0 || height === 0 || pixels(image, 'width') > 0 || pixels(image, 'height') > 0) return
  setAttribute(image, 'width', String(width))
  setAttribute(image, 'height', String(height))
}

/** Chooses one address for each image, from PICTURE, SRCSET and the attributes for late loading. */
export const pickImages: Step = {
  name: 'pick-images',
  run({ body }, context) {
    const images = elements(body, 'img', 'amp-img', 'image')
    const loaders = loadersOf(images)
    for (const image of images) {
      if (image.namespaceURI.includes('svg')) continue
      if (image.tagName !== 'img') rename(image, 'img')
      const picture = pictureAround(image)
      const sources = picture === undefined ? [] : elements(picture, 'source')
      const source = chosenSource(image, { sources, loaders }, context)
      if (source === undefined) {
        remove(image)
        continue
      }
      setAttribute(image, 'src', source.address.trim())
      takeSize(image, source)
      for (const { name } of [...image.attrs]) if (SPENT.test(name)) removeAttribute(image, name)
      if (picture !== undefined) replace(picture, image)
    }
  }
}
