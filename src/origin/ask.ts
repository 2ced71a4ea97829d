import type { Readable } from 'node:stream'
import { decodeBody } from './body.js'
import { NO_COOKIES } from './cookie-keeper.js'
import type { Door } from './door.js'
import { requestHeaders } from './request-headers.js'
import { targetKey, type Target } from './target.js'

/** What an origin says to the proxy itself. */
export interface Asked {
  readonly status: number
  /** The value of a field by its lower-case name; the first of several; empty if it is not there */
  header (name: string): string
  /** Without its content codings; undefined if one of them is not known */
  readonly body: Readable | undefined
  /** Lets go of a body that nobody reads. */
  drop (): void
  /** Where it was said, by http or https */
  readonly url: URL
}

const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''

/**
 * Asks an origin on behalf of the proxy, through the door: as anybody, with no cookies and no Referer.
 * @throws Failure when the origin cannot be asked, or is not to be.
 */
export function ask (door: Door, url: URL, fields: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Asked> {
  const target: Target = { url, signal, cookies: NO_COOKIES, fetched: url }
  const headers = { ...requestHeaders({}, 'GET', url, ''), ...fields, [targetKey]: target }
  return new Promise((resolve, reject) => {
    door.request({ method: 'GET', path: '', headers }, (error, response) => {
      if (error !== null) return reject(error)
      const drop = (): void => void response.body.on('error', () => {}).destroy()
      const body = decodeBody(response.body, first(response.headers['content-encoding']))
      resolve({ status: response.statusCode, header: name => first(response.headers[name]), body, drop, url: target.fetched })
    })
  })
}
