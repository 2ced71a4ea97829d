/** Memory for bodies that are being fetched or converted, for all visits together. */
export interface Room {
  /** For one visit: takes so many bytes until the signal is aborted; false, and nothing is taken, when there are not so many left. */
  enter (signal: AbortSignal): (bytes: number) => boolean
}

export function createRoom (maxBytes: number): Room {
  let taken = 0
  return {
    enter (signal) {
      let mine = 0
      signal.addEventListener('abort', () => {
        taken -= mine
        mine = 0
      }, { once: true })
      return bytes => {
        if (signal.aborted || taken + bytes > maxBytes) return false
        taken += bytes
        mine += bytes
        return true
      }
    }
  }
}
