import { pixels } from '../images/pixels.js'
import { dropImage } from '../images/drop-image.js'
import { isTracker, isTrackerAddress } from '../images/is-tracker.js'
import type { Step } from '../step.js'
import { attribute, elements, plainText, remove, type Element } from '../tree/tree.js'

/**
 * A frame without a title and with a longer address is an advertisement, which tells its host all about the page.
 * Characters.
 */
const LONG_ADDRESS = 400
function isTrackingFrame(frame: Element): boolean {
  const source = attribute(frame, 'src') ?? ''
  const tellsNothing = (attribute(frame, 'title') ?? '').trim() === '' && source.length > LONG_ADDRESS
  return (
    tellsNothing ||
    isTrackerAddress(source) ||
    (pixels(frame, 'width') <= 1 && /^[01]$/.test(attribute(frame, 'width') ?? ''))
  )
}

/** Removes tracking images and frames, and links to advertisers that contain nothing but an image. */
export const dropTrackers: Step = {
  name: 'drop-trackers',
  run({ body }) {
    for (const element of elements(body, 'img', 'a', 'iframe')) {
      if (element.tagName === 'img') {
        if (isTracker(element)) dropImage(element)
      } else if (element.tagName === 'iframe') {
        if (isTrackingFrame(element)) remove(element)
      } else if (isTrackerAddress(attribute(element, 'href') ?? '') && plainText(element) === '') remove(element)
    }
  }
}
