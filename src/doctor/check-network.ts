import { lookup } from 'node:dns/promises'
import { createHostGuard } from '../guard/hosts.js'
import { createLookUps } from '../guard/look-ups.js'
import { createLoops } from '../guard/loops.js'
import type { Config } from '../config/config.js'
import { readAuthorities } from '../origin/connect/authorities.js'
import { createDispatcher } from '../origin/connect/dispatcher.js'
import { asFailure } from '../origin/connect/failure.js'
import { codeOf } from '../system-error.js'

/** A clock that is further off than this breaks certificates and cookies. Milliseconds. */
const CLOCK_MILLISECONDS = 10 * 60 * 1000
/** This program is not older: a clock before it is wrong. */
const WRITTEN = Date.UTC(2025, 0, 1)

/** Why a name has no address, by the code of getaddrinfo: no name server answers, or one says that there is none. */
export const unfound = (name: string, code = 'no code'): string =>
  code === 'EAI_AGAIN'
    ? `${name}: no name server answers (${code}): check the network and the name servers of this machine (/etc/resolv.conf), or set --upstream-proxy`
    : `${name} is not found (${code}): check the name servers of this machine, or set --upstream-proxy`

/** Whether names are found. @throws Error that says what to do. */
export async function checkNames(site: URL, config: Config): Promise<string> {
  if (config.upstreamProxy !== '') return 'the upstream proxy looks names up'
  try {
    const { address } = await lookup(site.hostname)
    return `${site.hostname} is ${address}`
  } catch (error) {
    throw new Error(unfound(site.hostname, codeOf(error)), { cause: error })
  }
}

/** Whether a secure site is reached as pages are; gives its Date field. @throws Error that says what to do. */
export async function checkSite(
  site: URL,
  config: Config
): Promise<{ readonly says: string; readonly date: string | undefined }> {
  const guard = createHostGuard({ allowHosts: config.allowHosts, allowPorts: config.allowPorts })
  const dispatcher = createDispatcher({
    ...config,
    lookUps: createLookUps(),
    guard,
    loops: createLoops(config.upstreamProxy !== ''),
    authorities: readAuthorities(config.extraCa)
  })
  try {
    const { statusCode, headers, body } = await dispatcher.request({ method: 'HEAD', origin: site.origin, path: '/' })
    await body.dump()
    return {
      says: `${site.host} answers ${statusCode}${config.upstreamProxy === '' ? '' : ' through the upstream proxy'}`,
      date: [headers.date].flat()[0]
    }
  } catch (error) {
    const { code, detail } = asFailure(error)
    const advice =
      code === 'BAD_CERTIFICATE'
        ? 'check the clock, or give the authority of your network with --extra-ca'
        : config.upstreamProxy === ''
          ? 'check the connection and the firewall of this machine'
          : 'check --upstream-proxy'
    throw new Error(`${site.host}: ${code} (${detail}): ${advice}`, { cause: error })
  } finally {
    await dispatcher.destroy()
  }
}

/** Whether the clock is about right, by what a site says if one could be asked. @throws Error that says what to do. */
export function checkClock(date: string | undefined, now: number): string {
  const other = date === undefined ? NaN : Date.parse(date)
  if (now < WRITTEN || Math.abs(now - other) > CLOCK_MILLISECONDS)
    throw new Error(
      `it is ${new Date(now).toISOString()} here${Number.isNaN(other) ? '' : ` and ${new Date(other).toISOString()} elsewhere`}: set the clock of this machine (certificates are judged by it)`
    )
  return `${new Date(now).toISOString()}${Number.isNaN(other) ? ' (no site to compare it with)' : ''}`
}
