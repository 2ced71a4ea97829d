import { Failure } from '../../failures.js'
import { isHostName } from '../../bytes/web-address.js'

/** What CONNECT names: host:port, nothing else. The host has no brackets and no dot at its end. */
export interface Authority {
  readonly url: URL
  readonly host: string
  readonly port: number
}

/** Of what is no name, on the page that says so. */
const SHOWN_CHARACTERS = 100

/** @throws Failure BAD_REQUEST or BAD_HOST when it names none */
export function authorityOf(target: string): Authority {
  if (/[/@?#\\%]/.test(target) || !URL.canParse(`https://${target}/`)) throw new Failure('BAD_REQUEST', target)
  const url = new URL(`https://${target}/`)
  if (!isHostName(url.hostname)) throw new Failure('BAD_HOST', url.hostname.slice(0, SHOWN_CHARACTERS))
  return { url, host: url.hostname.replace(/^\[|\]$|\.$/g, ''), port: url.port === '' ? 443 : Number(url.port) }
}
