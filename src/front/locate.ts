import type { FailureCode } from '../failures.js'
import { readableHost } from '../bytes/readable-host.js'
import { isHostName, withoutRootDot } from '../bytes/web-address.js'
import { badTargetPath } from './head/request-line.js'

/** What a request asks for. */
export type Located =
  | {
      readonly kind: 'portal'
      readonly path: string
      readonly query: string
      readonly portal: string
      readonly gateway: string
    }
  | {
      readonly kind: 'origin'
      readonly url: URL
      readonly portal: string
      readonly gateway: string
      readonly short?: true
    }
  | { readonly kind: 'bad'; readonly code: FailureCode; readonly portal: string }

export interface PortalNames {
  /** The name by which browsers that use the proxy reach its own pages */
  readonly name: string
  /** Whether the host of a request without an absolute address is this machine */
  isOwn(hostname: string): boolean
  /** The address that a path such as /~k7m2x9q4tz on our own host stands for */
  longAddress(path: string): string | undefined
  readonly port: number
}

/** The address that a Host field means; undefined if it is empty, 'none' if it holds anything but a host and a port. */
function addressOf(host: string | undefined): URL | 'none' | undefined {
  if (host === undefined || host === '') return undefined
  const address = /[^!-~]|[/\\?#@]/.test(host) ? undefined : parsedAddress(`http://${host}/`)
  return address !== undefined && isHostName(address.hostname) ? withoutRootDot(address) : 'none'
}

function own(rest: string, portal: string, gateway: string): Located {
  const at = rest.indexOf('?')
  return {
    kind: 'portal',
    path: at < 0 ? rest : rest.slice(0, at),
    query: at < 0 ? '' : rest.slice(at + 1),
    portal,
    gateway
  }
}

/** Parses it once: to ask whether it can be parsed first takes as long again. */
function parsedAddress(address: string): URL | undefined {
  try {
    return new URL(address)
  } catch {
    return undefined
  }
}

function foreign(given: string, portal: string, gateway: string): Located {
  const url = parsedAddress(readableHost(given))
  if (url === undefined) return { kind: 'bad', code: 'BAD_REQUEST', portal }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { kind: 'bad', code: 'UNKNOWN_SCHEME', portal }
  if (!isHostName(url.hostname)) return { kind: 'bad', code: 'BAD_HOST', portal }
  if (given.includes('#')) url.hash = ''
  return { kind: 'origin', url: withoutRootDot(url), portal, gateway }
}

/**
 * The address in a path behind our own host, with one or two slashes after its scheme: some browsers fold them into
 * one.
 */
export function addressBehind(path: string): string | undefined {
  const [, scheme, rest] = /^\/(https?):\/{1,2}(.*)$/i.exec(path) ?? []
  return scheme === undefined || rest === undefined ? undefined : `${scheme}://${rest}`
}

/** A path that may stand for a long address. */
const SHORT = /^\/~([0-9a-z]{12}|[0-9a-z]{10})$/i

/**
 * The long address behind a short one, with the query of a form added. It is not resolved again, so that it cannot lead
 * in circles.
 */
function expand({ path, query, portal, gateway }: Extract<Located, { kind: 'portal' }>, names: PortalNames): Located {
  const long = names.longAddress(path)
  if (long === undefined) return { kind: 'bad', code: 'SHORT_ADDRESS_GONE', portal }
  const meant = direct(query === '' ? long : `${long}${long.includes('?') ? '&' : '?'}${query}`, undefined, names)
  if (meant.kind === 'bad') return { ...meant, portal }
  return meant.kind === 'portal' ? { ...meant, portal, gateway } : { ...meant, portal, gateway, short: true }
}

/**
 * Which host the browser believes it is talking to: the site; ours, with the site at the beginning of the path; or ours
 * alone, where pages of all sites stand side by side. It sends cookies and passwords that it keeps for a host to every
 * page of that host.
 */
export type HostContext = 'site' | 'gateway' | 'portal'

/** The host context of a request. */
export function hostContextOf(located: Located): HostContext {
  if (located.kind !== 'origin' || located.short === true) return 'portal'
  return located.gateway === '' ? 'site' : 'gateway'
}

/**
 * What the target of a request means. Absolute-form is a proxy request. Origin-form with our own name is one of our
 * pages, or an address behind ours (gateway); with another name it was redirected to us (transparent proxy). The Host
 * field is not trusted for absolute-form, because Mosaic leaves the port out of it. A short address is replaced by the
 * long one.
 */
export function locate(target: string, host: string | undefined, names: PortalNames): Located {
  const located = direct(target, host, names)
  return located.kind === 'portal' && SHORT.test(located.path) ? expand(located, names) : located
}

/** A full address, as only a proxy is asked for; or the path that replaces a target which no parser accepts. */
export const isAbsolute = (target: string): boolean =>
  /^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith(`${badTargetPath}?`)

/** A path of one step, and a query, which a URL leaves as they are: all that most requests for our own pages have. */
const PLAIN = /^\/[\w~-]*(?:\?[\w!$%&()*+,./:;=?@~-]*)?$/

function direct(target: string, host: string | undefined, names: PortalNames): Located {
  const viaProxy = `http://${names.name}`
  if (target.startsWith(viaProxy)) {
    const rest = target.slice(viaProxy.length)
    if (PLAIN.test(rest)) return own(rest, viaProxy, '')
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
    const located = foreign(target, viaProxy, '')
    if (located.kind !== 'origin') return located
    const { url } = located
    const port = url.port === '' ? 80 : Number(url.port)
    if (url.hostname === names.name || (port === names.port && names.isOwn(url.hostname)))
      return own(url.pathname + url.search, url.hostname === names.name ? viaProxy : url.origin, '')
    return located
  }
  const address = addressOf(host)
  // RFC 9112 section 3.2: without it the intended site cannot be determined.
  if (address === 'none') return { kind: 'bad', code: 'BAD_HOST', portal: viaProxy }
  const hostname = address?.hostname ?? ''
  const base = address?.origin ?? viaProxy
  if (hostname !== '' && hostname !== names.name && !names.isOwn(hostname))
    return foreign(`${base}${target}`, viaProxy, '')
  const behind = addressBehind(target)
  if (behind !== undefined) return foreign(behind, base, `${base}/`)
  return own(target, base, hostname === names.name ? '' : `${base}/`)
}
