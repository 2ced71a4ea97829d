import type { ImageOptions } from '../image/options.js'
import { messageOf } from '../system-error.js'
import { createImageProcesses } from '../workers/image-processes.js'

/** Time for one image, with the start of its process. Seconds. */
const MOST_SECONDS = 60

/** As large as a photograph of a page of today. */
const DRAWING = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200"><rect width="800" height="1200" fill="#36c"/></svg>'
)

/**
 * Whether images can be converted for a client, in a process that may take so much memory.
 *
 * @throws Error that says what to do.
 */
export async function checkImages(options: ImageOptions, maxImageMemoryBytes: number): Promise<string> {
  const processes = createImageProcesses(maxImageMemoryBytes)
  try {
    const outcome = await processes.convert({ bytes: DRAWING, options }, AbortSignal.timeout(MOST_SECONDS * 1000))
    if ('failed' in outcome) throw new Error(outcome.detail)
    return `they are converted, each with ${Math.round(maxImageMemoryBytes / 1024 ** 2)} MB at most`
  } catch (error) {
    throw new Error(
      `none can be converted (${messageOf(error)}): see maxImageMemoryBytes, and whether sharp is there for this machine`,
      { cause: error }
    )
  } finally {
    processes.close()
  }
}
