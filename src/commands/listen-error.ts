import type { Config } from '../config/config.js'

/** Ports below are for programs with rights (Linux net.ipv4.ip_unprivileged_port_start, as it comes). */
const FIRST_FREE_PORT = 1024

/** Why the proxy cannot listen where the settings say, and what to do about it; by the codes of libuv. */
const REASONS: Readonly<Record<string, (config: Config) => string>> = {
  EADDRINUSE: ({ port }) =>
    `port ${port} is taken: another program, or another Retrograde, listens there. End it, or take another port with --port`,
  EACCES: ({ port }) =>
    `port ${port} is not for this user${port < FIRST_FREE_PORT ? ': ports below 1024 need the right CAP_NET_BIND_SERVICE, or a redirect of the port' : ''}. Take another with --port`,
  EADDRNOTAVAIL: ({ host }) => `this machine has no address ${host}: --host takes one that it has, or 0.0.0.0 for all`,
  ENOTFOUND: ({ host }) => `there is no host ${host}: --host takes an address of this machine, or 0.0.0.0 for all`
}

/** What went wrong at the start, in words of ours where it was the port or the address. */
export function startError(error: unknown, config: Config): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined
  return reason === undefined ? error : new Error(reason(config), { cause: error })
}
