import { RateLimiterMemory } from 'rate-limiter-flexible'

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
