import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible'

/** Counts by key, so many in a time. */
export interface LimiterOptions {
  /** What is counted, among all that is counted in one store */
  readonly name: string
  readonly points: number
  /** Seconds */
  readonly duration: number
}

/** Makes what counts. */
export type Limiters = (options: LimiterOptions) => RateLimiterAbstract

/** Counts of this process alone. */
export const ownLimiters: Limiters = ({ points, duration }) => new RateLimiterMemory({ points, duration })

/**
 * Counts of all processes that share a store; while it is away this process counts by itself.
 * @param counters as rate-limiter-flexible calls a client of the redis package
 */
export const sharedLimiters =
  (counters: object): Limiters =>
  options =>
    new RateLimiterRedis({
      storeClient: counters,
      useRedisPackage: true,
      keyPrefix: options.name,
      points: options.points,
      duration: options.duration,
      insuranceLimiter: ownLimiters(options)
    })
