import { STATUS_CODES, type IncomingMessage } from 'node:http'
import { identify } from '../clients/identify.js'
import { Failure, FAILURES, type FailureCode } from '../errors.js'
import { errorPage } from '../portal/error.js'
import { ownPage } from './own.js'
import type { Stages } from './visit-state.js'

/** An error page as raw bytes, for clients that never come as far as a request. */
export function rawErrorAnswer (failure: Failure, address: string, stages: Stages, headers: IncomingMessage['headers'] = {}): Buffer {
  const portal = `http://${stages.config.name}`
  const client = identify(headers, false, stages.rules, {})
  const page = ownPage({ client, stages, portal, gateway: '', choices: {}, hints: {} } as never, errorPage(failure, address, portal, ''), FAILURES[failure.code].status)
  const body = page.body as Buffer
  const head = `HTTP/1.0 ${page.status} ${STATUS_CODES[page.status] ?? 'Error'}\r\nContent-Type: ${String(page.headers['content-type'])}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}

/** CONNECT asks for a tunnel to a secure site: a page says how the address is typed here. */
export function connectAnswer (request: IncomingMessage, stages: Stages): Buffer {
  const host = (request.url ?? '').replace(/:443$/, '')
  return rawErrorAnswer(new Failure('USE_HTTP' satisfies FailureCode), `http://${host}/`, stages, request.headers)
}
