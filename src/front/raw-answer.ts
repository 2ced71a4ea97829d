import { STATUS_CODES } from 'node:http'
import type { WholeAnswer } from './answer.js'

/** A status with its name, as HTTP writes it: 404 Not Found */
export const statusLine = (status: number): string => `${status} ${STATUS_CODES[status] ?? 'Error'}`

/** An answer as raw bytes, for clients whose request was never parsed; the connection is closed after it. */
export function rawAnswer({ status, headers, body }: WholeAnswer): Buffer {
  const { 'content-type': type, ...others } = headers
  const lines = [
    `HTTP/1.0 ${statusLine(status)}`,
    `Content-Type: ${String(type)}`,
    `Content-Length: ${body.length}`,
    ...Object.entries(others).map(([name, value]) => `${name}: ${String(value)}`),
    'Connection: close'
  ]
  const head = lines.map(line => `${line}\r\n`).join('')
  return Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), body])
}
