import { request as httpRequest, type IncomingMessage } from 'node:http'
import { Duplex, type Readable } from 'node:stream'
import type { HostGuard } from '../../guard/hosts.js'
import type { Loops } from '../../guard/loops.js'
import type { NameAsker } from '../../guard/look-ups.js'
import { HEADER_BYTES } from '../connect/dispatcher.js'
import type { RawAnswer } from '../origin-request.js'
import { createHeadMender } from './head-mender.js'
import type { OpenSocket } from './open-socket.js'
import { unhurriedBody } from './unhurried.js'
import { abortSignalOf } from '../../async/signal.js'

export interface LenientOptions {
  readonly openSocket: OpenSocket
  readonly guard: HostGuard
  readonly loops: Loops
  readonly bodyTimeoutSeconds: number
}

export interface LenientRequest {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly asker: NameAsker
}

/** Asks once more for what undici's strict parser has refused. @throws Failure if nobody could read it */
export type AskLeniently = (request: LenientRequest) => Promise<RawAnswer>

/**
 * A second try for answers that browsers and curl take and undici does not: the head is mended before Node's own client
 * reads it, which takes chunks as they come (insecureHTTPParser). The connection carries this one exchange, so that
 * what is read wrongly cannot be taken for the answer to another.
 */
export function createLenientAsker({ openSocket, guard, loops, bodyTimeoutSeconds }: LenientOptions): AskLeniently {
  return async ({ url, method, headers, asker }) => {
    guard.checkUrl(url)
    const { socket, target, fields: forProxy } = await openSocket(url, asker)
    socket.setTimeout(bodyTimeoutSeconds * 1000, () => socket.destroy())
    const mended = Duplex.from({ writable: socket, readable: socket.pipe(createHeadMender()) })
    const begun = new Promise<{ response: IncomingMessage; body: Readable }>((resolve, reject) => {
      const request = httpRequest({
        createConnection: () => mended,
        method,
        path: target,
        headers: { ...headers, ...forProxy, ...loops.marks(url.hostname), connection: 'close' },
        insecureHTTPParser: true,
        maxHeaderSize: HEADER_BYTES,
        signal: abortSignalOf(asker.signal)
      })
      request.once('response', response => resolve({ response, body: unhurriedBody(response) })).on('error', reject)
      request.end()
    })
    const { response, body } = await begun.catch((error: unknown) => {
      socket.destroy()
      throw error
    })
    response.once('close', () => socket.destroy())
    // Node joins and drops fields by its own rules; undici gives all that came.
    return { statusCode: response.statusCode ?? 0, headers: response.headersDistinct, body }
  }
}
