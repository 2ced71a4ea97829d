import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import { VERSION } from '../config/version.js'
import type { FailureCode } from '../failures.js'
import type { ClosedReason } from './closed-log.js'
import type { ConnectionReport, VisitReport } from './report.js'
import { countStore } from './store-figures.js'
import { createSum, createTally } from './tally.js'
import { createTimes } from './times.js'

/** What takes time: parts of a visit, the feeds of the news, and answers of those who search, and forms. */
export type Stage = 'fetch' | 'needs' | 'page' | 'image' | 'feed' | 'results' | 'form'

/** What is kept: an image as its site sent it, or as it was converted; a page as it was converted; an image
 * that was fetched before its browser asked for it. */
export type Cached = 'original' | 'converted' | 'page' | 'ahead'

/** What is asked when the figures are. */
export interface Gauges {
  visits(): number
  tunnels(): number
  connections(): Promise<number>
  conversions(): { readonly running: number; readonly waiting: number }
  imageProcesses(): Promise<{ readonly processes: number; readonly bytes: number; readonly ended: number }>
  store(): { readonly failing: boolean; readonly waiting: number }
}

/** Figures of this process in the text format of Prometheus. */
export interface Metrics {
  visit(report: VisitReport): void
  connection(report: ConnectionReport): void
  /** A connection was closed before anything came of it. */
  closed(reason: ClosedReason): void
  /** What was looked for in a memory. */
  cached(what: Cached, found: boolean): void
  /** What a shared store was asked, and how long it took. Milliseconds */
  stored(operation: string, milliseconds: number): void
  /** Measures a stage; gives on what it gives. */
  time<T>(stage: Stage, work: Promise<T>): Promise<T>
  text(): Promise<string>
  /** Adds what is asked when the figures are. Once, as soon as all of it is there. */
  watch(gauges: Gauges): void
}

const PREFIX = 'retrograde_'
/** From a page of our own to a site at the end of its patience. Seconds. */
const BUCKETS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Failures that say that a limit was reached. */
const LIMITS: readonly FailureCode[] = [
  'TOO_MANY_REQUESTS',
  'TOO_MANY_AT_ONCE',
  'DAY_IS_OVER',
  'BUSY',
  'REQUEST_TOO_LARGE',
  'REQUEST_TIMEOUT',
  'HEAD_TOO_LARGE',
  'REDIRECT_LOOP',
  'TOO_LARGE',
  'TIMED_OUT',
  'NAME_SERVER_SILENT',
  'CONVERSION_FAILED',
  'TOO_MANY_CONNECTS',
  'GIVEN_UP'
]

/** Failures that say that somebody may not, or a place may not be gone to. */
const REFUSALS: readonly FailureCode[] = [
  'CLIENT_REFUSED',
  'GATEWAY_REFUSED',
  'PROXY_PASSWORD',
  'PASSWORD',
  'TOO_MANY_REQUESTS',
  'TOO_MANY_AT_ONCE',
  'DAY_IS_OVER',
  'BUSY',
  'BLOCKED',
  'ADDRESS_REFUSED',
  'PORT_REFUSED',
  'TUNNEL_REFUSED',
  'LOOP'
]

/** Asks for what stands at the moment, whenever the figures are read. */
function addGauges(registers: Registry[], gauges: Gauges): void {
  const gauge = (name: string, help: string, value: () => number | Promise<number>): Gauge =>
    new Gauge({
      name: PREFIX + name,
      help,
      registers,
      async collect() {
        this.set(await value())
      }
    })
  gauge('visits_running', 'Visits under way.', gauges.visits)
  gauge('tunnels', 'Tunnels that are open.', gauges.tunnels)
  gauge('connections', 'Connections of clients.', gauges.connections)
  gauge('conversions_running', 'Conversions under way.', () => gauges.conversions().running)
  gauge('conversions_waiting', 'Conversions that wait for their turn.', () => gauges.conversions().waiting)
  gauge('processes', 'Processes of the program: this one, and those that convert images.', async () => {
    const { processes } = await gauges.imageProcesses()
    return processes + 1
  })
  gauge('image_processes', 'Processes that convert images.', async () => (await gauges.imageProcesses()).processes)
  gauge(
    'image_processes_bytes',
    'Resident memory of those processes.',
    async () => (await gauges.imageProcesses()).bytes
  )
  gauge(
    'image_processes_ended',
    'Processes that ended in the middle of an image since the rules were read: at a limit, left by their client, or by a fault.',
    async () => (await gauges.imageProcesses()).ended
  )
  gauge('store_failing', 'Whether the store cannot be written: what is new is kept in memory.', () =>
    Number(gauges.store().failing)
  )
  gauge('store_waiting', 'Entries of the store that wait to be written.', () => gauges.store().waiting)
}

/** What is counted and measured of visits as they happen. */
function countVisits(registers: Registry[]) {
  const visits = createTally({
    name: `${PREFIX}visits_total`,
    help: 'Visits by kind of answer and outcome (ok, left by the client before its end, or the code of the failure).',
    labelNames: ['kind', 'outcome'] as const,
    registers
  })
  const limits = new Counter({
    name: `${PREFIX}limits_total`,
    help: 'Visits that reached a limit.',
    labelNames: ['limit'] as const,
    registers
  })
  const refused = new Counter({
    name: `${PREFIX}refused_total`,
    help: 'Requests, CONNECTs and connections that were refused, by the code of the failure.',
    labelNames: ['reason'] as const,
    registers
  })
  const seconds = createTimes({
    name: `${PREFIX}visit_seconds`,
    help: 'Time from a request to the end of its answer.',
    labelName: 'kind',
    buckets: BUCKETS,
    registers
  })
  const stages = createTimes({
    name: `${PREFIX}stage_seconds`,
    help: 'Time of fetching, until a response begins, and of converting.',
    labelName: 'stage',
    buckets: BUCKETS,
    registers
  })
  const images = createTally({
    name: `${PREFIX}cache_total`,
    help: 'What was looked for in memory (images: original, converted, ahead; pages), and whether it was there (hit, miss).',
    labelNames: ['what', 'outcome'] as const,
    registers
  })
  return { visits, limits, refused, seconds, stages, images }
}

/** What is counted of bytes, and of connections that are no visits. */
function countTraffic(registers: Registry[]) {
  const received = createSum({
    name: `${PREFIX}origin_bytes_total`,
    help: 'Bytes of bodies from origins, content codings undone.',
    registers
  })
  const saved = createSum({
    name: `${PREFIX}saved_bytes_total`,
    help: 'Bytes that pages and images had at their origins and did not have when they were sent.',
    registers
  })
  const sent = createSum({ name: `${PREFIX}client_bytes_total`, help: 'Bytes of bodies to clients.', registers })
  const connections = new Counter({
    name: `${PREFIX}connections_total`,
    help: 'Connections that were no visits: tunnels by who ended them, handshakes that failed, refused CONNECTs and requests that nobody can read by the code of the failure.',
    labelNames: ['kind', 'outcome'] as const,
    registers
  })
  const tunnelled = new Counter({
    name: `${PREFIX}tunnel_bytes_total`,
    help: 'Bytes through tunnels that have ended, from clients (up) and to them (down).',
    labelNames: ['way'] as const,
    registers
  })
  const closed = new Counter({
    name: `${PREFIX}connections_closed_total`,
    help: 'Connections that were closed while nothing was answered on them: of addresses that may not use the proxy (refused), of a client that opened too many in a second (rate), of a client or of strangers that had too many, or because there was no room (full).',
    labelNames: ['reason'] as const,
    registers
  })
  return { received, saved, sent, connections, tunnelled, closed }
}

/** Which program gives these figures; its value is always 1, as Prometheus wants it. */
function addBuildInfo(registers: Registry[]): void {
  const labels = { version: VERSION, node: process.versions.node }
  const info = { name: `${PREFIX}build_info`, help: 'Version of the program, and of Node.', registers }
  new Gauge({ ...info, labelNames: ['version', 'node'] as const }).set(labels, 1)
}

const isAmong = (codes: readonly FailureCode[], code: string): code is FailureCode => codes.some(one => one === code)

/** A registry of its own: two proxies in one process do not count each other. */
export function createMetrics(): Metrics {
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  addBuildInfo(registers)
  const { visits, limits, refused, seconds, stages, images } = countVisits(registers)
  const { received, saved, sent, connections, tunnelled, closed } = countTraffic(registers)
  const countFailure = (code: string | undefined): void => {
    if (code === undefined) return
    if (isAmong(LIMITS, code)) limits.inc({ limit: code })
    if (isAmong(REFUSALS, code)) refused.inc({ reason: code })
  }
  return {
    visit({ visited: { kind, failure, originBytes }, left, bytes, milliseconds }) {
      visits(kind, left || kind === 'left' ? 'left' : (failure ?? 'ok'))
      countFailure(failure)
      seconds(kind, milliseconds / 1000)
      received(originBytes ?? (kind === 'passthrough' ? bytes : 0))
      sent(bytes)
      if (originBytes !== undefined && !left) saved(Math.max(0, originBytes - bytes))
    },
    connection({ kind, outcome, bytesUp, bytesDown }) {
      connections.inc({ kind, outcome })
      countFailure(outcome)
      tunnelled.inc({ way: 'up' }, bytesUp)
      tunnelled.inc({ way: 'down' }, bytesDown)
    },
    closed: reason => closed.inc({ reason }),
    stored: countStore(registers),
    cached: (what, found) => images(what, found ? 'hit' : 'miss'),
    time(stage, work) {
      const begun = performance.now()
      const over = (): void => stages(stage, (performance.now() - begun) / 1000)
      void work.then(over, over)
      return work
    },
    text: () => register.metrics(),
    watch: gauges => addGauges(registers, gauges)
  }
}
