import { isIdleFrame } from '../frames/idle-frames.js'
import { dropImage } from '../images/drop-image.js'
import { isTracker, isTrackerAddress } from '../images/is-tracker.js'
import type { Step } from '../step.js'
import { attribute, elements, plainText, remove } from '../tree/tree.js'

/** Removes tracking images and frames, and links to advertisers that contain nothing but an image. */
export const dropTrackers: Step = {
  name: 'drop-trackers',
  run({ body }) {
    for (const element of elements(body, 'img', 'a', 'iframe')) {
      if (element.tagName === 'img') {
        if (isTracker(element)) dropImage(element)
      } else if (element.tagName === 'iframe') {
        if (isIdleFrame(element)) remove(element)
      } else if (isTrackerAddress(attribute(element, 'href') ?? '') && plainText(element) === '') remove(element)
    }
  }
}
