import type { IncomingMessage } from 'node:http'
import { badTargetPath } from './request-line.js'

/** Stands on a socket whose bytes came through TLS that ended here: what CONNECT named, as https://host:port. */
export const secureOrigin: unique symbol = Symbol('https')

/** What CONNECT named, if a socket is the inside of one. */
export const secureOriginOf = (socket: object): string | undefined => (socket as { [secureOrigin]?: string })[secureOrigin]

/** A request's target as a proxy is told it: inside TLS clients say the path alone, as to the site itself. */
export function fullTarget (target: string, { socket }: IncomingMessage): string {
  const origin = secureOriginOf(socket)
  return origin === undefined || !target.startsWith('/') || target.startsWith(badTargetPath) ? target : origin + target
}
