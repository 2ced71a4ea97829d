import { dropImage } from '../images/drop-image.js'
import { LARGEST_SIGN, pixels } from '../images/pixels.js'
import { grouped } from '../kinds/shown/grouped.js'
import type { Step } from '../step.js'
import { attribute, closest, elements, isElement, type Element } from '../tree/tree.js'

/** Three of the same may stand for three stars, or be the portrait of somebody who has answered twice. */
const LEAST_COPIES = 4
/** Portraits stand beside each thing that somebody has written, and tell those who have one apart. */
const PORTRAIT = /avatar|portrait|headshot|profile|author|user|member|face|[-_]bio[-_.]/i
/** A picture in a cell may be its answer; one in a link what can be pressed; one with a caption is about something. */
const MEANT = ['a', 'td', 'th', 'figure', 'pre', 'button']
/** Parents whose names are looked at. Levels. */
const LEVELS = 2

/** Whether a page says of a picture that nothing is to be said of it, and not that it is as small as a sign. */
const isMute = (image: Element): boolean =>
  attribute(image, 'alt')?.trim() === '' &&
  (pixels(image, 'width') === 0 || Math.max(pixels(image, 'width'), pixels(image, 'height')) > LARGEST_SIGN)

function isPortrait(image: Element): boolean {
  if (PORTRAIT.test(attribute(image, 'src') ?? '')) return true
  let element = image
  for (let level = 0; level <= LEVELS; level++) {
    if (PORTRAIT.test(attribute(element, 'class') ?? '')) return true
    const { parentNode } = element
    if (parentNode === null || !isElement(parentNode)) return false
    element = parentNode
  }
  return false
}

/**
 * Removes pictures that adorn: the ground of each card, the quotation mark of each opinion, the same logo above each
 * review. Their pages say with an empty ALT that they mean nothing (HTML: "a purely decorative image"), and have them many
 * times; those of old pages have no ALT at all, and may be the bullets of a list.
 */
export const dropOrnaments: Step = {
  name: 'drop-ornaments',
  run({ body, names }) {
    if (!names.has('img')) return
    const mute = elements(body, 'img').filter(isMute)
    for (const same of grouped(mute, image => attribute(image, 'src') ?? ''))
      if (same.length >= LEAST_COPIES)
        for (const image of same) if (closest(image, ...MEANT) === undefined && !isPortrait(image)) dropImage(image)
  }
}
