import { fit } from '../../../image/fit.js'
import { addHints } from '../../addresses/address-hints.js'
import { clientAddress, resolve } from '../../addresses/address.js'
import { addSizeHint, takeSizeHint, withSizeHint, type SizeHint } from '../../addresses/size-hint.js'
import type { PageContext } from '../../step.js'
import { attribute, type Element } from '../../tree/tree.js'
import { pixels } from '../pixels.js'
import { LANDSCAPE, UNKNOWN, type Sized } from './image-budget.js'

/** How a page shows an image: its address and its sides, 0 as far as they are not known. */
export interface Shown {
  readonly address: string
  readonly width: number
  readonly height: number
  /** The one side that is known; the other is 0 */
  readonly side?: SizeHint
}

/** The address at which the client gets an image in the size that the page gives it. */
export function shownAs(image: Element, context: PageContext): Shown | undefined {
  const source = attribute(image, 'src') ?? ''
  const own = source.startsWith(`${context.portal}/`)
  const url = own ? new URL(source) : resolve(source, context)
  const plain = own ? source : url === undefined ? undefined : clientAddress(url, context)
  if (plain === undefined || !/^http/.test(plain)) return undefined
  const address = context.imageHints === undefined ? plain : addHints(plain, context.imageHints)
  const width = pixels(image, 'width')
  const height = pixels(image, 'height')
  const most = {
    width: Math.min(context.profile.images.maxWidth, context.display.width),
    height: Math.min(context.profile.images.maxHeight, context.display.height)
  }
  if (width > 0 !== height > 0) {
    // The file has the other side: only who sends it knows that.
    const side = { width: Math.min(width, most.width), height: Math.min(height, most.height) }
    const isSeen = Math.max(width, height) > 1
    return isSeen
      ? { address: withSizeHint(address, side), width: 0, height: 0, side }
      : { address, width: 0, height: 0 }
  }
  const size = fit({ width, height }, most)
  if (Math.min(width, height, size.width, size.height) < 2) return { address, width: 0, height: 0 }
  return { address: addSizeHint(address, size.width, size.height), ...size }
}

const times = (pixels: number, scale: number): number => (pixels === 0 ? 0 : Math.max(1, Math.floor(pixels * scale)))

/** The same image in so many times its sides; a scale of 1 changes nothing. */
export function scaled(shown: Shown, scale: number): Shown {
  if (scale >= 1) return shown
  const { address, side } = shown
  const known = side ?? shown
  const [width, height] = [times(known.width, scale), times(known.height, scale)]
  if (side !== undefined) return { ...shown, address: addSizeHint(address, width, height), side: { width, height } }
  if (width > 0) return { address: addSizeHint(address, width, height), width, height }
  const most = times(UNKNOWN.width, scale)
  return { ...shown, address: withSizeHint(address, { width: most, height: most, atMost: true }) }
}

/**
 * What a page would show of an image, for the budget; a side that is not known is that of most photographs. A step that
 * runs again finds the size in the address, if the page has none.
 */
export function sizedAs({ address, width, height, side }: Shown, isMap: boolean): Sized {
  if (width > 0) return { address, width, height, isFixed: isMap }
  const { size } = side === undefined ? takeSizeHint(address) : { size: side }
  if (size === undefined) return { address, width, height, isFixed: isMap }
  const isWide = size.height === 0 || size.atMost === true
  return {
    address,
    width: size.width || size.height / LANDSCAPE,
    height: isWide ? size.width * LANDSCAPE : size.height,
    isFixed: isMap || side === undefined
  }
}
