import type { Size } from './fit.js'

/** The root element with its attributes; within the bytes that sniffImage() looks at. */
const root = /<(?:\w+:)?svg(\s[^>]{0,4000})>/
const bytesOfRoot = 8192

/** Pixels, with or without their unit. What is given in other units depends on the drawing program. */
const pixels = /^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/

/** A side of the drawing: in pixels, not given (or as large as what is around it), or given in other units. */
type Side = number | 'none' | 'unclear'

/** The size of an SVG by its root element, which may be all that is there; undefined if it does not tell. */
export function svgSize (start: Buffer): Size | undefined {
  const attributes = root.exec(start.toString('latin1', 0, bytesOfRoot))?.[1]
  if (attributes === undefined) return undefined
  const [width, height] = [sideOf(attributes, 'width'), sideOf(attributes, 'height')]
  if (typeof width === 'number' && typeof height === 'number') return rounded(width, height)
  return width === 'none' && height === 'none' ? boxSize(attributes) : undefined
}

function valueOf (attributes: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)?.slice(1).find((value) => value !== undefined)
}

function sideOf (attributes: string, name: string): Side {
  const value = valueOf(attributes, name)
  if (value === undefined || /^\s*(100%|auto)\s*$/.test(value)) return 'none'
  const found = pixels.exec(value)?.[1]
  return found === undefined ? 'unclear' : Number(found)
}

function boxSize (attributes: string): Size | undefined {
  const box = (valueOf(attributes, 'viewBox') ?? '').trim().split(/[\s,]+/).map(Number)
  return box.length === 4 && box[2]! > 0 && box[3]! > 0 ? rounded(box[2]!, box[3]!) : undefined
}

const rounded = (width: number, height: number): Size => ({ width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) })
