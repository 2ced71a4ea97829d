import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { badTargetPath } from '../head/request-line.js'

/** What a CONNECT said to which the bytes inside of TLS belong. */
export interface ConnectInfo {
  /** What it named, as https://host:port */
  readonly origin: string
  /** Its Proxy-Authorization: inside, clients speak to the site and do not say it again */
  readonly credentials: string | undefined
}

/** Stands on a socket whose bytes came through TLS that ended here. */
export const connectInfo: unique symbol = Symbol('CONNECT')

/** What CONNECT said, if a socket is the inside of one. */
export const connectInfoOf = (socket: object): ConnectInfo | undefined =>
  (socket as { [connectInfo]?: ConnectInfo })[connectInfo]

/** A request's target as a proxy is told it: inside TLS clients say the path alone, as to the site itself. */
export function fullTarget(target: string, { socket }: IncomingMessage): string {
  const origin = connectInfoOf(socket)?.origin
  return origin === undefined || !target.startsWith('/') || target.startsWith(badTargetPath) ? target : origin + target
}

/** The fields of a request, with the credentials that its CONNECT brought. */
export function fullHeaders({ headers, socket }: IncomingMessage): IncomingHttpHeaders {
  const info = connectInfoOf(socket)
  return info === undefined ? headers : { ...headers, 'proxy-authorization': info.credentials }
}
