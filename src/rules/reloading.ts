import type { Config } from '../config/config.js'
import { useRules, type RulesInUse } from './rules-in-use.js'

/** The rules that are in use now. */
export interface Rules {
  current(): RulesInUse
  /** Reads them again. @throws Error when something in them is wrong: then the old ones stay. */
  reload(): void
  close(): Promise<void>
}

/**
 * @param first those that are in use until they are read again
 * @throws Error when something in the rules is wrong.
 */
export function openRules(config: Config, first = useRules(config)): Rules {
  let inUse = first
  return {
    current: () => inUse,
    reload() {
      const old = inUse
      inUse = useRules(config)
      void old.workers.retire()
    },
    close: () => inUse.workers.close()
  }
}
