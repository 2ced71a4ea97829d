import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ipaddr from 'ipaddr.js'

/** Files that container engines leave in the containers that they make. */
const MARKERS = ['.dockerenv', 'run/.containerenv']
const CGROUPS = /docker|kubepods|containerd|libpod|lxc/

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const isContainer = (root: string): boolean =>
  MARKERS.some(marker => existsSync(join(root, marker))) || CGROUPS.test(textOf(join(root, 'proc/1/cgroup')))

/**
 * A container with the network of its host has its physical network card; one behind a bridge has only virtual ones.
 */
function hasNetworkCard(root: string): boolean {
  const folder = join(root, 'sys/class/net')
  return existsSync(folder) && readdirSync(folder).some(name => existsSync(join(folder, name, 'device')))
}

/** Gateways of the default routes in /proc/net/route (bytes reversed) and /proc/net/ipv6_route. */
export function gatewaysIn(routes: string, routes6: string): readonly string[] {
  const four = [...routes.matchAll(/^\S+\t00000000\t([0-9A-F]{8})\t/gm)].map(([, gateway = '']) =>
    Buffer.from(gateway, 'hex').reverse()
  )
  const six = [...routes6.matchAll(/^0{32} 00 0{32} 00 ([0-9a-f]{32}) /gm)].map(([, gateway = '']) =>
    Buffer.from(gateway, 'hex')
  )
  return [...four, ...six]
    .filter(bytes => bytes.some(byte => byte !== 0))
    .map(bytes => ipaddr.fromByteArray([...bytes]).toString())
}

/**
 * Addresses behind which clients from anywhere may hide: in a container behind a bridge these are its gateway (Docker
 * Desktop, rootless engines, Docker's userland proxy) and its own address (port forwarding of rootless Podman).
 * Elsewhere there are none.
 * @param own addresses of this machine, without loopback
 * @param root where /proc and /sys are
 */
export function hiddenClients(own: readonly string[], root = '/'): readonly string[] {
  if (!isContainer(root) || hasNetworkCard(root)) return []
  return [...gatewaysIn(textOf(join(root, 'proc/net/route')), textOf(join(root, 'proc/net/ipv6_route'))), ...own]
}

/**
 * What that means with the present settings, in words for the operator; undefined where every client arrives with its
 * own address.
 */
export function hiddenClientsNote(
  hidden: readonly string[],
  { gatewayClients, users }: { readonly gatewayClients: 'refuse' | 'allow'; readonly users: readonly string[] }
): string | undefined {
  if (hidden.length === 0) return undefined
  const who = `In a container behind a bridge: nobody can know who comes as ${hidden.join(', ')}`
  if (users.length > 0) return `${who}; passwords tell them apart.`
  return gatewayClients === 'refuse'
    ? `${who}; they are refused. Let the addresses of clients arrive, give users, or set gatewayClients (docs/security.md).`
    : `${who}; they all are one client, with one set of cookies and settings, from wherever the published port is reached. Publish it at an address of your own network alone, or give users (docs/security.md).`
}
