import { discard } from '../bytes/discard.js'
import { sameButScheme, withoutRootDot } from '../bytes/web-address.js'
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
import { sentOn } from './onward.js'
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
  /** Connections for everything that one request of a client leads to */
  readonly maxConnectionsPerRequest: number
}

/** The one way to the Internet. */
export interface Door {
  /** @throws Failure when the origin cannot or must not be asked */
  fetch(request: OriginRequest): Promise<OriginResponse>
  destroy(): Promise<void>
}

/** A request of a chain, and the address where it begins. */
interface Next {
  readonly asked: CountedRequest
  readonly url: URL
}

// undici gives a field that came once as a string, whatever its type says.
const cookiesOf = ({ headers: { 'set-cookie': set } }: OriginAnswer): string[] =>
  set === undefined ? [] : [set].flat()

/** Reads a body to its end for nobody, so that its connection can be used again; one that undici has not read ends. */
const drain = async (body: OriginAnswer['body']): Promise<void> => {
  if (body.dump === undefined) discard(body)
  else await body.dump()
}

/**
 * The last response of a chain that the client does not see, with the cookies of the others. The client takes it for
 * one of the host that it has asked: cookies of another host, and its question for a password, are not for that one.
 */
function lastOf(
  { response: { statusCode, headers, body }, url }: From,
  { url: asked, attempts, traffic }: CountedRequest,
  cookies: readonly string[]
): OriginResponse {
  const all = Object.assign({}, headers, { 'set-cookie': cookies.length === 0 ? undefined : [...cookies] })
  if (url.hostname !== asked.hostname) all['www-authenticate'] = undefined
  return { status: statusCode, headers: all, body, url, attempts, traffic }
}

/**
 * Sends requests to origins. An address typed as http:// is opened by https where the host wants that. Redirects to the
 * same address by the other scheme, or with a new cookie to the very same address, are followed here, and those of
 * which old browsers make something else (onward.ts); all others are left to the client.
 */
export function createDoor(options: DoorOptions): Door {
  const { dispatcher, maxRedirects, maxConnectionsPerRequest, responseTimeoutSeconds } = options
  const sendEither = createSendEither(createSend(options))
  const schemes = createSchemes(options)

  /** The next request of a chain; undefined if the client is to see the response. */
  async function nextOf(
    { asked, next }: { readonly asked: CountedRequest; readonly next: URL },
    { response, url }: From,
    changed: boolean
  ): Promise<Next | undefined> {
    if (isRepeatable(asked) && sameButScheme(next, url) && /^https?:$/.test(next.protocol)) {
      if (next.protocol === url.protocol && !changed) throw new Failure('REDIRECT_LOOP', next.href)
      return { asked, url: next }
    }
    const onward = await sentOn(asked, response, withoutRootDot(next))
    return onward === undefined ? undefined : { asked: onward, url: await schemes.first(onward) }
  }

  async function follow(request: CountedRequest): Promise<OriginResponse> {
    const cookies: string[] = []
    const first = schemes.first(request)
    let next: Next = { asked: request, url: first instanceof Promise ? await first : first }
    for (let redirects = 0; ; redirects++) {
      const { asked } = next
      const from = await sendEither(asked, next.url)
      schemes.learn(from.url)
      const set = cookiesOf(from.response)
      const changed = set.length > 0 && asked.cookies.keep(from.url, set)
      if (from.url.hostname === request.url.hostname) cookies.push(...set)
      const to = locationOf(from.response.statusCode, from.response.headers.location, from.url)
      if (to === undefined) return lastOf(from, request, cookies)
      const after = await nextOf({ asked, next: to }, from, changed).catch(async (error: unknown) => {
        await drain(from.response.body)
        throw error
      })
      if (after === undefined) return lastOf(from, request, cookies)
      await drain(from.response.body)
      if (redirects >= maxRedirects) throw new Failure('REDIRECT_LOOP', after.url.href)
      next = after
    }
  }

  return {
    fetch(request) {
      const attempts = request.attempts ?? createAttempts(maxConnectionsPerRequest, request.client ?? '')
      const until = performance.now() + responseTimeoutSeconds * 1000
      const [url, traffic] = [withoutRootDot(request.url), request.traffic ?? createTraffic()]
      return follow(Object.assign({}, request, { url, attempts, traffic, until })).catch((error: unknown) => {
        throw asFailure(error)
      })
    },
    destroy: () => dispatcher.destroy()
  }
}
