import { STATUS_CODES } from 'node:http'
import type { WholeAnswer } from './answer.js'

/** An answer as raw bytes, for clients whose request was never parsed; the connection is closed after it. */
export function rawAnswer({ status, headers, body }: WholeAnswer): Buffer {
  const { 'content-type': type, ...others } = headers
  const fields = Object.entries(others)
    .map(([name, value]) => `${name}: ${String(value)}\r\n`)
    .join('')
  const head = `HTTP/1.0 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\nContent-Type: ${String(type)}\r\nContent-Length: ${body.length}\r\n${fields}Connection: close\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}
