import { Failure } from '../../failures.js'
import { readableHost } from '../../bytes/readable-host.js'
import { isHostName } from '../../bytes/web-address.js'

/** The target of a CONNECT: host:port and nothing else. The host has no brackets, and no dot at its end. */
export interface Authority {
  readonly url: URL
  readonly host: string
  readonly port: number
}

/** How much of an invalid target is shown on the error page. */
const SHOWN_CHARACTERS = 100

/** @throws Failure BAD_REQUEST or BAD_HOST when it names none */
export function authorityOf(target: string): Authority {
  const address = readableHost(`https://${target}/`)
  if (/[/@?#\\]|%[0-7]/.test(target) || !URL.canParse(address)) throw new Failure('BAD_REQUEST', target)
  const url = new URL(address)
  if (!isHostName(url.hostname)) throw new Failure('BAD_HOST', url.hostname.slice(0, SHOWN_CHARACTERS))
  return { url, host: url.hostname.replace(/^\[|\]$|\.$/g, ''), port: url.port === '' ? 443 : Number(url.port) }
}
