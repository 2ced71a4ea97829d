import { getHeapStatistics, type HeapInfo } from 'node:v8'
import { createCollector } from './garbage.js'

/** Below this it is not worth a collection, which this thread stands still for: .1 s on a busy core. Bytes. */
const SPARE_BYTES = 12 * 1024 * 1024

/**
 * A function that gives back what the heap of this thread has beyond what is in use. The room for new objects grows to
 * 30 MB under load; V8 takes it back only when it collects all, and collects nothing while nothing happens.
 */
export function createSpareRoom(
  heap: () => Pick<HeapInfo, 'total_physical_size' | 'used_heap_size'> = getHeapStatistics
): () => void {
  // Threads for pages that begin later would find another set of flags (thread-flags.ts), so it is made at the first use.
  let collect: NodeJS.GCFunction | undefined
  return () => {
    const { total_physical_size, used_heap_size } = heap()
    if (total_physical_size - used_heap_size < SPARE_BYTES) return
    collect ??= createCollector()
    collect()
  }
}
