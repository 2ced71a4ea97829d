/** Names of the DNS have as many (RFC 1035 2.3.4), without a dot at the end. Characters. */
const NAME_CHARACTERS = 253

/**
 * Parts of letters, digits and hyphens (RFC 952, RFC 1123 2.1), 63 at most in each. Underscores, and hyphens at the
 * ends, are in names that browsers open; names of other scripts are Punycode by the time that they are in a URL.
 */
const NAME = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/i

/** An address of IPv6, as the URL Standard writes it. */
const BRACKETED = /^\[[0-9a-f:.]+\]$/i

/**
 * Whether the hostname of a URL is one that can be asked for: a name, or an address of IPv4 or IPv6. A URL takes
 * $ " ' ( ) * + , ; = ! ~ & and braces in it, dots before it and after one another, and 60,000 characters. One dot at
 * the end means the root.
 */
export function isHostName(hostname: string): boolean {
  if (hostname.startsWith('[')) return BRACKETED.test(hostname)
  const name = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname
  return name.length <= NAME_CHARACTERS && NAME.test(name)
}

/**
 * The same address with the name of its host as sites know it: the dot at its end, which means the root of the DNS, is
 * in no certificate and in no set-up of a server.
 */
export function withoutRootDot(url: URL): URL {
  if (!url.hostname.endsWith('.')) return url
  const bare = new URL(url.href)
  bare.hostname = url.hostname.slice(0, -1)
  return bare
}

/** Whether two addresses are the same, by http or by https. */
export const sameButScheme = (one: URL, other: URL | undefined): boolean =>
  one.host === other?.host && one.pathname === other.pathname && one.search === other.search

/** Whether an address leads to a site of the web: by its scheme, and by a host that is one. */
export const isWebAddress = ({ protocol, hostname }: URL): boolean =>
  (protocol === 'http:' || protocol === 'https:') && isHostName(hostname)

/** An address of the web, as it came from outside, as a URL; undefined if it is none. */
export function webAddress(address: string, base?: string): URL | undefined {
  if (!URL.canParse(address, base)) return undefined
  const url = new URL(address, base)
  return isWebAddress(url) ? url : undefined
}

/** The last label of a host that is a name, in lower case and as it is in the DNS; undefined for an address. */
export const topLevelDomain = ({ hostname }: URL): string | undefined => /\.([a-z][a-z\d-]*)\.?$/.exec(hostname)?.[1]
