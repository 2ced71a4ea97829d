import type { IncomingHttpHeaders } from 'node:http'
import { transcodeQuery } from '../../charset/transcode-query.js'

/** A browser of today: sites send it the page that people see. */
export const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** What sharp and the page converter read. */
const ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/svg+xml,*/*;q=0.8'

/**
 * Fields of the client that its request needs; Cookie is written by the door, hop by hop; all others (hop-by-hop, proxy
 * credentials, UA-*, Extension, From) stay here.
 */
const PASSED = ['content-type', 'content-length', 'authorization', 'range', 'if-range', 'if-none-match']

/** Whether a host is this proxy, by any of its names and addresses. */
export type IsOwnHost = (hostname: string) => boolean

/** What is asked for. */
interface Target {
  readonly method: string
  readonly target: URL
  /** What stands before an address that goes by a gateway of ours; empty or missing where there is none */
  readonly gateway?: string
  readonly isOwn?: IsOwnHost
}

/**
 * The page that a link was clicked on, as the origin knows it; of another site only the site, as browsers do today. Our
 * own pages are nobody's business, by whatever name the browser has opened them: it would tell sites where we are.
 */
function refererFor(referer: string | undefined, { target, gateway = '', isOwn }: Target): string | undefined {
  if (referer === undefined) return undefined
  const real = gateway !== '' && referer.startsWith(gateway) ? referer.slice(gateway.length) : referer
  if (!URL.canParse(real)) return undefined
  const page = new URL(real)
  if (page.host !== target.host)
    return /^https?:$/.test(page.protocol) && page.host.includes('.') && isOwn?.(page.hostname) !== true
      ? `${page.origin}/`
      : undefined
  page.protocol = target.protocol
  page.hash = ''
  // The page that a form of ours led to has our mark in its address.
  page.search = transcodeQuery(page.search.slice(1)) ?? page.search
  // RFC 9110 10.1.3: a Referer holds no name and no password.
  page.username = page.password = ''
  return page.href
}

/** The request as a browser of today would send it for this client. RFC 9110 7.6.1: nothing hop-by-hop goes on. */
export function requestHeaders(headers: IncomingHttpHeaders, asked: Target): Record<string, string> {
  const sent: Record<string, string> = {
    'user-agent': USER_AGENT,
    accept: ACCEPT,
    'accept-language': headers['accept-language'] ?? 'en-US,en;q=0.7',
    // A range counts the bytes that are sent: they must be those of the file.
    'accept-encoding': headers.range === undefined ? 'gzip, deflate, br' : 'identity'
  }
  for (const name of PASSED) {
    const value = headers[name]
    if (typeof value === 'string') sent[name] = value
  }
  // Netscape adds "; length=1234", which is in no standard.
  if (headers['if-modified-since'] !== undefined)
    sent['if-modified-since'] = headers['if-modified-since'].replace(/;.*/s, '').trim()
  if (headers.pragma?.includes('no-cache') === true || headers['cache-control']?.includes('no-cache') === true)
    sent['cache-control'] = 'no-cache'
  const referer = refererFor(headers.referer, asked)
  if (referer !== undefined) {
    sent.referer = referer
    // Sites compare it with their own name before they take a form; it is only said where the form is the site's own.
    if (asked.method === 'POST' && new URL(referer).host === asked.target.host) sent.origin = asked.target.origin
  }
  return sent
}
