import { toAscii } from '../../charset/encoder.js'
import { listMembers } from './list-members.js'

/** A way in which a site asks for a name and a password (RFC 9110, 11.6.1). */
export interface Challenge {
  /** In lower case: basic, digest, ntlm, negotiate, bearer */
  readonly scheme: string
  /** In ASCII, without quotation marks; empty if there is none */
  readonly realm: string
}

/** A site offers three or four. */
const MOST_CHALLENGES = 20

/** A word that no "=" follows, with single spaces: what is named so are parameters of the challenge before. */
const SCHEME = /^([\w.~+-]{1,40})(?: [^=]|$)/
const REALM = /(?:^|\s)realm\s*=\s*(?:"([^"]*)|([^\s"]*))/i

/** Fields are bytes as Latin-1, and those of a realm may be UTF-8. */
const asciiRealm = (text: string): string =>
  toAscii(Buffer.from(text, 'latin1').toString()).replace(/[^ -~]|["\\]/g, '')

/** The ways in a WWW-Authenticate, which may come as several fields, with several in each. */
export function challengesOf(field: string | readonly string[] | undefined): Challenge[] {
  const found: Array<{ scheme: string; realm: string }> = []
  for (const member of [field ?? []].flat().flatMap(listMembers)) {
    const [, scheme] = SCHEME.exec(member.trim().replace(/\s+/g, ' ')) ?? []
    if (scheme !== undefined && found.length < MOST_CHALLENGES) found.push({ scheme: scheme.toLowerCase(), realm: '' })
    const last = found.at(-1)
    const [, quoted, bare] = REALM.exec(member) ?? []
    if (last?.realm === '') last.realm = asciiRealm(quoted ?? bare ?? '')
  }
  return found
}

/** All browsers know Basic, and no other scheme is common to them. */
export const isBasic = ({ scheme }: Challenge): boolean => scheme === 'basic'
