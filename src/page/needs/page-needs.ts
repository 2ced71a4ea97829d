import { asBuffer } from '../../bytes/as-buffer.js'
import { imageKey } from '../images/known-sizes.js'
import { sheetLinks } from './sheet-links.js'
import { sizeInAddress } from '../images/size-in-address.js'
import type { PageContext } from '../step.js'
import { unsizedImages } from './unsized-images.js'

/** The page to search, as plain data: it is searched in a thread, because the site decides what that costs. */
export interface NeedsJob {
  readonly bytes: Uint8Array
  /** Whether these are all of it, or enough of it; its end may be still on its way */
  readonly isWhole?: boolean
  readonly url: string
  /** The most style sheets and images to find */
  readonly sheets: number
  readonly images: number
  readonly client: Pick<PageContext, 'profile' | 'display'>
}

/** An image whose size its page does not give. */
export interface UnsizedImage {
  /** Made by imageKey() */
  readonly key: string
  readonly url: string
  /** Its address gives its size */
  readonly sized: boolean
}

/** What should be fetched for a page before it is converted. */
export interface PageNeeds {
  /** The addresses of style sheets */
  readonly sheets: readonly string[]
  readonly images: readonly UnsizedImage[]
}

/** Finds the style sheets and images that a page needs, without parsing it. */
export function pageNeeds({ bytes, isWhole, url, sheets, images, client }: NeedsJob): PageNeeds {
  const buffer = asBuffer(bytes)
  const page = new URL(url)
  const unsized = images === 0 ? [] : [...unsizedImages(buffer, page, client).values()].slice(0, images)
  return {
    sheets: sheets === 0 ? [] : sheetLinks(buffer, page, isWhole).slice(0, sheets),
    images: unsized.map(image => ({ key: imageKey(image), url: image.href, sized: sizeInAddress(image) !== undefined }))
  }
}
