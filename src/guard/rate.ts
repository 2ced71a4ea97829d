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

/** Counts what somebody does; false when it was too much lately, by this one or by all together. */
export type Rate = (client: string) => Promise<boolean>

/** The limits in a second, for one client and for all together. */
export function createRate(mostOfClient: number, most: number): Rate {
  const clients = new RateLimiterMemory({ points: mostOfClient, duration: 1 })
  const all = new RateLimiterMemory({ points: most, duration: 1 })
  // The limiter rejects with the time to wait, which is not an Error. A client over its own limit takes nothing from
  // that of all.
  const isLet = (limiter: RateLimiterMemory, key: string): Promise<boolean> =>
    limiter.consume(key).then(
      () => true,
      () => false
    )
  return async client => (await isLet(clients, client)) && (await isLet(all, ''))
}
