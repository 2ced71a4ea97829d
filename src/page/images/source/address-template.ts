import { attribute, type Element } from '../../tree/tree.js'
import { pixels } from '../pixels.js'

/** {width}, {{w}}, %7Bheight%7D: what a script would fill in. */
const FIELD = /(?:\{{1,2}|(?:%7B){1,2})(width|w|height|h|size)(?:\}{1,2}|(?:%7D){1,2})/gi

/** The widths that a page offers are listed in an attribute; few are long. Numbers. */
const MOST_WIDTHS = 50

function widthsOf(image: Element): number[] {
  const listed = attribute(image, 'data-widths')?.match(/\d{2,4}/g) ?? []
  return listed
    .slice(0, MOST_WIDTHS)
    .map(Number)
    .sort((a, b) => a - b)
}

/** The width of an image by its height, 1 if the page does not say. */
function ratioOf(image: Element): number {
  const said = Number(attribute(image, 'data-aspectratio') ?? attribute(image, 'data-ratio') ?? NaN)
  if (said > 0.1 && said < 10) return said
  const [width, height] = [pixels(image, 'width'), pixels(image, 'height')]
  return width > 0 && height > 0 ? width / height : 1
}

/**
 * An address with its template filled in: with the smallest width that the page offers and that is wide enough, else
 * with the wanted one. Left as it is, no site knows it.
 */
export function filledAddress(address: string, image: Element, wanted: number): string {
  if (!/\{|%7B/i.test(address)) return address
  const widths = widthsOf(image)
  const width = widths.find(each => each >= wanted) ?? widths.at(-1) ?? wanted
  const height = Math.max(1, Math.round(width / ratioOf(image)))
  return address.replace(FIELD, (_all, name: string) => String(/^h/i.test(name) ? height : width))
}
