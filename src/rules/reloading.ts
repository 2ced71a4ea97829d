import type { Config } from '../config/config.js'
import { useRules, type RulesInUse } from './rules-in-use.js'

/** The rules that are in use now. */
export interface Rules {
  current(): RulesInUse
  /** The settings that count now, which name them */
  config(): Config
  /** Reads them again, by settings that count from then on. @throws Error when something is wrong: then the old ones stay. */
  reload(next: Config): void
  close(): Promise<void>
}

/**
 * @param first those that are in use until they are read again
 * @throws Error when something in the rules is wrong.
 */
export function openRules(config: Config, first = useRules(config)): Rules {
  let inUse = first
  let settings = config
  return {
    current: () => inUse,
    config: () => settings,
    reload(next) {
      const old = inUse
      inUse = useRules(next)
      settings = next
      void old.workers.retire()
    },
    close: () => inUse.workers.close()
  }
}
