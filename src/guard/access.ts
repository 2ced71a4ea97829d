import type { IncomingHttpHeaders } from 'node:http'
import { Failure } from '../errors.js'
import { isInNetworks, networkOf } from './address.js'
import { readBasic } from './basic.js'
import type { Users } from './users.js'

/** Whoever wants something of this proxy. */
export interface Asker {
  readonly clientAddress: string
  readonly headers: IncomingHttpHeaders
  /** The client knows that this is its proxy; else it takes us for the server itself */
  readonly asProxy: boolean
  /** Of one of our own pages, else undefined */
  readonly ownPath: string | undefined
}

export interface AccessOptions {
  readonly allowClients: readonly string[]
  readonly denyClients: readonly string[]
  readonly metricsFrom: readonly string[]
  readonly users: Users
}

/** Who may use this proxy. */
export interface Access {
  /** Whether there are users at all: then the password that a client sends us as a server is ours. */
  readonly hasUsers: boolean
  /**
   * The name of the user, or undefined where nobody needs a password.
   * @throws Failure CLIENT_REFUSED, PROXY_PASSWORD, PASSWORD, NOT_FOUND_HERE (for what is for the operator alone), TOO_MANY_REQUESTS, BUSY.
   */
  enter (asker: Asker): Promise<string | undefined>
}

/** For the operator, by address alone. */
const OPERATORS = '/metrics'
/** Without a password: the health check knows none, and browsers fetch their set-up before they ask for one. */
const WITHOUT_PASSWORD = [OPERATORS, '/healthz', '/proxy.pac']

/** Checks the address first, then the password. */
export function createAccess ({ allowClients, denyClients, metricsFrom, users }: AccessOptions): Access {
  function admit ({ clientAddress, ownPath }: Asker): void {
    if (ownPath === OPERATORS || (ownPath === '/healthz' && isInNetworks(clientAddress, metricsFrom))) {
      // Who may not see it learns as much as of any other page that is not there.
      if (!isInNetworks(clientAddress, metricsFrom)) throw new Failure(isInNetworks(clientAddress, allowClients) ? 'NOT_FOUND_HERE' : 'CLIENT_REFUSED')
    } else if (isInNetworks(clientAddress, denyClients) || !isInNetworks(clientAddress, allowClients)) throw new Failure('CLIENT_REFUSED', clientAddress)
  }

  return {
    hasUsers: !users.none,
    async enter (asker) {
      admit(asker)
      const { headers, asProxy, ownPath, clientAddress } = asker
      if (users.none || (ownPath !== undefined && WITHOUT_PASSWORD.includes(ownPath))) return undefined
      const credentials = readBasic(asProxy ? headers['proxy-authorization'] : headers.authorization)
      const user = credentials === undefined ? undefined : await users.check(credentials, networkOf(clientAddress))
      if (user === undefined) throw new Failure(asProxy ? 'PROXY_PASSWORD' : 'PASSWORD')
      return user
    }
  }
}
