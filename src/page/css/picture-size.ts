import { attribute, removeAttribute, setAttribute, type Element } from '../tree/tree.js'
import type { Style } from './cascade.js'
import { cssPixels } from './css-pixels.js'

/** A picture that is larger is cut to its box on a page of today; here only one side of the box counts. Pixels. */
const LARGEST_ICON = 64

/** A side as the page has it in an attribute, 0 if it has none. Pixels. */
const ownSide = (element: Element, name: 'width' | 'height'): number => {
  const own = Number(attribute(element, name) ?? NaN)
  return own > 0 ? own : 0
}

/**
 * Writes the size that a style sheet gives a picture into its attributes, where later steps look for it. The shape of
 * a photograph stays.
 */
export function sizePicture(picture: Element, style: Style): void {
  if (picture.tagName !== 'img' && picture.tagName !== 'svg') return
  const width = cssPixels(style.wide ?? '') ?? 0
  const height = cssPixels(style.high ?? '') ?? 0
  if (width === 0 && height === 0) return
  const [ownWidth, ownHeight] = [ownSide(picture, 'width'), ownSide(picture, 'height')]
  const isBox = width > 0 && height > 0 && (picture.tagName === 'svg' || Math.max(width, height) <= LARGEST_ICON)
  const shape = ownWidth > 0 && ownHeight > 0 ? ownHeight / ownWidth : 0
  const sides = isBox
    ? { width, height }
    : width > 0
      ? { width, height: width * shape }
      : { width: shape === 0 ? 0 : height / shape, height }
  for (const side of ['width', 'height'] as const) {
    if (sides[side] > 0) setAttribute(picture, side, String(Math.max(1, Math.round(sides[side]))))
    else removeAttribute(picture, side)
  }
}
