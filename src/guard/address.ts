import ipaddr from 'ipaddr.js'

/** The one metadata service of a cloud that has an address of the open Internet (Azure's WireServer). */
const AZURE_METADATA = '168.63.129.16'

/**
 * Whether an IP address is on the open Internet: not private, loopback, link-local, multicast, documentation, and not
 * one of those wrapped in IPv6 (mapped, NAT64, 6to4, Teredo). What is no address is not.
 */
export function isPublic(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*/, '')
  if (!ipaddr.isValid(bare)) return false
  const parsed = ipaddr.process(bare)
  if (parsed.toString() === AZURE_METADATA) return false
  // ipaddr.js calls every block that the IANA registries set apart by its name, and the rest unicast, such as ::7f00:1
  // (127.0.0.1 in the IPv4-compatible form of RFC 4291 2.5.5.1). Of IPv6 only 2000::/3 is given out so far.
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(ipaddr.parse('2000::'), 3))
}

type Parsed = ReturnType<typeof ipaddr.parse>

/** A CIDR or a single address, as ipaddr.js compares it. */
function rangeOf(network: string): readonly [Parsed, number] {
  if (ipaddr.isValidCIDR(network)) return ipaddr.parseCIDR(network)
  const only = ipaddr.parse(network)
  return [only, only.kind() === 'ipv4' ? 32 : 128]
}

/**
 * Whether an address lies in one of the networks (CIDR or single addresses). They are read once: each connection is
 * compared with all of them.
 * @throws Error when a network is none
 */
export function networkMatcher(networks: readonly string[]): (address: string) => boolean {
  const ranges = networks.map(rangeOf)
  return address => {
    const bare = address.replace(/%.*/, '')
    if (ranges.length === 0 || !ipaddr.isValid(bare)) return false
    const parsed = ipaddr.process(bare)
    return ranges.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits))
  }
}

/**
 * An address as a socket says it, without the beginning that an IPv4 address has on a socket of IPv6; empty where the
 * socket is gone.
 */
export const plainAddress = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/, '')

/**
 * What stands for one client's line: an IPv4 address, or the /64 of IPv6, within which anybody has addresses without
 * end (RFC 6177).
 */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*/, '')
  if (!ipaddr.isValid(bare)) return address
  const parsed = ipaddr.process(bare)
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : `${new ipaddr.IPv6([...parsed.toByteArray().slice(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]).toString()}/64`
}

const hex = (bytes: readonly number[]): string => bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')

/** How many blocks blocksOf() names. */
export const BLOCK_LEVELS = 4

/** Of IPv6: what a provider has, what a customer has at most, and one network (RFC 6177). Bytes. */
const IPV6_BLOCKS = [4, 6, 8]

/**
 * The blocks that a client (or its network) lies in, the widest first: its kind (what is no address is a user), then of
 * IPv4 the /8, /16 and /24, of IPv6 the /32, /48 and /64. Strangers of the open Internet share no block with a private
 * network.
 */
export function blocksOf(client: string): readonly string[] {
  const bare = client.replace(/[%/].*/s, '')
  if (!ipaddr.isValid(bare)) return ['user', '', '', '']
  const parsed = ipaddr.process(bare)
  const bytes = parsed.toByteArray()
  return [
    isPublic(bare) ? 'public' : 'private',
    ...(parsed.kind() === 'ipv4' ? [1, 2, 3] : IPV6_BLOCKS).map(length => hex(bytes.slice(0, length)))
  ]
}
