import { createRequire } from 'node:module'

// Loaded with the first upload: a thread has no other use for it, and would load all of a pool before its first page.
const require = createRequire(import.meta.url)
const loadPiscina = () => require('piscina') as typeof import('piscina')

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
  const piscina = loadPiscina()
  const owned = blocks.map(own)
  const value = message(owned)
  return piscina.move({
    [piscina.transferableSymbol]: owned.map(({ buffer }) => buffer),
    [piscina.valueSymbol]: value
  }) as T
}
