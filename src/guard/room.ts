import { createClientCounts } from '../async/client-counts.js'

/** Memory for bodies that are being fetched or converted, for all visits together. */
export interface Room {
  /**
   * For one visit of a client (quotaKey()): takes so many bytes until the signal is aborted; false, and nothing is
   * taken, when there are not so many left for it.
   */
  enter(client: string, signal: AbortSignal): (bytes: number) => boolean
}

/** What one client may take of all. Fraction. */
const CLIENT_SHARE = 1 / 4

/** @param leastBytes what one client may take in any case: the largest page or image */
export function createRoom(maxBytes: number, leastBytes: number): Room {
  const mostOfClient = Math.max(leastBytes, Math.floor(maxBytes * CLIENT_SHARE))
  const clients = createClientCounts()
  let taken = 0

  function count(client: string, bytes: number): void {
    taken += bytes
    clients.add(client, bytes)
  }

  return {
    enter(client, signal) {
      let mine = 0
      signal.addEventListener(
        'abort',
        () => {
          if (mine > 0) count(client, -mine)
          mine = 0
        },
        { once: true }
      )
      return bytes => {
        if (signal.aborted || taken + bytes > maxBytes || clients.of(client) + bytes > mostOfClient) return false
        count(client, bytes)
        mine += bytes
        return true
      }
    }
  }
}
