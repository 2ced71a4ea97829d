import type { IncomingMessage } from 'node:http'

/** Stands on a socket that carries an HTTP/0.9 request. */
export const simpleMark: unique symbol = Symbol('HTTP/0.9')

/** True when a request is HTTP/0.9: the client gets the body only and sees neither status nor header. */
export function isSimple(request: IncomingMessage): boolean {
  const { socket } = request
  return simpleMark in socket && socket[simpleMark] === true
}
