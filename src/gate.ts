import type { Socket } from 'node:net'
import type { Config } from './config/config.js'
import { createAccess, type Access } from './guard/access.js'
import { createConnections, type Connections } from './guard/connections.js'
import { hiddenClients, hiddenClientsNote } from './guard/hidden-clients.js'
import { ownLimiters, sharedLimiters } from './guard/rate.js'
import { createLoops, type Loops } from './guard/loops.js'
import { outerAddresses } from './guard/own-host.js'
import { createQuotas, type Quotas } from './guard/quotas.js'
import { createUsers } from './guard/users/users.js'
import { secretOf } from './store/secret.js'
import type { Store } from './store/store.js'
import type { Metrics } from './watch/metrics.js'
import type { VisitLog } from './watch/visit-log.js'
import { createWatch, type Watch } from './watch/watch.js'

/** Who is let in, how much they get, and who is told of it. */
export interface Gate {
  readonly quotas: Quotas
  readonly loops: Loops
  readonly connections: Connections<Socket>
  readonly watch: Watch
  /** Who may use it by these settings, which may be read again */
  access(config: Config): Access
}

export interface GateOptions {
  readonly config: Config
  readonly visitLog: VisitLog
  readonly metrics: Metrics
  readonly store: Store
}

export function buildGate({ config, visitLog, metrics, store }: GateOptions): Gate {
  const hidden = hiddenClients(outerAddresses())
  const note = hiddenClientsNote(hidden, config)
  if (note !== undefined) visitLog.note(note)
  const { shared } = store
  const limiters = shared === undefined ? ownLimiters : sharedLimiters(shared.counters)
  const quotas = createQuotas(config, limiters)
  const watch = createWatch({ quotas, metrics, visitLog })
  const connections = createConnections<Socket>({
    most: config.maxConnections,
    mostOfClient: config.maxConnectionsPerClient,
    mostPerSecond: config.maxConnectionsPerSecond,
    close: socket => socket.destroy(),
    report: watch.closed
  })
  return {
    quotas,
    loops: createLoops(config.upstreamProxy !== '', shared && secretOf(store, 'loop-secret')),
    connections,
    watch,
    access: now =>
      createAccess({ ...now, users: createUsers(now.users, limiters), hidden, welcome: connections.welcome })
  }
}
