import { createHmac, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { Failure } from '../../failures.js'
import { createSemaphore } from '../../async/semaphore.js'
import { ownLimiters, type Limiters } from '../rate.js'
import type { Credentials } from './basic.js'
import { isPassword, nobodysHash } from '../../config/password-hash.js'

/** The users that the settings name. */
export interface Users {
  /** There are none, so that nobody needs a password. */
  readonly none: boolean
  /**
   * The name of the user, or undefined if name or password is wrong.
   * @throws Failure TOO_MANY_REQUESTS after too many wrong passwords from one address, BUSY when too many are being
   * checked.
   */
  check(credentials: Credentials, network: string): Promise<string | undefined>
}

/**
 * Correct credentials are remembered for so long, as an HMAC, because each check takes a tenth of a second.
 * Milliseconds.
 */
const REMEMBERED_MILLISECONDS = 3600 * 1000
const MOST_REMEMBERED = 1000
/** Wrong passwords of one network are counted over so many seconds. */
const MOST_WRONG = 20
const WRONG_SECONDS = 300
/** Checks at the same time: each occupies one of libuv's four threads and 32 MiB. */
const MOST_CHECKS = 2
/** Checks of one network at the same time, so that one that guesses passwords does not shut the others out. */
const MOST_CHECKS_OF_NETWORK = 4
/** Checks that may wait for their turn; further ones are refused. */
const MOST_WAITING = 32

/** Users from lines of `name:hash`. A wrong name takes as long to check as a wrong password. */
export function createUsers(lines: readonly string[], limiters: Limiters = ownLimiters): Users {
  const hashes = new Map(
    lines.map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)] as const)
  )
  const key = randomBytes(32)
  const nobody = nobodysHash()
  const right = new LRUCache<string, true>({ max: MOST_REMEMBERED, ttl: REMEMBERED_MILLISECONDS })
  const wrong = limiters({ name: 'wrong', points: MOST_WRONG, duration: WRONG_SECONDS })
  const inTurn = createSemaphore(MOST_CHECKS, MOST_WAITING, () => new Failure('BUSY', 'passwords'))
  const underWay = new Map<string, Promise<string | undefined>>()
  const ofNetwork = new Map<string, number>()

  async function compare({ name, password }: Credentials, mark: string, network: string): Promise<string | undefined> {
    const before = (await wrong.get(network))?.consumedPoints ?? 0
    const checks = ofNetwork.get(network) ?? 0
    if (checks >= MOST_CHECKS_OF_NETWORK || before >= MOST_WRONG)
      throw new Failure('TOO_MANY_REQUESTS', 'wrong passwords')
    ofNetwork.set(network, checks + 1)
    try {
      // The hash is computed even if there is no such user, so that the time does not tell.
      const matches = await inTurn(() => isPassword(password, hashes.get(name) ?? nobody))
      if (!matches || !hashes.has(name)) {
        await wrong.penalty(network)
        return undefined
      }
      right.set(mark, true)
      return name
    } finally {
      if (ofNetwork.get(network) === 1) ofNetwork.delete(network)
      else ofNetwork.set(network, ofNetwork.get(network)! - 1)
    }
  }

  return {
    none: hashes.size === 0,
    async check({ name, password }, network) {
      const mark = createHmac('sha256', key)
        .update(JSON.stringify([name, password]))
        .digest('base64')
      if (right.has(mark)) return name
      // A browser asks on several connections at once: its password is checked only once.
      const same = underWay.get(mark)
      if (same !== undefined) return await same
      const check = compare({ name, password }, mark, network).finally(() => underWay.delete(mark))
      underWay.set(mark, check)
      return await check
    }
  }
}
