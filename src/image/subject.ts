import { hasMoreColours } from './colour/has-more-colours.js'
import { hasHoles, mask } from './colour/mask.js'
import { PictureColours, type Masked } from './colour/picture-colours.js'
import { detailOf } from './detail.js'
import { once } from './once.js'
import type { Picture } from './picture.js'

/** Colours of six bits a channel up to which a picture may be a drawing with soft edges, compressed with loss. */
const softColours = 512

/** Pixels up to which a picture is an icon: a JPEG of it would save a kilobyte and cost its holes and edges. */
const iconPixels = 64 * 64

/** A picture that is to be written, and what was found out about it, for all the ways in which it is tried. */
export interface Subject extends Masked {
  /** As it was decoded, with its alpha. */
  readonly picture: Picture
  /** All pixels hide what is behind them. */
  readonly opaque: boolean
  readonly icon: boolean
  /** It came in a format for photographs, and has the colours of one. */
  readonly isPhotograph: () => boolean
  /** How much there is to write (detailOf()) */
  readonly detail: () => number
}

/** Masks a picture; with `seenAlpha` 0 it has no holes (mask()). */
export function subjectOf(picture: Picture, background: string, seenAlpha?: number): Subject {
  const masked = mask(picture, background, seenAlpha)
  const opaque = masked === picture
  return {
    picture,
    masked,
    opaque,
    holes: !opaque && hasHoles(masked),
    colours: new PictureColours(masked.rgba),
    icon: picture.width * picture.height <= iconPixels,
    isPhotograph: once(
      () => ['jpeg', 'webp', 'avif'].includes(picture.source.kind) && hasMoreColours(picture.rgba, softColours)
    ),
    detail: once(() => detailOf(picture))
  }
}
