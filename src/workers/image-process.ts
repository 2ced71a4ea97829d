import { asBuffer } from '../bytes/as-buffer.js'
import { setPriority } from 'node:os'
import { convertImage } from '../image/convert.js'
import { prepareSharp } from '../image/decode/decode.js'
import type { ConversionResult } from '../image/options.js'
import type { ImageJob } from './image-job.js'
import { outcomeOf, type Outcome } from './outcome.js'

// The entry point of a process for images. Decoders are native code, which cannot be interrupted within a process: so
// they get one that can be killed, with its own limit of memory.

/**
 * A person waits for the page, and its images load one after the other: they give way to it. Niceness (setpriority(2)).
 */
const NICENESS = 10
/** How often the memory is checked during a conversion. Milliseconds. */
const LOOK_MILLISECONDS = 50

const MIB = 1024 * 1024
/** V8 lets 64 MB of pixels lie before it looks for those that nobody needs: young ones are looked for above this. Bytes. */
const LEFT_BYTES = 4 * MIB
/**
 * Above this all are looked for. With them goes the machine code of the conversion itself: the next image takes 30 ms
 * longer, so this is not done after each (measured with Node 20.20: 55 ms an image instead of 139). Bytes.
 */
const MOST_LEFT_BYTES = 24 * MIB

/** Where the system cannot limit a process (image-processes.ts does that on Linux), it ends itself. Bytes. */
const mostBytes = Number(process.argv[2])

setPriority(0, NICENESS)
prepareSharp()

async function convert({ bytes, options }: ImageJob): Promise<Outcome<ConversionResult>> {
  const look = setInterval(() => {
    if (process.memoryUsage.rss() > mostBytes) process.kill(process.pid, 'SIGKILL')
  }, LOOK_MILLISECONDS)
  const outcome = await outcomeOf(() => convertImage(asBuffer(bytes), options))
  clearInterval(look)
  return outcome
}

/** Gives the pixels back, while the answer travels. */
function tidy(): void {
  const left = (): number => process.memoryUsage().arrayBuffers
  if (left() > LEFT_BYTES) void gc?.({ type: 'minor' })
  if (left() > MOST_LEFT_BYTES) gc?.()
}

process.on('message', (job: ImageJob) => {
  // The parent may have gone by then.
  void convert(job).then(outcome => process.send?.(outcome, undefined, undefined, tidy))
})
process.on('disconnect', () => process.exit())
