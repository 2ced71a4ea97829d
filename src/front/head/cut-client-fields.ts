import type { IncomingMessage } from 'node:http'

/**
 * What a client says of itself is compared with every rule there is: the longest User-Agents of real browsers, of
 * toolbars and of phones, have about 300 characters. Bytes, which are characters here: Node reads fields as Latin-1.
 */
export const CLIENT_FIELD_BYTES = 512

/** User-Agent, and UA-pixels and its like of Internet Explorer; Node writes names in lower case. */
const isOfClient = (name: string): boolean => name === 'user-agent' || name.startsWith('ua-')

/** Cuts what a client says of itself, before anything looks at it. */
export function cutClientFields({ headers }: Pick<IncomingMessage, 'headers'>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (isOfClient(name) && value !== undefined && value.length > CLIENT_FIELD_BYTES)
      headers[name] = String(value).slice(0, CLIENT_FIELD_BYTES)
  }
}
