/** Bytes that have arrived and are not used yet, in their order. */
export interface WaitingBytes {
  readonly length: number
  /** All of them. What was returned earlier does not change when more bytes come. */
  all(): Buffer
  add(chunk: Buffer): void
  /** Removes so many bytes from the start. */
  drop(count: number): void
}

/**
 * A copy gets twice the room that it needs, so that each byte is copied once on average, however small the pieces are.
 */
const GROWTH = 2

const NOTHING = Buffer.alloc(0)

/** A single chunk is kept without a copy; only chunks that arrive while others wait are copied. */
export function createWaitingBytes(): WaitingBytes {
  let buffer: Buffer = NOTHING
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
    all: () => (start === 0 && end === buffer.length ? buffer : buffer.subarray(start, end)),
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
      // An idle connection that is kept must not hold the last bytes of its upload.
      if (start === end) buffer = NOTHING
    }
  }
}
