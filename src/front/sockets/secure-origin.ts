import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { badTargetPath } from '../head/request-line.js'

/** The CONNECT that a TLS connection came through. */
export interface ConnectInfo {
  /** The origin that it named, as https://host:port */
  readonly origin: string
  /** Its Proxy-Authorization: inside TLS clients speak to the site, and do not repeat it */
  readonly credentials: string | undefined
}

/** Marks a socket whose bytes came through TLS that ended here. */
export const connectInfo: unique symbol = Symbol('CONNECT')

/** The CONNECT that a socket belongs to, if it is the inside of TLS. */
export const connectInfoOf = (socket: object): ConnectInfo | undefined =>
  (socket as { [connectInfo]?: ConnectInfo })[connectInfo]

/** A request's target as a proxy gets it: inside TLS clients send only the path, as they would to the site. */
export function fullTarget(target: string, { socket }: IncomingMessage): string {
  const origin = connectInfoOf(socket)?.origin
  return origin === undefined || !target.startsWith('/') || target.startsWith(badTargetPath) ? target : origin + target
}

/** The header fields of a request, with the credentials that its CONNECT brought. */
export function fullHeaders({ headers, socket }: IncomingMessage): IncomingHttpHeaders {
  const info = connectInfoOf(socket)
  return info === undefined ? headers : { ...headers, 'proxy-authorization': info.credentials }
}
