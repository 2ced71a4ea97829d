import { cssPixels } from '../css/css-pixels.js'
import { attribute, type Element } from '../tree/tree.js'

/** A picture may be a sign: stars in a row say how many there are; what is larger says the same once. Pixels. */
export const LARGEST_SIGN = 48

export type Side = 'width' | 'height'

const STYLED: Readonly<Record<Side, RegExp>> = {
  width: /(?:^|[;\s])width\s*:\s*([\d.]+[a-z]*)(?![\d.a-z%])/i,
  height: /(?:^|[;\s])height\s*:\s*([\d.]+[a-z]*)(?![\d.a-z%])/i
}

/** HTML reads the number at the beginning of a dimension and passes over the rest, but for a share of the page. */
function attributePixels(value: string): number | undefined {
  const [, number, share] = /^\s*\+?(\d+(?:\.\d+)?|\.\d+)\s*(%?)/.exec(value) ?? []
  return number === undefined || share === '%' ? undefined : Number(number)
}

/** A side as a page says it in the style or the attribute of an element, in pixels; undefined if it does not. */
function statedPixels(element: Element, name: Side): number | undefined {
  const style = attribute(element, 'style')
  const styled = style === undefined ? undefined : STYLED[name].exec(style)?.[1]
  const inStyle = styled === undefined ? undefined : cssPixels(styled)
  if (inStyle !== undefined) return inStyle
  const own = attribute(element, name)
  if (own === undefined) return undefined
  return element.tagName === 'svg' ? cssPixels(own) : attributePixels(own)
}

/** A length in whole pixels from a style attribute or an attribute; 0 if the page gives none. */
export function pixels(element: Element, name: Side): number {
  const stated = statedPixels(element, name) ?? 0
  return stated > 0 ? Math.max(1, Math.round(stated)) : 0
}

/** Whether a page says that an element takes no room. */
export const isNothing = (element: Element): boolean =>
  statedPixels(element, 'width') === 0 && statedPixels(element, 'height') === 0
