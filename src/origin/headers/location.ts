/**
 * Servers refuse longer addresses (Apache and nginx: 8,192 bytes of request line), so nobody is redirected to one.
 * Characters.
 */
export const MOST_ADDRESS_CHARACTERS = 8192

const REDIRECTS = new Set([301, 302, 303, 307, 308])

export const isRedirect = (status: number): boolean => REDIRECTS.has(status)

/** The target of a redirect, or undefined if there is none. */
export function locationOf(status: number, location: string | string[] | undefined, from: URL): URL | undefined {
  const value = (Array.isArray(location) ? location[0] : location)?.trim()
  if (!isRedirect(status) || value === undefined || value === '') return undefined
  // Node reads the bytes of a field as Latin-1; those of a non-ASCII address are nearly always UTF-8.
  const text = /[^\0-\x7F]/.test(value) ? Buffer.from(value, 'latin1').toString('utf8') : value
  return URL.canParse(text, from.href) ? new URL(text, from.href) : undefined
}
