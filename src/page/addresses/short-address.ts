import { createHmac } from 'node:crypto'

/** An address that is too long for a client, and the key that stands for it. */
export interface ShortAddress {
  readonly key: string
  /**
   * The address as a client with a proxy setting would ask for it: http://host/path, with the size of an image at its
   * end
   */
  readonly address: string
}

/** Where addresses are shown, and the secret of the client that sees them. */
export interface ShortenerSettings {
  readonly portal: string
  readonly gateway: string
  readonly addressSecret?: string
}

/** Crockford's base 32: no i, l, o and u, so that a key can be read from one screen and typed at another. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
/** With 60 bits, two of a million addresses share a key with a chance of 1 in two million. Characters. */
const KEY_CHARACTERS = 12

/** The first characters (12 at most) of a digest in base 32. */
export function inDigits(digest: Buffer, characters: number): string {
  let bits = digest.readBigUInt64BE() >> BigInt(64 - characters * 5)
  let key = ''
  for (let at = 0; at < characters; at++, bits >>= 5n) key = DIGITS.charAt(Number(bits & 31n)) + key
  return key
}

/**
 * The key of an address. One client gets the same key in every thread and after every restart; nobody can compute it
 * without the client's secret.
 */
export const shortKey = (address: string, secret: string): string =>
  inDigits(createHmac('sha256', secret).update(address).digest(), KEY_CHARACTERS)

/** The path of a short address on our own host. */
const shortPath = (key: string): string => `/~${key}`

/**
 * Reads the key from a path, which a person may have typed; undefined if it has none. Keys of ten digits were made
 * before there was a secret.
 */
export function keyInPath(path: string): string | undefined {
  const typed = /^\/~([0-9a-z]{12}|[0-9a-z]{10})$/i.exec(path)?.[1]
  return typed?.toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1')
}

/**
 * Matches the beginning of an address of one of our own pages that shows another page, up to the address of that page.
 */
const VIEW = /^[^?#]*\?url=(?:http:\/\/)?/

const escapedLength = (text: string): number => text.length + 4 * (text.split('&').length - 1)

/**
 * Makes a function that shortens addresses: one that is longer than `most`, counted with & written as &amp;, becomes a
 * short address on our own host. Its fragment stays, unless the fragment alone is too long. `add` gets each short
 * address with what it stands for.
 */
export function createShortener(
  most: number,
  { portal, gateway, addressSecret = '' }: ShortenerSettings,
  add: (short: ShortAddress) => void
): (address: string) => string {
  function pathFor(address: string): string {
    const key = shortKey(address, addressSecret)
    add({ key, address })
    return shortPath(key)
  }

  /**
   * Shortens an address of our own pages: the address of the page that it shows makes it long, and that one gets a
   * short address as well.
   */
  function shortenOwn(address: string): string {
    const view = VIEW.exec(address)?.[0]
    if (view === undefined) return address
    const shown = pathFor(`http://${address.slice(view.length)}`)
    return view.replace(/http:\/\/$/, '') + portal.slice('http://'.length) + shown
  }

  function shorten(address: string): string {
    if (gateway !== '' && address.startsWith(`${gateway}http`)) return portal + pathFor(address.slice(gateway.length))
    return address.startsWith(`${portal}/`) ? shortenOwn(address) : portal + pathFor(address)
  }

  return address => {
    // Only links to a place in this page begin with #.
    if (address.length * 5 <= most || escapedLength(address) <= most || address.startsWith('#')) return address
    const at = address.indexOf('#')
    const whole = at < 0 ? address : address.slice(0, at)
    // The link may fill in subject and text of the letter: the address of the recipient alone is enough.
    const bare = whole.startsWith('mailto:') ? whole.replace(/\?.*/s, '') : whole
    const fragment = at < 0 || address.length - at > most / 2 ? '' : address.slice(at)
    return `${escapedLength(bare) + fragment.length <= most ? bare : shorten(bare)}${fragment}`
  }
}
