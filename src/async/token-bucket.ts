import { LRUCache } from 'lru-cache'

/** Limits how often each owner may do something. */
export interface TokenBuckets {
  /** Takes a token of an owner; false if there is none */
  take(owner: string): boolean
}

/** Only the owners seen last are counted; one that was forgotten has a full bucket again. Owners. */
const MOST_COUNTED = 10_000

/**
 * Token buckets: a bucket fills at a rate per second and holds what comes in `burstSeconds`. They are asked before
 * anything else is done for an owner, so that nothing here waits.
 * @param now in milliseconds
 */
export function createTokenBuckets(
  perSecond: number,
  burstSeconds: number,
  now: () => number = () => performance.now()
): TokenBuckets {
  const most = perSecond * burstSeconds
  const buckets = new LRUCache<string, { tokens: number; at: number }>({ max: MOST_COUNTED })
  return {
    take(owner) {
      const at = now()
      const bucket = buckets.get(owner) ?? { tokens: most, at }
      const tokens = Math.min(most, bucket.tokens + ((at - bucket.at) / 1000) * perSecond)
      buckets.set(owner, { tokens: tokens < 1 ? tokens : tokens - 1, at })
      return tokens >= 1
    }
  }
}
