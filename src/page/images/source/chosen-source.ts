import type { PageContext } from '../../step.js'
import { attribute, type Element } from '../../tree/tree.js'
import { sourceOf, type Around, type ImageSource } from './image-source.js'
import { pixels } from '../pixels.js'

/** Media types that cannot be converted. */
const UNREADABLE = /image\/(jxl|heic|heif|jp2|jpx|jxr|vnd\.ms-photo)/i

/** Chooses the address of an image, also among those of the SOURCE elements around it. */
export function chosenSource(
  image: Element,
  { sources, loaders }: Omit<Around, 'wanted'>,
  { profile, display }: Pick<PageContext, 'profile' | 'display'>
): ImageSource | undefined {
  const screen = Math.min(profile.images.maxWidth, display.width)
  const readable = sources.filter(source => !UNREADABLE.test(attribute(source, 'type') ?? ''))
  const wanted = Math.min(screen, pixels(image, 'width') || screen)
  return sourceOf(image, { sources: readable, wanted, ...(loaders === undefined ? {} : { loaders }) })
}
