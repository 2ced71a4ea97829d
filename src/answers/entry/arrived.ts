import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { clientAddressOf } from '../../front/client-address.js'
import { isSimple } from '../../front/head/simple.js'
import { isAbsolute } from '../../front/locate.js'
import { fullHeaders, fullTarget } from '../../front/sockets/secure-origin.js'
import { readBody } from '../../origin/body/body.js'
import type { VisitRequest } from '../../request/visit-state.js'
import { newVisitId } from '../../watch/report.js'
import type { Signal } from '../../async/signal.js'

/** A request as it arrived, about which nothing has been decided yet. */
export interface Arrived extends Omit<VisitRequest, 'located' | 'user'> {
  /** The target, in the form in which a proxy gets it */
  readonly target: string
}

/** Time for the body of a form that is sent to one of our pages. Seconds. */
const FORM_SECONDS = 10

/** Reads the body of a request for one of our pages; empty if there is none. Never rejects. */
export async function readPortalForm(body: unknown, maxBytes: number): Promise<Buffer> {
  return body instanceof Readable
    ? (await readBody(body, { maxBytes, timeoutSeconds: FORM_SECONDS })).bytes
    : Buffer.alloc(0)
}

/** A request as it came. Its body is read later, where one is needed. */
export function arrivedOf(raw: IncomingMessage, signal: Signal): Arrived {
  const target = fullTarget(raw.url ?? '', raw)
  return {
    id: newVisitId(),
    method: raw.method ?? '',
    headers: fullHeaders(raw),
    simple: isSimple(raw),
    clientAddress: clientAddressOf(raw.socket),
    asProxy: isAbsolute(target),
    target,
    httpVersion: isSimple(raw) ? '0.9' : raw.httpVersion,
    signal,
    readBody: async () => Buffer.alloc(0)
  }
}
