import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Counts what somebody does; false when it was too much of late, of the one or of all. */
export type Rate = (client: string) => Promise<boolean>

/** So many in a second of one client, and of all together. */
export function createRate(mostOfClient: number, most: number): Rate {
  const clients = new RateLimiterMemory({ points: mostOfClient, duration: 1 })
  const all = new RateLimiterMemory({ points: most, duration: 1 })
  // It rejects with what is no error: how long to wait. Who has had a share takes nothing from that of all.
  const isLet = (limiter: RateLimiterMemory, key: string): Promise<boolean> =>
    limiter.consume(key).then(
      () => true,
      () => false
    )
  return async client => (await isLet(clients, client)) && (await isLet(all, ''))
}
