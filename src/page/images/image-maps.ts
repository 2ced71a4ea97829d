import { decodePercent } from '../../bytes/decode-percent.js'
import { pixels } from './pixels.js'
import type { Page } from '../step.js'
import {
  attribute,
  createElement,
  createText,
  elements,
  insertAfter,
  isText,
  removeAttribute,
  rename,
  setAttribute,
  type Element
} from '../tree/tree.js'

/** A polygon with more corners is simplified: a coast line of thousands is more than a line buffer holds. Corners. */
const MOST_CORNERS = 100
/** Further numbers of COORDS are not read. */
const MOST_NUMBERS = 20_000

/** A map with more links needs a page of its own, so that only these follow its image. Links. */
const MOST_LISTED = 200

/** Whether the areas of an image are links. */
export const isMap = (image: Element): boolean =>
  attribute(image, 'usemap') !== undefined || attribute(image, 'ismap') !== undefined

type Shape = 'rect' | 'circle' | 'poly'

/** HTML 4.01 names four shapes; pages also write the long names of Netscape's documentation. */
const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ['rect', 'rect'],
  ['rectangle', 'rect'],
  ['circle', 'circle'],
  ['circ', 'circle'],
  ['poly', 'poly'],
  ['polygon', 'poly']
])
/** The fewest numbers that describe each shape. */
const LEAST: Readonly<Record<Shape, number>> = { rect: 4, circle: 3, poly: 6 }

/** The size of an image in the page, and the factors for the coordinates of its map. */
export interface Scale {
  readonly x: number
  readonly y: number
  /** pixels in the page */ readonly width: number
  /** pixels in the page */ readonly height: number
}

/** The scale from the size that the page gives an image, in which its map counts, to the size in which it is sent. */
export function scaleOf(image: Element, sent: { readonly width: number; readonly height: number }): Scale {
  const width = pixels(image, 'width')
  const height = pixels(image, 'height')
  return { x: sent.width / width, y: sent.height / height, width, height }
}

/** The numbers of COORDS; a percentage is one of the image's size (HTML 4.01, 13.6.1). */
function numbersOf(coords: string, { width, height }: Scale): number[] {
  const numbers: number[] = []
  for (const [, number, percent] of coords.matchAll(/(-?\d+(?:\.\d+)?)\s*(%?)/g)) {
    if (numbers.length === MOST_NUMBERS) break
    numbers.push(
      percent === '%' ? (Number(number) / 100) * (numbers.length % 2 === 0 ? width : height) : Number(number)
    )
  }
  return numbers
}

/** Keeps every nth corner, so that few enough are left. */
function fewer(corners: number[]): number[] {
  const count = Math.floor(corners.length / 2)
  const step = Math.ceil(count / MOST_CORNERS)
  return step <= 1
    ? corners.slice(0, count * 2)
    : corners.slice(0, count * 2).filter((_, at) => Math.floor(at / 2) % step === 0)
}

function scaled(shape: Shape, numbers: readonly number[], { x, y }: Scale): number[] {
  const [left = 0, top = 0, radius = 0] = numbers
  if (shape === 'circle') return [left * x, top * y, radius * Math.min(x, y)]
  return (shape === 'rect' ? numbers.slice(0, 4) : fewer([...numbers])).map(
    (number, at) => number * (at % 2 === 0 ? x : y)
  )
}

const shapeNameOf = (area: Element): string => (attribute(area, 'shape') ?? 'rect').trim().toLowerCase()

/** HTML 3.2 has no DEFAULT, which is the whole image. */
const isRest = (area: Element): boolean => shapeNameOf(area) === 'default'

/** Rewrites an area for old browsers; false if it has no shape or leads nowhere. */
function scaleArea(area: Element, scale: Scale): boolean {
  const shape = SHAPES.get(shapeNameOf(area)) ?? 'rect'
  const numbers = isRest(area) ? [0, 0, scale.width, scale.height] : numbersOf(attribute(area, 'coords') ?? '', scale)
  if (numbers.length < LEAST[shape]) return false
  if (attribute(area, 'href') === undefined && attribute(area, 'nohref') === undefined) return false
  setAttribute(area, 'shape', shape)
  setAttribute(area, 'coords', scaled(shape, numbers, scale).map(Math.round).join(','))
  setAttribute(area, 'alt', areaName(area))
  return true
}

/** The name of an area: its ALT or TITLE, or the last segment of its address. */
function areaName(area: Element): string {
  const given = [attribute(area, 'alt'), attribute(area, 'title'), attribute(area, 'aria-label')]
    .map(name => name?.replace(/\s+/g, ' ').trim() ?? '')
    .find(name => name !== '')
  const href = attribute(area, 'href')
  if (given !== undefined || href === undefined) return given ?? ''
  return decodePercent(
    href
      .replace(/^[a-z]+:\/\//, '')
      .split('/')
      .filter(part => part !== '')
      .at(-1) ?? 'link'
  )
}

/** Lists the links of a map after its image, where the profile has no maps or the image is not shown. */
function listAreas(areas: readonly Element[], image: Element): void {
  const seen = new Set<string>()
  const links: Element[] = []
  for (const area of areas) {
    const href = attribute(area, 'href')
    const text = `[${areaName(area)}]`
    // A place may be drawn as two areas.
    if (href === undefined || seen.has(`${href} ${text}`)) continue
    if (links.length === MOST_LISTED) break
    seen.add(`${href} ${text}`)
    links.push(createElement('a', { href }, createText(text)))
  }
  for (const link of links.reverse()) {
    insertAfter(link, image)
    insertAfter(createText(' '), image)
  }
}

/** USEMAP names a map of the same page; no browser has ever fetched one from elsewhere (maps.html#north). */
const mapName = (image: Element): string | undefined => /^#(.*)$/s.exec((attribute(image, 'usemap') ?? '').trim())?.[1]

/** The common scale; undefined if they differ or one is unknown. */
function commonScale([first, ...others]: ReadonlyArray<Scale | undefined>): Scale | undefined {
  return others.every(scale => scale !== undefined && scale.x === first?.x && scale.y === first.y) ? first : undefined
}

/** Removes areas from the tree, wherever in their map they are. */
function takeOut(areas: readonly Element[]): void {
  const taken = new Set<unknown>(areas)
  for (const parent of new Set(areas.map(area => area.parentNode)))
    if (parent !== null) parent.childNodes = parent.childNodes.filter(node => !taken.has(node))
  for (const area of areas) area.parentNode = null
}

/** A map of these areas alone; what else was in it (often its own image) is moved before it. */
function mapOf(map: Element, kept: readonly Element[]): Element {
  let own = map
  if (map.childNodes.some(node => !isText(node) || node.value.trim() !== '')) {
    own = createElement('map')
    insertAfter(own, map)
    rename(map, 'span', {})
  }
  own.childNodes = [...kept]
  for (const area of kept) area.parentNode = own
  return own
}

function keepMap(
  map: Element,
  areas: readonly Element[],
  images: readonly Element[],
  scale: Scale,
  number: number
): void {
  // Of two areas that fit the first counts.
  const inOrder = [...areas.filter(area => !isRest(area)), ...areas.filter(isRest)]
  const kept = inOrder.filter(area => scaleArea(area, scale))
  takeOut(areas)
  const given = attribute(map, 'name') ?? attribute(map, 'id') ?? ''
  // Browsers that read USEMAP as an address do not find names with spaces, quotes or letters of other alphabets.
  const name = /^[A-Za-z][\w.-]{0,30}$/.test(given) ? given : `map${number}`
  const own = mapOf(map, kept)
  own.attrs = [{ name: 'name', value: name }]
  for (const image of images) setAttribute(image, 'usemap', `#${name}`)
}

/**
 * Rewrites client-side maps. A map is kept if `scaleFor` knows one scale for all of its images; else its links follow
 * the first of them.
 */
export function plainMaps({ body }: Page, scaleFor: (image: Element) => Scale | undefined): void {
  const byMap = new Map<string, Element[]>()
  for (const image of elements(body, 'img')) {
    const name = mapName(image)
    if (name === undefined) {
      removeAttribute(image, 'usemap')
      continue
    }
    const images = byMap.get(name)
    if (images === undefined) byMap.set(name, [image])
    else images.push(image)
  }
  // No browser asks for a map that is not there.
  const lost = new Set([...byMap.values()].flat())
  const caseless = new Map([...byMap].map(([name, images]) => [name.toLowerCase(), images]))
  for (const [at, map] of elements(body, 'map').entries()) {
    const names = [attribute(map, 'name'), attribute(map, 'id')]
      .filter(name => name !== undefined)
      .map(name => name.trim())
    const images =
      names.map(name => byMap.get(name)).find(images => images !== undefined) ??
      names.map(name => caseless.get(name.toLowerCase())).find(images => images !== undefined) ??
      []
    for (const image of images) lost.delete(image)
    const areas = elements(map, 'area')
    const scale = commonScale(images.map(scaleFor))
    if (areas.length > 0 && scale !== undefined) keepMap(map, areas, images, scale, at + 1)
    else {
      if (images[0] !== undefined) listAreas(areas, images[0])
      takeOut(areas)
      for (const image of images) removeAttribute(image, 'usemap')
      rename(map, 'span', {})
    }
  }
  for (const image of lost) removeAttribute(image, 'usemap')
}
