/**
 * Longer addresses are refused by servers (Apache and nginx: 8,192 bytes of request line): nobody is sent on to one.
 * Characters.
 */
export const MOST_ADDRESS_CHARACTERS = 8192

const REDIRECTS = new Set([301, 302, 303, 307, 308])

export const isRedirect = (status: number): boolean => REDIRECTS.has(status)

/** Where a response leads, or undefined if nowhere. */
export function locationOf(status: number, location: string | string[] | undefined, from: URL): URL | undefined {
  const value = (Array.isArray(location) ? location[0] : location)?.trim()
  if (!isRedirect(status) || value === undefined || value === '') return undefined
  // Bytes of a field are Latin-1 to Node; those of an address that is not ASCII are UTF-8 nearly always.
  const text = /[^\0-\x7F]/.test(value) ? Buffer.from(value, 'latin1').toString('utf8') : value
  return URL.canParse(text, from.href) ? new URL(text, from.href) : undefined
}
