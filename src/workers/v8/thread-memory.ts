/** What the objects of a thread that converts pages may take: a page of 100,000 elements takes about 60. MiB. */
const THREAD_MEGABYTES = 384
/** A thread with less is one of a small machine (config/small-machine.ts). MiB. */
const LITTLE_MEGABYTES = 128
/** The part of it for new objects, which V8 has 48 MiB for if nothing is said; what is never used is not taken. */
const YOUNG_SHARE = 1 / 8

const MIB = 1024 * 1024

/** Whether a thread with so many MiB for its objects is one of a small machine. */
export const isLittle = (megabytes: number): boolean => megabytes <= LITTLE_MEGABYTES

interface ThreadMemory {
  readonly maxOldGenerationSizeMb: number
  readonly maxYoungGenerationSizeMb: number
}

/** The memory of a thread as V8 is told of it; 384 MiB if nothing is said. */
export function threadMemory(bytes: number = THREAD_MEGABYTES * MIB): ThreadMemory {
  const megabytes = bytes / MIB
  return { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: megabytes * YOUNG_SHARE }
}
