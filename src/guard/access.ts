import type { IncomingHttpHeaders } from 'node:http'
import { Failure, type FailureCode } from '../failures.js'
import { networkMatcher, networkOf } from './address.js'
import { readBasic } from './users/basic.js'
import type { Users } from './users/users.js'

/** A request or CONNECT whose sender wants to use the proxy. */
export interface Asker {
  readonly clientAddress: string
  readonly headers: IncomingHttpHeaders
  /** The client knows that this is its proxy; otherwise it takes us for the server itself */
  readonly asProxy: boolean
  /** The path of one of our own pages, else undefined */
  readonly portalPath: string | undefined
}

export interface AccessOptions {
  readonly allowClients: readonly string[]
  readonly denyClients: readonly string[]
  readonly metricsFrom: readonly string[]
  readonly users: Users
  /**
   * Addresses behind which any client may hide (hiddenClients()); without users these are let in only if the settings
   * say so
   */
  readonly hidden?: readonly string[]
  readonly gatewayClients?: 'refuse' | 'allow'
  /** Called with each client that was let in */
  readonly welcome?: (clientAddress: string) => void
}

/** Decides who may use this proxy. */
export interface Access {
  /** Whether there are users at all: then a password that a client sends to us as to a server is meant for us. */
  readonly hasUsers: boolean
  /**
   * The name of the user, or undefined where nobody needs a password.
   * @throws Failure CLIENT_REFUSED, GATEWAY_REFUSED, NOT_FOUND_HERE (for pages of the operator); rejects with
   * PROXY_PASSWORD, PASSWORD, TOO_MANY_REQUESTS, BUSY.
   */
  enter(asker: Asker): Promise<string> | undefined
  /** Why a client may not use this proxy at all, whatever it asks; undefined if it may */
  refuses(clientAddress: string): FailureCode | undefined
  /** Whether a client may read the figures and nothing else */
  onlyWatches(clientAddress: string): boolean
}

/** Pages for the operator, admitted by address alone. */
const OPERATORS = '/metrics'
/**
 * Pages that need no password: the health check knows none, and browsers fetch their set-up before they ask for one.
 */
const WITHOUT_PASSWORD = [OPERATORS, '/healthz', '/proxy.pac']

/** Checks the address first, then the password. */
export function createAccess({
  allowClients,
  denyClients,
  metricsFrom,
  users,
  hidden = [],
  gatewayClients,
  welcome
}: AccessOptions): Access {
  const isServed = networkMatcher(allowClients)
  const isDenied = networkMatcher(denyClients)
  const mayWatch = networkMatcher(metricsFrom)
  const isAllowed = (clientAddress: string): boolean => isServed(clientAddress) && !isDenied(clientAddress)
  const hiddenRefused = users.none && gatewayClients !== 'allow' ? hidden : []

  function refusalOf(clientAddress: string): FailureCode | undefined {
    if (!isAllowed(clientAddress)) return 'CLIENT_REFUSED'
    return hiddenRefused.includes(clientAddress.replace(/%.*/s, '')) ? 'GATEWAY_REFUSED' : undefined
  }

  const onlyWatches = (clientAddress: string): boolean =>
    !isAllowed(clientAddress) && mayWatch(clientAddress) && !isDenied(clientAddress)

  function admit({ clientAddress, portalPath }: Asker): void {
    if (portalPath === OPERATORS || (portalPath === '/healthz' && mayWatch(clientAddress))) {
      // To anybody else these pages look like pages that do not exist.
      if (!mayWatch(clientAddress)) throw new Failure(isServed(clientAddress) ? 'NOT_FOUND_HERE' : 'CLIENT_REFUSED')
    } else {
      const code = refusalOf(clientAddress)
      if (code !== undefined) throw new Failure(code, clientAddress)
    }
  }

  async function userOf({ headers, asProxy, clientAddress }: Asker): Promise<string> {
    const credentials = readBasic(asProxy ? headers['proxy-authorization'] : headers.authorization)
    const user = credentials === undefined ? undefined : await users.check(credentials, networkOf(clientAddress))
    if (user === undefined) throw new Failure(asProxy ? 'PROXY_PASSWORD' : 'PASSWORD')
    welcome?.(clientAddress)
    return user
  }

  return {
    hasUsers: !users.none,
    onlyWatches,
    refuses: clientAddress => (onlyWatches(clientAddress) ? undefined : refusalOf(clientAddress)),
    enter(asker) {
      admit(asker)
      const { portalPath, clientAddress } = asker
      const isOpen = portalPath !== undefined && WITHOUT_PASSWORD.includes(portalPath)
      if (users.none && !isOpen) welcome?.(clientAddress)
      return users.none || isOpen ? undefined : userOf(asker)
    }
  }
}
