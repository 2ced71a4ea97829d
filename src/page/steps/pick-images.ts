import { pixels, sourceOf } from '../images.js'
import type { Step } from '../step.js'
import { attribute, elements, isElement, remove, removeAttribute, rename, replace, setAttribute, type Element } from '../tree.js'

/** Source types that cannot be converted. */
const UNREADABLE = /image\/(jxl|heic|heif)/i

/** Attributes that have done their work once the address is known. */
const SPENT = /^(srcset|sizes|data-.*|loading|decoding|fetchpriority)$/

function sourcesOf (picture: Element): Element[] {
  return elements(picture, 'source').filter(source => !UNREADABLE.test(attribute(source, 'type') ?? ''))
}

/** Chooses one address for each image: of PICTURE, SRCSET and what pages that load late keep in attributes of their own. */
export const pickImages: Step = {
  name: 'pick-images',
  run ({ body }, { profile, display }) {
    const screen = Math.min(profile.images.maxWidth, display.width)
    for (const image of elements(body, 'img', 'amp-img', 'image')) {
      if (image.namespaceURI.includes('svg')) continue
      if (image.tagName !== 'img') rename(image, 'img')
      const picture = isElement(image.parentNode!) && image.parentNode.tagName === 'picture' ? image.parentNode : undefined
      const wanted = Math.min(screen, pixels(image, 'width') || screen)
      const source = sourceOf(image, picture === undefined ? [] : sourcesOf(picture), wanted)
      if (source === undefined) {
        remove(image)
        continue
      }
      setAttribute(image, 'src', source.trim())
      for (const { name } of [...image.attrs]) if (SPENT.test(name)) removeAttribute(image, name)
      if (picture !== undefined) replace(picture, image)
    }
  }
}
