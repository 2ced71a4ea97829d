import ipaddr from 'ipaddr.js'

/**
 * Whether an IP address is on the open Internet: not private, loopback, link-local, multicast, documentation, and not
 * one of those wrapped in IPv6 (mapped, NAT64, 6to4, Teredo). What is no address is not.
 */
export function isPublic (address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  // ipaddr.js calls every block that the IANA registries set apart by its name, and the rest unicast.
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'unicast'
}

/** Whether an address lies in one of the networks (CIDR or single addresses). */
export function isInNetworks (address: string, networks: readonly string[]): boolean {
  const bare = address.replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return false
  const parsed = ipaddr.process(bare)
  return networks.some(network => {
    const [range, bits] = ipaddr.isValidCIDR(network) ? ipaddr.parseCIDR(network) : [ipaddr.parse(network), ipaddr.parse(network).kind() === 'ipv4' ? 32 : 128]
    return range.kind() === parsed.kind() && parsed.match(range, bits)
  })
}
