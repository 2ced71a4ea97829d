import { setPriority } from 'node:os'
import { convertImage } from '../image/convert.js'
import { prepareSharp } from '../image/decode.js'
import type { ConversionResult, ImageOptions } from '../image/options.js'
import { failed, type Outcome } from './outcome.js'

// The entry of a thread for images.

/** A person waits for the page, its images come one after the other: they give way to it. Niceness (setpriority(2)). */
const NICENESS = 10

/** Linux gives each thread a niceness of its own; elsewhere all of the process would become nicer. */
if (process.platform === 'linux') setPriority(0, NICENESS)
prepareSharp()

export async function convertImageBytes (job: { bytes: Uint8Array, options: ImageOptions }): Promise<Outcome<ConversionResult>> {
  try {
    return { result: await convertImage(Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength), job.options) }
  } catch (error) {
    return failed(error)
  }
}
