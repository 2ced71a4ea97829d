import type { IncomingMessage } from 'node:http'

/**
 * The fields by which a client names itself are matched against every rule, so their length is bounded: the longest
 * User-Agents of real browsers, of toolbars and phones, have about 300 characters. Bytes, which equal characters here
 * because Node reads fields as Latin-1.
 */
export const CLIENT_FIELD_BYTES = 512

/** User-Agent, and UA-pixels and similar fields of Internet Explorer; Node writes names in lower case. */
const isOfClient = (name: string): boolean => name === 'user-agent' || name.startsWith('ua-')

/** Shortens the fields by which a client names itself, before anything reads them. */
export function cutClientFields({ headers }: Pick<IncomingMessage, 'headers'>): void {
  for (const name in headers) {
    const value = isOfClient(name) ? headers[name] : undefined
    if (value !== undefined && value.length > CLIENT_FIELD_BYTES)
      headers[name] = String(value).slice(0, CLIENT_FIELD_BYTES)
  }
}
