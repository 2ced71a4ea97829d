import { randomBytes, scryptSync } from 'node:crypto'

/** The least of rounds that the settings take, as a power of two: a thirtieth of what `hash-password` writes. */
const LOG_ROUNDS = 10

/** A hash of a password for the setting users, for tests that are about what comes of users and not about hashes. */
export function cheapHash(password: string): string {
  const salt = randomBytes(16)
  const hash = scryptSync(password, salt, 32, { N: 2 ** LOG_ROUNDS, r: 8, p: 1 })
  return ['scrypt', LOG_ROUNDS, 8, 1, salt.toString('base64url'), hash.toString('base64url')].join('.')
}
