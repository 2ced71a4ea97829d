import { move, transferableSymbol, valueSymbol } from 'piscina'

/** Memory that belongs to nobody else: after it is passed on it cannot be read here. */
const own = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.prototype.slice.call(bytes)

/**
 * A message to another thread in which these blocks are handed over instead of copied: copying an upload of 64 MB would
 * block the main thread.
 */
export function moved<T extends object>(
  blocks: readonly Uint8Array[],
  message: (blocks: readonly Uint8Array[]) => T
): T {
  const owned = blocks.map(own)
  const value = message(owned)
  return move({ [transferableSymbol]: owned.map(({ buffer }) => buffer), [valueSymbol]: value }) as T
}
