import { workerData } from 'piscina'
import { loadFallbacks } from '../charset/fallbacks.js'
import { Failure } from '../errors.js'
import { convertImage } from '../image/convert.js'
import { prepareSharp } from '../image/decode.js'
import type { ConversionResult, ImageOptions } from '../image/options.js'
import { createPageConverter, type PageJob, type PageResult } from '../page/convert.js'
import { readStories, type FeedJob, type Story } from '../page/readers/stories.js'

// The entry of a worker thread: pages and images are converted here, so that the main thread only moves bytes.

prepareSharp()
const converter = createPageConverter(loadFallbacks(workerData as string))

/** A failure's code does not survive the way between threads: it travels as data. */
type Outcome<T> = { readonly result: T } | { readonly failed: string, readonly detail: string }

function failed (error: unknown): { failed: string, detail: string } {
  if (error instanceof Failure) return { failed: error.code, detail: error.detail }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'CONVERSION_FAILED'
  return { failed: code, detail: error instanceof Error ? error.message : String(error) }
}

export function convertPage (job: PageJob): Outcome<PageResult> {
  try {
    return { result: converter(job) }
  } catch (error) {
    return failed(error)
  }
}

export async function convertImageBytes (job: { bytes: Uint8Array, options: ImageOptions }): Promise<Outcome<ConversionResult>> {
  try {
    return { result: await convertImage(Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength), job.options) }
  } catch (error) {
    return failed(error)
  }
}

export function storiesOfFeed (job: FeedJob): Outcome<Story[]> {
  try {
    return { result: readStories(job) }
  } catch (error) {
    return failed(error)
  }
}
