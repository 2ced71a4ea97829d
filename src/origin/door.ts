import { Failure } from '../failures.js'
import { createAttempts } from './attempts.js'
import { asFailure } from './connect/failure.js'
import { createSendEither, type From } from './either-scheme.js'
import { locationOf } from './headers/location.js'
import {
  isRepeatable,
  type CountedRequest,
  type OriginAnswer,
  type OriginRequest,
  type OriginResponse
} from './origin-request.js'
import { createSchemes } from './scheme.js'
import type { SecureHosts } from './secure-hosts.js'
import type { AskEitherOptions } from './ask.js'
import { createSend } from './send.js'
import { createTraffic } from './traffic.js'

export interface DoorOptions extends AskEitherOptions {
  readonly secureHosts: SecureHosts
  readonly maxRedirects: number
  /** Time until a response begins, whatever is tried: the wait for a connection, both schemes, redirects inside */
  readonly responseTimeoutSeconds: number
  /** Time for everything that one request of a client leads to */
  readonly maxConnectionsPerRequest: number
}

/** The one way to the Internet. */
export interface Door {
  /** @throws Failure when the origin cannot or must not be asked */
  fetch(request: OriginRequest): Promise<OriginResponse>
  destroy(): Promise<void>
}

const sameButScheme = (a: URL, b: URL): boolean =>
  a.host === b.host && a.pathname === b.pathname && a.search === b.search

// undici gives a field that came once as a string, whatever its type says.
const cookiesOf = ({ headers }: OriginAnswer): string[] => [headers['set-cookie'] ?? []].flat()

/** Reads a body to its end for nobody, so that its connection can be used again; one that undici has not read ends. */
const discard = async (body: OriginAnswer['body']): Promise<void> => {
  if (body.dump === undefined) body.on('error', () => {}).destroy()
  else await body.dump()
}

/** The last response of a chain that the client does not see, with the cookies of the others. */
function lastOf(
  { response: { statusCode, headers, body }, url }: From,
  { attempts, traffic }: CountedRequest,
  cookiesOnTheWay: readonly string[]
): OriginResponse {
  const all = cookiesOnTheWay.length === 0 ? headers : { ...headers, 'set-cookie': [...cookiesOnTheWay] }
  return { status: statusCode, headers: all, body, url, attempts, traffic }
}

/**
 * Sends requests to origins. An address typed as http:// is opened by https where the host wants that. Redirects to the
 * same address by the other scheme, or with a new cookie to the very same address, are followed here; all others are
 * left to the client.
 */
export function createDoor(options: DoorOptions): Door {
  const { dispatcher, maxRedirects, maxConnectionsPerRequest, responseTimeoutSeconds } = options
  const sendEither = createSendEither(createSend(options))
  const schemes = createSchemes(options)

  async function follow(request: CountedRequest): Promise<OriginResponse> {
    const onTheWay: string[] = []
    let url = await schemes.first(request)
    for (let redirects = 0; ; redirects++) {
      const from = await sendEither(request, url)
      const { response } = from
      schemes.learn(from.url)
      const set = cookiesOf(response)
      const changed = set.length > 0 && request.cookies.keep(from.url, set)
      const next = locationOf(response.statusCode, response.headers.location, from.url)
      const goesOn =
        next !== undefined && isRepeatable(request) && sameButScheme(next, from.url) && /^https?:$/.test(next.protocol)
      if (!goesOn) return lastOf(from, request, onTheWay.length === 0 ? [] : [...onTheWay, ...set])
      await discard(response.body)
      if (redirects >= maxRedirects || (next.protocol === from.url.protocol && !changed))
        throw new Failure('REDIRECT_LOOP', next.href)
      onTheWay.push(...set)
      url = next
    }
  }

  return {
    async fetch(request) {
      const attempts = request.attempts ?? createAttempts(maxConnectionsPerRequest, request.client ?? '')
      const until = performance.now() + responseTimeoutSeconds * 1000
      try {
        return await follow({ ...request, attempts, traffic: request.traffic ?? createTraffic(), until })
      } catch (error) {
        throw asFailure(error)
      }
    },
    destroy: () => dispatcher.destroy()
  }
}
