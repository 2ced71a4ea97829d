import { alwaysOffered, formatNames } from '../../image/formats.js'
import { mostZoom } from '../../request/options-for.js'
import { writtenAddress } from '../../page/addresses/address.js'
import { addHints, hintsForImages, rawAddress } from '../../page/addresses/address-hints.js'
import { shownName } from '../../page/read/document-kind.js'
import { zoomAddress } from '../../page/images/image-links.js'
import { imagePage, type ImageFacts, type ShownImage } from '../../portal/image.js'
import { convertedImage } from './image.js'
import type { TaggedImage } from '../../memory/shared-conversions.js'
import { portalPage } from '../own-page.js'
import type { Services } from '../../request/services.js'
import type { Asked, Visit, Visited } from '../../request/visit-state.js'

/** On this page each size of an image is so many times the one before. */
const STEP = 2

/** The zoom in an address: 1 is as large as the screen. */
const zoomOf = ({ hints }: Visit): number => Number(hints.zoom ?? 1)

function shownAs(
  { client: { profile } }: Visit,
  image: TaggedImage | undefined,
  address: string
): ShownImage | undefined {
  if (image === undefined || !profile.images.show) return undefined
  const { width, height } = image
  return { address, width, height, isSized: width <= profile.images.maxWidth && height <= profile.images.maxHeight }
}

const isWhole = ({ width, height, source }: TaggedImage): boolean => width >= source.width && height >= source.height

function factsOf(
  { visit, plan }: Pick<Asked, 'visit' | 'plan'>,
  bytes: number | undefined,
  image: TaggedImage | undefined
): ImageFacts {
  const {
    portal,
    client: { profile }
  } = visit
  const address = writtenAddress(plan.url, plan)
  const zoom = zoomOf(visit)
  const once = hintsForImages(visit.hints)
  // An address with an IPv6 host has no such page.
  const own = zoomAddress(address, { portal, gateway: plan.gateway }) ?? address
  // The zoom is written even if it is 1: it says that the person wants to see this image, however many bytes it has.
  const asShown = { ...once, zoom: String(zoom) }
  const formats =
    image === undefined
      ? []
      : formatNames.filter(format => alwaysOffered.has(format) || profile.images.formats.includes(format))
  const shown = shownAs(visit, image, addHints(address, asShown))
  return {
    name: shownName(plan.url),
    what:
      image === undefined
        ? 'this image cannot be shown here'
        : `${image.source.kind.toUpperCase()}, ${image.source.width} x ${image.source.height} pixels`,
    bytes,
    image: shown,
    larger:
      shown === undefined || image === undefined || isWhole(image) || zoom * STEP > mostZoom
        ? undefined
        : addHints(own, { ...once, zoom: String(zoom * STEP) }),
    fitted: zoom === 1 ? undefined : addHints(own, once),
    full: rawAddress(address),
    formats: formats.map(format => [format.toUpperCase(), addHints(address, { ...asShown, as: format })]),
    portal
  }
}

/** An image on a page of its own; `bytes` is undefined when there are more of them than may be converted. */
export async function zoomAnswer(
  asked: Pick<Asked, 'visit' | 'plan'>,
  bytes: Buffer | undefined,
  { images, writing }: Pick<Services, 'images' | 'writing'>
): Promise<Visited> {
  const { visit } = asked
  // Converted with the options for the image within the page, which the browser requests next and then finds in the
  // cache.
  const asInPage = { ...visit, hints: { ...visit.hints, zoom: String(zoomOf(visit)) } }
  const image =
    bytes === undefined
      ? undefined
      : await Promise.resolve(convertedImage(asInPage, { bytes, size: undefined }, images)).catch(() => undefined)
  return {
    kind: 'portal',
    ...portalPage(visit, { page: imagePage(factsOf(asked, bytes?.length, image)) }, writing),
    originBytes: bytes?.length
  }
}
