import { createClientCounts } from './client-counts.js'

/**
 * Shares work that several ask for at the same time: it is done once, and finished even if nobody waits for it any
 * more.
 */
export type InFlight<T> = (key: string, owner: string, work: () => Promise<T>) => Promise<T> | undefined

/** The share of one owner in all works in progress. Fraction. */
const OWNER_SHARE = 1 / 4

/**
 * @param most works in progress; beyond it, or beyond the owner's share, nothing is begun and the result is undefined
 */
export function createInFlight<T>(most: number): InFlight<T> {
  const running = new Map<string, Promise<T>>()
  const owners = createClientCounts()
  return (key, owner, work) => {
    const known = running.get(key)
    if (known !== undefined || running.size >= most || owners.of(owner) >= most * OWNER_SHARE) return known
    owners.add(owner, 1)
    const begun = work().finally(() => {
      running.delete(key)
      owners.add(owner, -1)
    })
    running.set(key, begun)
    return begun
  }
}
