import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'
import { hiddenClients } from '../guard/hidden-clients.js'

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/**
 * The addresses that an old machine can be told.
 * @param isBridged whether this is a container whose addresses nobody outside of it knows
 * @throws Error that says what to do.
 */
export function checkAddresses(interfaces: Interfaces, isBridged: boolean): string {
  const outer = Object.values(interfaces)
    .flatMap(entries => entries ?? [])
    .filter(({ internal }) => !internal)
  const usable = outer.filter(({ family, address }) => family === 'IPv4' && !address.startsWith('169.254.'))
  if (isBridged)
    return 'a container behind a bridge: old machines are told the address of the machine around it (or run it in the network of its host)'
  if (usable.length > 0) return usable.map(({ address }) => address).join(', ')
  throw new Error(
    outer.length === 0
      ? 'this machine is in no network: connect it, or look at its cable'
      : 'this machine has no address of IPv4, and no old machine knows another: ask for one by DHCP, or set a fixed one'
  )
}

/** The same for this machine as it is. @throws Error that says what to do. */
export function checkOwnAddresses(): string {
  const interfaces = networkInterfaces()
  const own = Object.values(interfaces).flatMap(entries => (entries ?? []).map(({ address }) => address))
  return checkAddresses(interfaces, hiddenClients(own).length > 0)
}
