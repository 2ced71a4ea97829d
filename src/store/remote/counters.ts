import { Refused, type StoreClient } from './client.js'
import type { Link } from './link.js'
import { countKey } from './places.js'

/**
 * What rate-limiter-flexible calls of a client of the redis package: counting up by a script, and reading a count with
 * the time that it has left.
 */
export interface Counters {
  eval(
    script: string,
    given: { readonly keys: readonly string[]; readonly arguments: readonly string[] }
  ): Promise<unknown>
  multi(): CounterReading
}

interface CounterReading {
  get(key: string): CounterReading
  pTTL(key: string): CounterReading
  exec(): Promise<unknown[]>
}

/** A count that cannot be read is no count. @throws Refused */
async function readAll(client: StoreClient, commands: readonly string[][]): Promise<unknown[]> {
  const replies = await client.all(commands)
  for (const reply of replies) if (reply instanceof Refused) throw reply
  return replies
}

/** Counts that all proxies of one store share. They reject while the store is away, and somebody else counts then. */
export function createCounters(link: Link): Counters {
  return {
    eval: (script, { keys, arguments: given }) =>
      link.run({
        operation: 'count',
        work: client => client.send(['EVAL', script, String(keys.length), ...keys.map(countKey), ...given])
      }),
    multi() {
      const commands: string[][] = []
      const reading: CounterReading = {
        get(key) {
          commands.push(['GET', countKey(key)])
          return reading
        },
        pTTL(key) {
          commands.push(['PTTL', countKey(key)])
          return reading
        },
        exec: () => link.run({ operation: 'count', work: client => readAll(client, commands) })
      }
      return reading
    }
  }
}
