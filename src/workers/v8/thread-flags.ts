import { INLINE_LITTLE } from './inlining.js'

/** From version 12 on, of Node 22, V8 counts in another way what it optimises by, and complains of the flag for it. */
const countsBytecode = (v8: string): boolean => Number.parseInt(v8, 10) < 12

/**
 * Flags of V8 while a thread for pages begins: its own defaults. Node has the code of its modules compiled beforehand, and
 * V8 takes that only where no flag differs from when it was compiled, but for a few about memory: the first thread takes
 * 28 ms less of the processor (measured with Node 20.20). What differs is what the command has set (retrograde.cts).
 *
 * @param v8 process.versions.v8
 */
export const flagsToBegin = (v8: string): readonly string[] => (countsBytecode(v8) ? ['--interrupt-budget=67584'] : [])

/**
 * Flags that a thread for pages sets for itself once it has begun. In Node 20 it optimises what has run for 300 KB of
 * bytecode and not for 66, as the command has it for what runs before (retrograde.cts).
 *
 * V8 learns which objects of a page outlive a collection, and makes all further ones of their kind among the old, where
 * they stay when the page is done, with what they refer to. Where it does not, nothing is left of a page by the next one
 * (page-worker.ts).
 *
 * @param v8 process.versions.v8
 */
export const threadFlags = (v8: string): readonly string[] => [
  '--no-allocation-site-pretenuring',
  INLINE_LITTLE,
  ...(countsBytecode(v8) ? ['--interrupt-budget=300000'] : [])
]
