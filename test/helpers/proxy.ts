import root, { type Test } from 'tap'
import { readConfig, type Config } from '../../src/config/config.js'
import { readAllRules, useRules, type Rules, type RulesInUse } from '../../src/rules/rules-in-use.js'
import { serve } from '../../src/serve.js'

export interface Proxy {
  readonly port: number
  /** Lines of the log */
  readonly lines: string[]
  close(): Promise<void>
}

type Workers = RulesInUse['workers']

/** To read the rules and to start threads takes longer than most tests: the proxies of a process share them. */
const rulesRead = new Map<string, Rules>()
const workersStarted = new Map<string, Workers>()

function once<T>(known: Map<string, T>, settings: ReadonlyArray<string | number>, make: () => T): T {
  const key = JSON.stringify(settings)
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

function startWorkers(config: Config, rules: Rules): Workers {
  const { workers } = useRules(config, rules)
  root.teardown(() => workers.close())
  return { ...workers, close: async () => {}, retire: async () => {} }
}

/** Rules, and workers, that all proxies with the same settings of them share; files of a test's own are read anew. */
export function sharedRules(config: Config): RulesInUse {
  const { rules: folder, profile, blocked, sites, newsFeeds, newsEdition, blockTrackers, untouched } = config
  if (folder !== '' || config.own !== '') return useRules(config)
  const own = [blocked, sites, newsFeeds].every(file => file === '') && untouched.length === 0
  const rules = own
    ? once(rulesRead, [profile, newsEdition, blockTrackers], () => readAllRules(config))
    : readAllRules(config)
  const { conversions, maxWaitingConversions, conversionTimeoutSeconds, conversionWaitSeconds } = config
  const settings = [
    ...[conversions, maxWaitingConversions, conversionTimeoutSeconds, conversionWaitSeconds],
    config.maxImageMemoryBytes
  ]
  return { ...rules, workers: once(workersStarted, settings, () => startWorkers(config, rules)) }
}

/** A proxy in this process with settings as on the command line; ends with the test. */
export async function startProxy(t: Test, settings: Readonly<Record<string, string | number>>): Promise<Proxy> {
  const flags = Object.entries({
    port: 0,
    host: '127.0.0.1',
    'data-dir': '',
    'conversion-timeout-seconds': 100,
    'shutdown-seconds': 3,
    // A test asks faster than people do.
    'max-connections-per-second': 10_000,
    // Tests count what their sites are asked for.
    'images-ahead': 0,
    ...settings
  }).flatMap(([name, value]) => [`--${name}`, String(value)])
  const lines: string[] = []
  const config = readConfig(flags, {})
  const running = await serve(config, line => lines.push(line), sharedRules(config))
  let closed = false
  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    await running.close()
  }
  t.teardown(close)
  return { port: running.port, lines, close }
}
