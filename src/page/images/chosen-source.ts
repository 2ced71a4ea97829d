import type { PageContext } from '../step.js'
import { attribute, type Element } from '../tree/tree.js'
import { pixels, sourceOf, type ImageSource } from './images.js'

/** Media types that cannot be converted. */
const UNREADABLE = /image\/(jxl|heic|heif)/i

/** Chooses the address of an image, also among those of the SOURCE elements around it. */
export function chosenSource(
  image: Element,
  sources: readonly Element[],
  { profile, display }: Pick<PageContext, 'profile' | 'display'>
): ImageSource | undefined {
  const screen = Math.min(profile.images.maxWidth, display.width)
  const readable = sources.filter(source => !UNREADABLE.test(attribute(source, 'type') ?? ''))
  return sourceOf(image, readable, Math.min(screen, pixels(image, 'width') || screen))
}
