import { createBlockShares } from './block-shares.js'
import { createClientCounts } from '../async/client-counts.js'
import { Failure } from '../failures.js'
import { networkOf } from './address.js'
import { ownLimiters, type Limiters } from './rate.js'
import type { Signal } from '../async/signal.js'

export interface QuotaOptions {
  /** 0 sets no limit */
  readonly maxRequestsPerMinute: number
  readonly maxVisitsPerClient: number
  readonly maxVisits: number
  /** 0 sets no limit */
  readonly maxMegabytesPerDay: number
}

/** How much of this proxy one client may use: how often, how much at once, how many bytes. */
export interface Quotas {
  /**
   * Counts a visit until its signal is aborted. An `own` visit asks no site, and so is short. Undefined where nothing
   * else is to be asked for.
   * @throws Failure TOO_MANY_AT_ONCE or BUSY; rejects with TOO_MANY_REQUESTS or DAY_IS_OVER.
   */
  begin(client: string, signal: Signal, own?: boolean): Promise<void> | undefined
  /** Counts bytes that were sent to a client. */
  spend(client: string, bytes: number): Promise<unknown> | undefined
  /** Visits under way */
  underWay(): number
}

/** Whom a visit is counted for: the user, if there are users, else the network of the client. */
export const quotaKeyOf = ({
  user,
  clientAddress
}: {
  readonly user?: string | undefined
  readonly clientAddress: string
}): string => user ?? networkOf(clientAddress)

/**
 * The last part of the room is kept for modest clients, so that a few greedy ones cannot shut the others out. Fraction
 * of all visits.
 */
const MODEST_SHARE = 1 / 4
/** A client with fewer visits under way is modest: Netscape opens four connections at a time. Visits. */
const MODEST_VISITS = 4
/**
 * Pages of our own that modest clients still get when the room is full, so that the proxy can say what is wrong.
 * Visits.
 */
const FURTHER_OWN_VISITS = 20

const MINUTE_SECONDS = 60
const DAY_SECONDS = 24 * 3600
const MEGABYTE = 1_000_000

interface Wish {
  /** Its client has few visits under way */
  readonly isModest: boolean
  /** It is for one of our own pages */
  readonly own: boolean
}

/** Gives places to visits: returns the function that frees the place, or undefined if there is none. */
function createPlaces(maxVisits: number): (client: string, wish: Wish) => (() => void) | undefined {
  const common = Math.floor(maxVisits * (1 - MODEST_SHARE))
  const last = createBlockShares(maxVisits - common)
  const further = createBlockShares(FURTHER_OWN_VISITS)
  let inCommon = 0
  return (client, { isModest, own }) => {
    if (inCommon < common) {
      inCommon++
      return () => {
        inCommon--
      }
    }
    return isModest ? (last.enter(client) ?? (own ? further.enter(client) : undefined)) : undefined
  }
}

export function createQuotas(
  { maxRequestsPerMinute, maxVisitsPerClient, maxVisits, maxMegabytesPerDay }: QuotaOptions,
  limiters: Limiters = ownLimiters
): Quotas {
  const requests =
    maxRequestsPerMinute === 0
      ? undefined
      : limiters({ name: 'requests', points: maxRequestsPerMinute, duration: MINUTE_SECONDS })
  const bytesADay =
    maxMegabytesPerDay === 0
      ? undefined
      : limiters({ name: 'bytes', points: maxMegabytesPerDay * MEGABYTE, duration: DAY_SECONDS })
  const visits = createClientCounts()
  const placeFor = createPlaces(maxVisits)
  let all = 0

  function enter(client: string, signal: Signal, leave: () => void): void {
    if (signal.aborted) return leave()
    all++
    visits.add(client, 1)
    signal.addEventListener(
      'abort',
      () => {
        all--
        visits.add(client, -1)
        leave()
      },
      { once: true }
    )
  }

  async function askLimiters(client: string): Promise<void> {
    const over = bytesADay === undefined ? 0 : ((await bytesADay.get(client))?.consumedPoints ?? 0)
    if (over >= maxMegabytesPerDay * MEGABYTE && bytesADay !== undefined) throw new Failure('DAY_IS_OVER')
    // The limiter rejects with the time to wait, which is not an Error.
    await requests?.consume(client).catch(() => {
      throw new Failure('TOO_MANY_REQUESTS')
    })
  }

  return {
    begin(client, signal, own = false) {
      if (visits.of(client) >= maxVisitsPerClient) throw new Failure('TOO_MANY_AT_ONCE')
      const leave = placeFor(client, { isModest: visits.of(client) < MODEST_VISITS, own })
      if (leave === undefined) throw new Failure('BUSY')
      enter(client, signal, leave)
      return requests === undefined && bytesADay === undefined ? undefined : askLimiters(client)
    },
    spend: (client, bytes) => bytesADay?.penalty(client, bytes),
    underWay: () => all
  }
}
