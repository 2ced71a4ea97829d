import { fit } from '../../image/fit.js'
import { attribute, closest, type Element } from '../tree/tree.js'
import type { SizeHint } from '../addresses/size-hint.js'
import { calledOf, isNamed, standsInLine } from './icon.js'
import { pixels } from './pixels.js'

/** An icon whose size only a style sheet knows, and a logo: so high are most. Pixels. */
const ICON_SIDE = 32
const LOGO_HEIGHT = 48
/** A logo is no larger. Pixels. */
const LOGO = { width: 200, height: 2 * LOGO_HEIGHT }

const DRAWING = /\.svg(?:[?#]|$)/i

/** What a picture without a size is by its names and its place. */
function signOf(image: Element): 'icon' | 'logo' | undefined {
  const called = calledOf(image)
  if (called !== undefined) return called
  return standsInLine(image, DRAWING.test(attribute(image, 'src') ?? '')) ? 'icon' : undefined
}

/** An icon of more is a photograph that goes by that name; a logo of less is as large as it was meant. Pixels. */
const LARGEST_ICON = 96

/**
 * The size of an icon or logo whose page states that of its file, and leaves it to a style sheet to shrink it. What
 * only its file calls a logo may be what an article shows.
 */
function shrunkSize(image: Element, stated: SizeHint): SizeHint | undefined {
  const called = calledOf(image)
  if (called === undefined) return undefined
  if (!isNamed(image) && closest(image, 'a', 'header', 'footer', 'nav') === undefined) return undefined
  if (called === 'icon') return fit(stated, { width: LARGEST_ICON, height: LARGEST_ICON })
  return fit(stated, LOGO)
}

/**
 * The size of an icon or logo where the page gives none, which would be as large as its file: 600 pixels of a star
 * before each line of a table. Of a file whose size is not known one side is given. Undefined for all other images.
 */
export function guessedSize(image: Element, file: SizeHint | undefined): SizeHint | undefined {
  if (closest(image, 'figure') !== undefined) return undefined
  const [width, height] = [pixels(image, 'width'), pixels(image, 'height')]
  if (width > 0 && height > 0) return shrunkSize(image, { width, height })
  if (width > 0 || height > 0) return undefined
  const sign = signOf(image)
  if (sign === undefined) return undefined
  if (sign === 'icon')
    return file === undefined ? { width: ICON_SIDE, height: 0 } : fit(file, { width: ICON_SIDE, height: ICON_SIDE })
  return file === undefined ? { width: 0, height: LOGO_HEIGHT } : fit(file, LOGO)
}
