import type { IncomingHttpHeaders } from 'node:http'
import { isPlayer } from './player.js'
import { transcodeQuery } from '../../charset/transcode-query.js'

/** A browser of today, so that sites send the page that people see. */
export const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** What sharp and the page converter read. */
const ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/svg+xml,*/*;q=0.8'

/**
 * Fields of the client that are passed on. Cookie is written by the door for each hop; all others (hop-by-hop, proxy
 * credentials, UA-*, Extension, From) are dropped.
 */
const PASSED = ['content-type', 'content-length', 'authorization', 'range', 'if-range', 'if-none-match', 'icy-metadata']

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
 * The Referer as the origin would get it from a browser of today: the page that a link was clicked on, or only its site
 * if that is another one. Our own pages are never named, under whatever name the browser has opened them: they would
 * tell sites our address.
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
  // A page that a form of ours led to has our mark in its address.
  page.search = transcodeQuery(page.search.slice(1)) ?? page.search
  // RFC 9110 10.1.3: a Referer contains no name and no password.
  page.username = page.password = ''
  return page.href
}

/** The request as a browser of today would send it for this client. RFC 9110 7.6.1: nothing hop-by-hop goes on. */
export function requestHeaders(headers: IncomingHttpHeaders, asked: Target): Record<string, string> {
  const isRadio = isPlayer(headers)
  const sent: Record<string, string> = {
    // SHOUTcast shows its page to whoever has the name of a browser.
    'user-agent': isRadio ? (headers['user-agent'] ?? USER_AGENT) : USER_AGENT,
    accept: isRadio ? '*/*' : ACCEPT,
    'accept-language': headers['accept-language'] ?? 'en-US,en;q=0.7',
    // A range counts encoded bytes, so these must be those of the file.
    'accept-encoding': headers.range === undefined ? 'gzip, deflate, br' : 'identity'
  }
  for (const name of PASSED) {
    const value = headers[name]
    if (typeof value === 'string') sent[name] = value
  }
  // Netscape adds "; length=1234", which no standard knows.
  if (headers['if-modified-since'] !== undefined)
    sent['if-modified-since'] = headers['if-modified-since'].replace(/;.*/s, '').trim()
  if (headers.pragma?.includes('no-cache') === true || headers['cache-control']?.includes('no-cache') === true)
    sent['cache-control'] = 'no-cache'
  const referer = refererFor(headers.referer, asked)
  if (referer !== undefined) {
    sent.referer = referer
    // Sites compare Origin with their own name before they accept a form; it is only sent for a form of the same site.
    if (asked.method === 'POST' && new URL(referer).host === asked.target.host) sent.origin = asked.target.origin
  }
  return sent
}
