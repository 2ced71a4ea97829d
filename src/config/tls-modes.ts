import { isListedPort, serviceOf } from './ports.js'

/** What CONNECT leads to: a page that says how to go on, TLS that ends here, or a tunnel to the site. */
const TLS_MODES = ['off', 'on', 'tunnel'] as const

export type TlsMode = (typeof TLS_MODES)[number]

/** How hosts differ from the setting, as the setting tlsHosts says it: "example.com=tunnel". */
export interface ModeSettings {
  readonly tls: TlsMode
  readonly tlsHosts: readonly string[]
  readonly tunnelPorts: readonly string[]
}

const SECURE_PORT = 443

/** A rule of tlsHosts; the host stands for itself and all names below it. */
export const HOST_MODE = /^([^\s=,/]+)=(off|on|tunnel)$/

function ruleFor(host: string, rules: readonly string[]): TlsMode | undefined {
  // The longest name that fits says most about the host.
  const fitting = rules
    .map(rule => HOST_MODE.exec(rule) ?? [])
    .map(([, name = '', mode]) => ({ name: name.toLowerCase(), mode }))
    .filter(({ name }) => host === name || host.endsWith(`.${name}`))
  const found = fitting.sort((one, other) => other.name.length - one.name.length)[0]?.mode
  return TLS_MODES.find(mode => mode === found)
}

/** What is done with a CONNECT to a host (lower case) and port; 'refused' is a tunnel to a port that is not open. */
export function modeFor(host: string, port: number, { tls, tlsHosts, tunnelPorts }: ModeSettings): TlsMode | 'refused' {
  if (isListedPort(port, tunnelPorts)) return 'tunnel'
  // Neither "type http://" nor a certificate of ours would help who wants mail.
  if (serviceOf(port) !== undefined) return 'refused'
  const mode = ruleFor(host, tlsHosts) ?? tls
  return mode === 'tunnel' && port !== SECURE_PORT ? 'refused' : mode
}

/** Whether TLS ends here for any host: then an authority is needed. */
export const endsTls = ({ tls, tlsHosts }: ModeSettings): boolean =>
  tls === 'on' || tlsHosts.some(rule => HOST_MODE.exec(rule)?.[2] === 'on')
