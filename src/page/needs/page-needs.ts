import { imageKey } from '../images/known-sizes.js'
import { sheetLinks } from './sheet-links.js'
import { sizeInAddress } from '../images/size-in-address.js'
import type { PageContext } from '../step.js'
import { unsizedImages } from './unsized-images.js'

/** What is looked for in a page, as plain data: in a thread, because its site chooses what that costs. */
export interface NeedsJob {
  readonly bytes: Uint8Array
  readonly url: string
  /** Style sheets and images that are wanted at most */
  readonly sheets: number
  readonly images: number
  readonly client: Pick<PageContext, 'profile' | 'display'>
}

/** An image whose size its page does not say. */
export interface UnsizedImage {
  /** As imageKey() has it */
  readonly key: string
  readonly url: string
  /** Its address says it */
  readonly sized: boolean
}

/** What a page wants fetched before it is converted. */
export interface PageNeeds {
  /** Addresses of style sheets */
  readonly sheets: readonly string[]
  readonly images: readonly UnsizedImage[]
}

/** The style sheets and the images that a page wants, found without parsing it. */
export function pageNeeds({ bytes, url, sheets, images, client }: NeedsJob): PageNeeds {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const page = new URL(url)
  const unsized = images === 0 ? [] : [...unsizedImages(buffer, page, client).values()].slice(0, images)
  return {
    sheets: sheets === 0 ? [] : sheetLinks(buffer, page).slice(0, sheets),
    images: unsized.map(image => ({ key: imageKey(image), url: image.href, sized: sizeInAddress(image) !== undefined }))
  }
}
