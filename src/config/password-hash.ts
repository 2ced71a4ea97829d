import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { promisify } from 'node:util'
import { normalised } from '../charset/stream-safe.js'

/**
 * What a hash costs: 2^15 rounds of 8 blocks take 32 MiB and about 100 ms (RFC 7914; half of OWASP's least, for small
 * machines).
 */
const LOG_ROUNDS = 15
const BLOCKS = 8
const PARALLEL = 1
const SALT_BYTES = 16
const HASH_BYTES = 32
/** No hash of the settings may take more than this. Bytes. */
const MOST_MEMORY = 256 * 1024 * 1024

/**
 * scrypt.LOG2N.R.P.SALT.HASH, the last two in base64url: no character of it means anything to a shell, YAML or a list.
 */
const FORM = /^scrypt\.(1[0-7])\.(\d|1[0-6])\.([1-4])\.([\w-]{16,64})\.([\w-]{43})$/

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** Whether a text is a hash that hashPassword makes. */
export const isPasswordHash = (text: string): boolean => FORM.test(text)

/** A password as bytes that are the same from every keyboard. */
const normal = (password: string): string => normalised(password, 'NFC')

/** The text that stands for a password in the settings. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(normal(password), salt, HASH_BYTES, {
    N: 2 ** LOG_ROUNDS,
    r: BLOCKS,
    p: PARALLEL,
    maxmem: MOST_MEMORY
  })
  return ['scrypt', LOG_ROUNDS, BLOCKS, PARALLEL, salt.toString('base64url'), hash.toString('base64url')].join('.')
}

/** Whether a password is the one behind a hash; takes as long for a wrong one. A text that is no hash is nobody's. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, rounds, blocks, parallel, salt, expected] = FORM.exec(hash) ?? []
  if (expected === undefined) return false
  const found = await derive(normal(password), Buffer.from(salt!, 'base64url'), HASH_BYTES, {
    N: 2 ** Number(rounds),
    r: Number(blocks),
    p: Number(parallel),
    maxmem: MOST_MEMORY
  })
  return timingSafeEqual(found, Buffer.from(expected, 'base64url'))
}

/** A hash of no password, to be compared with where there is no user of a name: that must take as long. */
export const nobodysHash = (): string =>
  [
    'scrypt',
    LOG_ROUNDS,
    BLOCKS,
    PARALLEL,
    randomBytes(SALT_BYTES).toString('base64url'),
    randomBytes(HASH_BYTES).toString('base64url')
  ].join('.')
