import type { IncomingMessage } from 'node:http'

/** Marks a socket that carries an HTTP/0.9 request. */
export const simpleMark: unique symbol = Symbol('HTTP/0.9')

/** Whether a request is HTTP/0.9: its client gets only the body and sees neither status nor header fields. */
export function isSimple(request: IncomingMessage): boolean {
  const { socket } = request
  return simpleMark in socket && socket[simpleMark] === true
}
