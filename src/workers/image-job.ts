import type { ImageOptions } from '../image/options.js'

/** What a process for images is asked; one at a time. */
export interface ImageJob {
  readonly bytes: Uint8Array
  readonly options: ImageOptions
}
