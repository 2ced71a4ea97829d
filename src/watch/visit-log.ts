import { pino } from 'pino'
import { localTime } from './local-time.js'
import type { BegunReport, ConnectionReport, VisitReport } from './report.js'

export interface VisitLogOptions {
  readonly log: 'text' | 'json' | 'off'
  /** Whether what stands behind ? in addresses is written down */
  readonly logQueries: 'off' | 'on'
}

/** Tells the operator what happens: one line for each visit, and what is to be known besides. */
export interface VisitLog {
  visit(report: VisitReport): void
  /** A visit that takes long: what is sent has begun. */
  begun(report: BegunReport): void
  connection(report: ConnectionReport): void
  note(message: string): void
}

/** What proves that a form is one's own (our settings, those of sites) is nobody else's to know. */
const withoutTokens = (query: string): string => query.replace(/(^|[&;])(token=)[^&;]*/gi, '$1$2...')

/** A form that its client could only send by GET, and that its site wants by POST: it may have a password in it. */
const HIDDEN_FORM = /^(?:~|%7e)charset=[^&]*\.post\./i

/** No query, unless it is asked for: there was one. */
const shown = (query: string, logQueries: 'off' | 'on'): string =>
  query === '' ? '' : logQueries === 'on' && !HIDDEN_FORM.test(query) ? `?${withoutTokens(query)}` : '?...'

/** What is told of a visit. */
type VisitLine = ReturnType<typeof lineOf>

function lineOf(
  {
    id,
    client,
    user,
    method,
    host,
    path,
    query,
    visited: { profile, kind, status, failure, fault, originBytes },
    left,
    bytes,
    milliseconds
  }: VisitReport,
  logQueries: 'off' | 'on'
) {
  return {
    id,
    client,
    user,
    profile,
    method,
    host,
    path: path + shown(query, logQueries),
    kind,
    status,
    failure,
    fault,
    originBytes,
    bytes,
    left: left || undefined,
    ms: Math.round(milliseconds)
  }
}

/** Who it was: the machine, or the user at it. */
const whoOf = (client: string, user: string | undefined): string => (user === undefined ? client : `${user}@${client}`)

function asText({
  id,
  client,
  user,
  profile,
  method,
  host,
  path,
  kind,
  status,
  failure,
  fault,
  originBytes,
  bytes,
  left,
  ms
}: VisitLine): string {
  let text = `${id} ${whoOf(client, user)} ${method} http://${host}${path} ${kind} ${status}`
  if (failure !== undefined) text += ` ${failure}`
  if (originBytes !== undefined) text += ` ${originBytes} ->`
  text += ` ${bytes} bytes${left === true ? ' left' : ''} ${ms} ms`
  if (profile !== undefined) text += ` ${profile}`
  return fault === undefined ? text : `${text} ${fault}`
}

function connectionText({
  id,
  client,
  kind,
  place,
  outcome,
  reason,
  bytesUp,
  bytesDown,
  milliseconds
}: ConnectionReport): string {
  const what = kind === 'malformed' ? [] : ['CONNECT', place]
  const bytes = kind === 'tunnel' ? [bytesUp, 'up', bytesDown, 'down bytes'] : []
  return [
    id,
    client,
    ...what,
    kind,
    outcome,
    ...(reason === undefined ? [] : [reason]),
    ...bytes,
    Math.round(milliseconds),
    'ms'
  ].join(' ')
}

function begunText(
  { id, client, user, method, host, path, query, length }: BegunReport,
  queries: 'off' | 'on'
): string {
  const size = length === undefined ? 'of unknown length' : `of ${length} bytes`
  return [id, whoOf(client, user), method, `http://${host}${path}${shown(query, queries)}`, 'begins,', size].join(' ')
}

/** Lines of plain text, or of JSON as pino writes them. Neither holds header fields: no cookies, no passwords. */
export function createVisitLog({ log, logQueries }: VisitLogOptions, write: (line: string) => void): VisitLog {
  let [second, written] = [NaN, '']
  const time = (now: number): string => {
    if (Math.floor(now / 1000) !== second) [second, written] = [Math.floor(now / 1000), localTime(new Date(now))]
    return written
  }
  const say = (line: string): void => write(`${time(Date.now())} ${line}`)
  if (log === 'off') return { visit() {}, begun() {}, connection() {}, note: say }
  if (log === 'text')
    return {
      visit: report => say(asText(lineOf(report, logQueries))),
      begun: report => say(begunText(report, logQueries)),
      connection: report => say(connectionText(report)),
      note: say
    }
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: level => ({ level }) } },
    { write: line => write(line.trimEnd()) }
  )
  return {
    visit: report => logger.info(lineOf(report, logQueries), 'visit'),
    begun: ({ query, ...report }) => logger.info({ ...report, path: report.path + shown(query, logQueries) }, 'begins'),
    connection: ({ milliseconds, ...report }) => logger.info({ ...report, ms: Math.round(milliseconds) }, 'connection'),
    note: message => logger.warn(message)
  }
}
