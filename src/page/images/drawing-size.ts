import { childCount } from '../tree/child-list.js'
import { attribute, elements, isBlank, isElement, plainText, type Element } from '../tree/tree.js'
import { calledOf, standsInLine } from './icon.js'
import { isNothing, pixels } from './pixels.js'

/** An SVG smaller than this on either side is an icon. Pixels. */
const ICON = 32
/** An unnamed drawing below this width is one as well. Pixels. */
const LEAST_UNNAMED = 100
/** The widest that a logo or an ornament is drawn whose size only a style sheet knows. Pixels. */
const LOGO_WIDTH = 160
const ORNAMENT_WIDTH = 300
/** Drawings of icons are made on a square of at most this size, or of 512 (Font Awesome). Units. */
const ICON_GRID = 64
/** An icon is made of few shapes. Elements. */
const ICON_SHAPES = 6

const SHAPES = ['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'use', 'image', 'text']

interface Size {
  readonly width: number
  readonly height: number
}

/** The last two numbers of the viewBox; undefined if it has none. */
function boxOf(svg: Element): Size | undefined {
  const [, , width = 0, height = 0, more] = (attribute(svg, 'viewbox') ?? attribute(svg, 'viewBox') ?? '')
    .trim()
    .split(/[\s,]+/, 5)
    .map(Number)
  return more === undefined && width > 0 && height > 0 ? { width, height } : undefined
}

const atWidth = (width: number, { width: w, height: h }: Size): Size => ({
  width: Math.round(width),
  height: Math.max(1, Math.round((width * h) / w))
})

/** The size that the page states; undefined if it has none, or only the units that the drawing is made in. */
function statedSize(svg: Element, box: Size | undefined): Size | undefined {
  const [width, height] = [pixels(svg, 'width'), pixels(svg, 'height')]
  const shape = box ?? { width: 1, height: 1 }
  if (width > 0 && height > 0) return { width, height }
  if (width > 0) return atWidth(width, shape)
  return height > 0 ? { width: Math.max(1, Math.round((height * shape.width) / shape.height)), height } : undefined
}

/** A box that says its size stands so near around a drawing. Elements. */
const BOX_WITHIN = 3
/** Spaces may stand around a drawing that is all that is in its box. Nodes. */
const MOST_IN_BOX = 5

/** The size of the nearest box around a drawing that says its own, if the drawing is all that is in it. */
function sizeAround(svg: Element): Size | undefined {
  let inner: Element = svg
  for (let step = 0; step < BOX_WITHIN; step++) {
    const { parentNode } = inner
    if (parentNode === null || !isElement(parentNode)) return undefined
    if (childCount(parentNode) > MOST_IN_BOX) return undefined
    if (parentNode.childNodes.some(node => node !== inner && !isBlank(node))) return undefined
    inner = parentNode
    const [width, height] = [pixels(inner, 'width'), pixels(inner, 'height')]
    if (width > 0 && height > 0) return { width, height }
  }
  return undefined
}

/** A drawing as it fits into the box around it, where it would be larger. */
function fitted(svg: Element, size: Size): Size {
  const box = sizeAround(svg)
  if (box === undefined) return size
  const width = Math.min(size.width, box.width, (box.height * size.width) / size.height)
  return width < size.width ? atWidth(Math.max(1, width), size) : size
}

/** The name of a drawing. */
export function drawingName(svg: Element): string {
  const title = elements(svg, 'title')[0]
  return (attribute(svg, 'aria-label') ?? (title === undefined ? '' : plainText(title))).trim()
}

/** Whether a drawing without a size is an icon by what it is made on, of and for. */
function isIcon(svg: Element, box: Size, hasWords: boolean): boolean {
  const shapes = elements(svg, ...SHAPES).length
  const grid = Math.max(box.width, box.height)
  if (grid <= ICON_GRID) return true
  if (calledOf(svg) === 'icon' || attribute(svg, 'aria-hidden') === 'true') return !hasWords
  if (standsInLine(svg, true)) return !hasWords
  return !hasWords && shapes <= ICON_SHAPES && (grid <= 512 || shapes === 1)
}

/** The size of a drawing that only has units: its own if it is a chart, else no more than it needs. */
function guessedSize(svg: Element, box: Size, isNamed: boolean): Size | undefined {
  const hasWords = elements(svg, 'text').length > 0
  if (calledOf(svg) === 'logo') return atWidth(Math.min(box.width, LOGO_WIDTH), box)
  if (isIcon(svg, box, hasWords)) return undefined
  return hasWords || isNamed ? atWidth(box.width, box) : atWidth(Math.min(box.width, ORNAMENT_WIDTH), box)
}

/** The size in which a drawing of the page is shown; undefined for an icon, and for what takes no room. Pixels. */
export function drawingSize(svg: Element): Size | undefined {
  const isNamed = drawingName(svg) !== '' || attribute(svg, 'role') === 'img'
  // One shape without a name is a sign or the edge of a box.
  if (isNothing(svg) || elements(svg).length < (isNamed || calledOf(svg) === 'logo' ? 1 : 2)) return undefined
  const box = boxOf(svg)
  const stated = statedSize(svg, box)
  const own = stated ?? (box === undefined ? undefined : guessedSize(svg, box, isNamed))
  const size = own === undefined ? undefined : fitted(svg, own)
  if (size === undefined || size.width < ICON || size.height < ICON) return undefined
  const says = isNamed || calledOf(svg) === 'logo' || elements(svg, 'text').length > 0
  return says || size.width >= LEAST_UNNAMED ? size : undefined
}
