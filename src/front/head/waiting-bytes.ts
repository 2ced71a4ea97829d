/** Bytes that came and are not used yet, in their order. */
export interface WaitingBytes {
  readonly length: number
  /** All of them; what was given out before stays as it was, whatever comes. */
  all(): Buffer
  add(chunk: Buffer): void
  /** Forgets so many of them, the oldest first. */
  drop(count: number): void
}

/**
 * Room for a copy of what waits, and for as much again: so each byte is copied once on average, however small the
 * pieces are.
 */
const GROWTH = 2

/** A single chunk is kept as it is; only what comes while others wait is copied. */
export function createWaitingBytes(): WaitingBytes {
  let buffer: Buffer = Buffer.alloc(0)
  let start = 0
  let end = 0

  function grow(more: number): void {
    const larger = Buffer.allocUnsafe((end - start + more) * GROWTH)
    buffer.copy(larger, 0, start, end)
    end -= start
    start = 0
    buffer = larger
  }

  return {
    get length() {
      return end - start
    },
    all: () => buffer.subarray(start, end),
    add(chunk) {
      if (start === end) {
        buffer = chunk
        start = 0
        end = chunk.length
        return
      }
      if (end === buffer.length || end + chunk.length > buffer.length) grow(chunk.length)
      chunk.copy(buffer, end)
      end += chunk.length
    },
    drop(count) {
      start += count
    }
  }
}
