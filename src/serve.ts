import type { AddressInfo } from 'node:net'
import { createApp, type App } from './app.js'
import { holdTick } from './async/held-tick.js'
import { compose, type Composed } from './compose.js'
import { changedSettings, type ChangedSettings } from './config/changes/changeable-settings.js'
import type { Config } from './config/config.js'
import type { RulesInUse } from './rules/rules-in-use.js'
import { errorInWords } from './system-error.js'

/** A proxy that runs. */
export interface Running {
  readonly port: number
  /** Addresses to type into a browser's proxy settings: host:port */
  readonly addresses: readonly string[]
  /** Tells the operator, in the log. */
  note(message: string): void
  /** Reads the rules again, and the settings if it is told how; wrong ones are told in the log, and the old ones stay. */
  reload(readSettings?: () => Config): void
  /** Takes no more connections, lets visits under way end for a while, and lets go of everything. */
  close(): Promise<void>
}

/**
 * Connections that wait in the kernel to be taken. Where there is no room, it drops the beginning of the next one, and
 * that client tries again after one second, then three, then seven. Linux bounds it by net.core.somaxconn, 4096 unless
 * it was changed; it takes that many in a third of a second.
 */
const BACKLOG = 4096
/** When the proxy closes, connections that have had their answer are looked for so often. Milliseconds. */
const IDLE_MILLISECONDS = 100

/** Figures of what stands at the moment. */
function watchAll({ metrics, services, rules, store }: Composed, { server }: App): void {
  const { guard, secureEnd } = services()
  metrics.watch({
    visits: guard.quotas.underWay,
    tunnels: secureEnd.tunnels.inside,
    connections: () =>
      new Promise(resolve => server.getConnections((error, count) => resolve(error === null ? count : 0))),
    conversions: () => rules.current().workers.load(),
    imageProcesses: () => rules.current().workers.imageProcesses(),
    store: store.trouble
  })
}

/** Lets what is under way end, but no longer than the setting says. */
async function closeApp(app: App, seconds: number): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_MILLISECONDS)
  const timer = setTimeout(() => app.server.closeAllConnections(), seconds * 1000)
  await app.close()
  clearInterval(idle)
  clearTimeout(timer)
}

/** What became of settings that were read again, in words. */
const changesText = ({ changed, waiting }: ChangedSettings): string =>
  [
    'The rules and the settings were read again.',
    ...(changed.length === 0 ? [] : [`These count now: ${changed.join(', ')}.`]),
    ...(waiting.length === 0 ? [] : [`These count from the next start on: ${waiting.join(', ')}.`])
  ].join(' ')

/** Reads rules and settings again, all of them or none. */
function reload({ rules, visitLog }: Composed, readSettings: (() => Config) | undefined): void {
  try {
    const read = changedSettings(rules.config(), readSettings?.() ?? rules.config())
    rules.reload(read.config)
    visitLog.note(changesText(read))
  } catch (error) {
    visitLog.note(`The old rules and settings stay: ${errorInWords(error)}`)
  }
}

const isListening = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === 'object' && address !== null

/**
 * Starts the proxy, by the rules that the settings name unless others are given.
 * @throws Error when the rules are wrong, the CA file cannot be read or the port is taken.
 */
export async function serve(config: Config, log: (line: string) => void, inUse?: RulesInUse): Promise<Running> {
  const composed = await compose(config, log, inUse)
  const { ownHost, visitLog } = composed
  const app = await createApp(config, composed)
  watchAll(composed, app)
  holdTick(app.server)
  await app.listen({ port: config.port, host: config.host, backlog: BACKLOG })
  const address = app.server.address()
  if (isListening(address)) ownHost.listensAt(address.port)
  return {
    port: ownHost.port(),
    addresses: ownHost.proxyAddresses(),
    note: visitLog.note,
    reload: readSettings => reload(composed, readSettings),
    async close() {
      composed.drain.begin()
      if (config.drainSeconds > 0) await new Promise(resolve => setTimeout(resolve, config.drainSeconds * 1000))
      await closeApp(app, config.shutdownSeconds)
      await composed.close()
    }
  }
}
