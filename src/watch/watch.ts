import type { Quotas } from '../guard/quotas.js'
import { createClosedLog, type ClosedLog } from './closed-log.js'
import type { Metrics } from './metrics.js'
import type { BegunReport, ConnectionReport, VisitReport } from './report.js'
import type { VisitLog } from './visit-log.js'

/** Told of all that comes to an end: counts what it took for its client, and tells the operator. */
export interface Watch {
  visit(report: VisitReport): void
  /** Of a visit whose answer takes long, when it begins to be sent */
  begun(report: BegunReport): void
  /** Of what is no visit: CONNECT, and bytes that are no request */
  connection(report: ConnectionReport): void
  /** Of connections that were closed before anything came of them */
  readonly closed: ClosedLog
}

export interface WatchOptions {
  readonly quotas: Pick<Quotas, 'spend'>
  readonly metrics: Pick<Metrics, 'visit' | 'connection' | 'closed'>
  readonly visitLog: VisitLog
}

export function createWatch({ quotas, metrics, visitLog }: WatchOptions): Watch {
  const closedLog = createClosedLog(visitLog.note)
  return {
    visit(report) {
      const { quotaKey } = report.visited
      if (quotaKey !== undefined) void quotas.spend(quotaKey, report.bytes)
      metrics.visit(report)
      visitLog.visit(report)
    },
    begun: visitLog.begun,
    connection({ quotaKey, ...report }) {
      if (quotaKey !== undefined) void quotas.spend(quotaKey, report.bytesDown)
      metrics.connection(report)
      visitLog.connection(report)
    },
    closed(reason, client) {
      metrics.closed(reason)
      closedLog(reason, client)
    }
  }
}
