import { LRUCache } from 'lru-cache'

/** How often each of many may do something. */
export interface TokenBuckets {
  /** Takes one of somebody's tokens; false if there is none */
  take(owner: string): boolean
}

/** Those who were seen last are counted; who is forgotten has a full bucket again. */
const MOST_COUNTED = 10_000

/**
 * Token buckets: so many a second, and after a pause as many at once as come in `burstSeconds`. Asked before anything
 * else is done for somebody, so nothing here waits.
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
