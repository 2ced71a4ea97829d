import { move, transferableSymbol, valueSymbol } from 'piscina'

/** Memory that nobody else looks into: what is moved is gone here. */
const own = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.prototype.slice.call(bytes)

/**
 * A message between threads that is made of these blocks, which are handed over instead of being copied: to copy the
 * 64 MB of an upload keeps everybody waiting.
 */
export function moved<T extends object>(
  blocks: readonly Uint8Array[],
  message: (blocks: readonly Uint8Array[]) => T
): T {
  const owned = blocks.map(own)
  const value = message(owned)
  return move({ [transferableSymbol]: owned.map(({ buffer }) => buffer), [valueSymbol]: value }) as T
}
