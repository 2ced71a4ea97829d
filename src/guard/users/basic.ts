/** A name and a password as a browser sends them. */
export interface Credentials {
  readonly name: string
  readonly password: string
}

/** Longer credentials are rejected unread. Characters of base64. */
const MOST_CHARACTERS = 1024

/** RFC 7617 leaves the charset open for old clients: credentials that are not UTF-8 are taken as Latin-1. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

/** The credentials in an Authorization or Proxy-Authorization field, or undefined (RFC 7617). */
export function readBasic(field: string | undefined): Credentials | undefined {
  const [, encoded] = /^\s*basic\s+([\w+/=-]+)\s*$/i.exec(field ?? '') ?? []
  if (encoded === undefined || encoded.length > MOST_CHARACTERS) return undefined
  const text = textOf(Buffer.from(encoded, 'base64'))
  const colon = text.indexOf(':')
  return colon < 1 ? undefined : { name: text.slice(0, colon), password: text.slice(colon + 1) }
}
