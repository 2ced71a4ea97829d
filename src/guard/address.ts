import { isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { createRemembered } from '../async/remembered.js'

/** The only metadata service of a cloud whose address looks public (Azure's WireServer). */
const AZURE_METADATA = '168.63.129.16'

/**
 * Whether an IP address is public: not private, loopback, link-local, multicast or documentation, also not when such an
 * address is wrapped in IPv6 (mapped, NAT64, 6to4, Teredo). Anything that is not an address is not public.
 */
export function isPublic(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*/, '')
  if (!ipaddr.isValid(bare)) return false
  const parsed = ipaddr.process(bare)
  if (parsed.toString() === AZURE_METADATA) return false
  // ipaddr.js names every block that the IANA registries set apart, and calls the rest unicast, such as ::7f00:1
  // (127.0.0.1 in the IPv4-compatible form of RFC 4291 2.5.5.1). Of IPv6 only 2000::/3 has been given out so far.
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(ipaddr.parse('2000::'), 3))
}

type Parsed = ReturnType<typeof ipaddr.parse>

/** A CIDR or a single address, as ipaddr.js compares it. */
function rangeOf(network: string): readonly [Parsed, number] {
  if (ipaddr.isValidCIDR(network)) return ipaddr.parseCIDR(network)
  const only = ipaddr.parse(network)
  return [only, only.kind() === 'ipv4' ? 32 : 128]
}

/** Addresses of which is remembered what was found of them: each connection and each request asks several times. */
const MOST_REMEMBERED = 1024
/** An address of IPv6 with its zone, or the name of a user. Characters. */
const LONGEST_REMEMBERED = 256

/** Remembers what a function of a short text gives, for those that were asked for last. */
function remembered<V extends boolean | readonly string[]>(work: (text: string) => V): (text: string) => V {
  const known = createRemembered<V>({ most: MOST_REMEMBERED, longest: LONGEST_REMEMBERED })
  return text => known(text, () => work(text))
}

/**
 * Makes a test whether an address lies in one of the networks (CIDR or single addresses), which are parsed only once,
 * since every connection is tested.
 * @throws Error when one of them is not a network
 */
export function networkMatcher(networks: readonly string[]): (address: string) => boolean {
  const ranges = networks.map(rangeOf)
  if (ranges.length === 0) return () => false
  return remembered(address => {
    const bare = address.replace(/%.*/, '')
    if (!ipaddr.isValid(bare)) return false
    const parsed = ipaddr.process(bare)
    return ranges.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits))
  })
}

/** What an IPv4 address begins with on a socket of IPv6. */
const MAPPED = '::ffff:'

/**
 * The address of a socket; an IPv4 address without the prefix that it has on an IPv6 socket. Empty once the socket has
 * gone.
 */
export const plainAddress = (address = ''): string =>
  address.startsWith(MAPPED) ? address.slice(MAPPED.length) : address

/** An address in the one form in which sockets name it, whatever the form in which it was written. */
export const canonicalAddress = (address: string): string => ipaddr.process(address).toString()

/** An address of four or sixteen bytes, as sockets name it. */
export const addressOfBytes = (bytes: Uint8Array): string =>
  canonicalAddress(ipaddr.fromByteArray([...bytes]).toString())

/**
 * Identifies the line of one client: an IPv4 address, or a /64 of IPv6, in which a single customer has addresses
 * without number (RFC 6177).
 */
export function networkOf(address: string): string {
  // Node takes no IPv4 address that is written in any other way than the usual one.
  if (isIPv4(address)) return address
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

/** Of IPv6: the prefix of a provider, the largest of a customer, and one network (RFC 6177). Bytes. */
const IPV6_BLOCKS = [4, 6, 8]

/**
 * The blocks that a client (or its network) lies in, the widest first. The widest is its kind (anything that is not an
 * address is a user), then of IPv4 the /8, /16 and /24, of IPv6 the /32, /48 and /64. Public addresses share no block
 * with private ones.
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

/** The same, for those who ask for the same clients again and again. */
export const rememberedBlocks = (): typeof blocksOf => remembered(blocksOf)
