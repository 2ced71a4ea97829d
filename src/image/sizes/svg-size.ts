import { afterProlog } from '../../bytes/after-prolog.js'
import type { Size } from '../fit.js'

/** The root element with its attributes; it begins within the bytes that sniffImage() reads. */
const root = /^<(?:\w+:)?svg(\s[^>]*)>/
const bytesOfRoot = 8192

/** The pixels of a unit (CSS Values 4, 6.2); em and the like depend on a font. */
const units: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4
}

/** The least side of a drawing. Pixels. */
const least = 0.5

/** The size of an SVG by its root element, which may be all that is there; undefined if that does not have it. */
export function svgSize(start: Buffer): Size | undefined {
  const attributes = root.exec(afterProlog(start.toString('latin1', 0, bytesOfRoot), name => name === 'svg'))?.[1]
  if (attributes === undefined) return undefined
  const [width, height] = [sideOf(attributes, 'width'), sideOf(attributes, 'height')]
  if (width === undefined || height === undefined) return undefined
  if (width > 0 && height > 0) return rounded(width, height)
  const box = boxOf(attributes)
  if (box === undefined) return undefined
  if (width > 0) return rounded(width, (width * box.height) / box.width)
  return height > 0 ? rounded((height * box.width) / box.height, height) : rounded(box.width, box.height)
}

const sides = {
  width: /\swidth\s*=\s*(?:"([^"]*)"|'([^']*)')/,
  height: /\sheight\s*=\s*(?:"([^"]*)"|'([^']*)')/,
  viewBox: /\sviewBox\s*=\s*(?:"([^"]*)"|'([^']*)')/
}

function valueOf(attributes: string, name: keyof typeof sides): string | undefined {
  const [, double, single] = sides[name].exec(attributes) ?? []
  return double ?? single
}

/** A side in pixels; 0 if it is not given or relative to the surroundings; undefined if it is in another unit. */
function sideOf(attributes: string, name: 'width' | 'height'): number | undefined {
  const value = (valueOf(attributes, name) ?? 'auto').trim()
  if (value === '100%' || value === 'auto') return 0
  const [, number, unit] = /^(\d+(?:\.\d+)?|\.\d+)([a-z]*)$/.exec(value) ?? []
  const factor = units[unit ?? 'unknown']
  return number === undefined || factor === undefined ? undefined : Number(number) * factor
}

function boxOf(attributes: string): Size | undefined {
  const [, , width, height, more] = (valueOf(attributes, 'viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  return width !== undefined && height !== undefined && width > 0 && height > 0 && more === undefined
    ? { width, height }
    : undefined
}

function rounded(width: number, height: number): Size | undefined {
  return width < least || height < least ? undefined : { width: Math.round(width), height: Math.round(height) }
}
